"""Open data and platform exports to plain tables: read once, in constant memory, every row accounted for.

A `Shape` says what a kind of table becomes; `table.py` runs it in DuckDB; `exports.py` reads the platforms' JSON.
"""
