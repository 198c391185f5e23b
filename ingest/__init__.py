"""From sources to the graph and to the passages.

Read in this order: `model` (the words), `sources/` (one reader per format), `split`, `tagger`, `context`, `link`,
`relate` (what is found in a text), `ledger` (what is done), `job` (the whole way).
"""
