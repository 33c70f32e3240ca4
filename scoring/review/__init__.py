"""What a change of the data does, for who reviews it: compared, written as JSON, read back strictly, shown."""
