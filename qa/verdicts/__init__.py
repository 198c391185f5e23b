"""Verdicts of the graph, without any model: whether a statement holds, and which of some choices fits. Read `relation`,
`aliases`, `thing`, `claim`, `ties`, then `whether` and `choice`."""
