"""What a new benchmark starts from."""
