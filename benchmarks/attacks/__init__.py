"""Attacks on a running medgraph, from outside alone: read `registry`, then `house`, `stage`, then any `at_*`."""
