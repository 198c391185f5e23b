"""From sources to the graph and to the passages.

Read in this order: `model` (the words), `sources/` (one reader per format), `split`, `tagger`, `context`, `link`,
`relate` (what is found in a text), `contribution` (what is kept of it), `ledger` (what is done), `job` (the whole way)
and `load` (the same for ontologies).
"""
