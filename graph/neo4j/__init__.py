"""The graph in Neo4j. Read `cypher` (every statement), `store` (what keeps the protocol), then `read` and `write`."""
