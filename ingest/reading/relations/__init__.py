"""Relations between the mentions of a text.

Read in this order: `model` (the words), `triggers` and `patterns` (relations by rule, both languages), `pairs` (which
pairs of a document are asked about, and the text as the network reads it), `features` (what a document says of a pair
beside its words), `onnx_relator` (relations by the trained network), `several` (several relators as one), `possible`
(what of all that is found can be a fact), with `aims` (what a study only asked), `compounds` (names that are parts of
others), `comparisons` and `attributed` (whose a harm is).
"""
