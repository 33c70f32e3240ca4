"""Evidence to observations: one value, range and state for each agency and indicator, as of a date."""

from scoring.instruments.observe import COLUMNS, Observations, observe, observed

__all__ = ["COLUMNS", "Observations", "observe", "observed"]
