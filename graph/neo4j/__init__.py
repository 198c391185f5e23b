"""The graph in Neo4j: `layout` (what it holds), `connection`, `store` (what keeps the protocol), `read`, `write`."""
