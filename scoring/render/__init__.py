"""Scores and dataset to text: pages, charts, JSON, CSV. Pure: reads and writes no file but its own templates."""
