"""From sources to the graph and to the passages.

Read in this order: `model` (the words), `sources/` (one reader per format), `split`; `tagger` and `trained_tagger` with
what they are made of: `recognizer`, `linking/`, `context`; `relations/` and `relate` (what a text relates);
`contribution` (what is kept of it), `ledger` (what is done), `job` (the whole way) and `load` (the same for
ontologies); `tagging` and `sinks/` (`medgraph tag`), `evaluation/` (how good it is), `training/` (how the weights are
made).
"""
