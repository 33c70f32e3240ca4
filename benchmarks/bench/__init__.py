"""`scripts/bench`: how long everything takes at several sizes, beside other generators on the same pages."""
