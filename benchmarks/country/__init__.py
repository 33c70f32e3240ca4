"""A synthetic country of any size for the benchmarks: wholly fictional, both languages, realistic lengths."""
