"""From findings to candidate diseases: `matrix` (what is kept of the graph), `reading` (how it is read), `score` (the
arithmetic over it), and `rank`, the engine that joins them."""
