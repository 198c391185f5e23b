"""From sources to the graph and to the passages.

Read in this order: `model` and `errors` (the words), `vocabulary` (what corpora and models call things), then the
floors: `sources/` (one reader a format), `reading/` (what a text names and relates), `sinks/` (`medgraph tag` writes),
`jobs/` (the whole way).
"""
