"""The graph in one SQLite file: `schema` (the tables), `store` (what keeps the protocol), `read`, `write`."""
