"""The graph in one SQLite file: `columns`, `schema`, `store` (what keeps the protocol), `read`, `write`, `declare`."""
