"""Evidence to observations: one value, range and state for each agency and indicator, as of a date."""
