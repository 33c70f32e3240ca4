"""What helps a contributor: files mended, errors explained, new files begun."""
