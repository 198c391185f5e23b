"""How good every stage is, against what people annotated.

Read in this order: `corpora/` (annotated documents, whatever their format), `score` (strict precision, recall and F1),
`bootstrap` (their intervals), `tagging/` (mentions, links, relations and context of `medgraph evaluate tag`).
"""
