"""Numbers only, on arrays and frames: normalise, aggregate, coverage, bounds, ranks. Knows no file, clock or HTML."""
