"""From a text to what it says: `tagger` (the protocol) and `trained_tagger`, with `recognition/` (spans with a type),
`dictionary/` (by names known), `linking/` (which concept), `topic` (what the title names), `statements/` (what a
sentence states), `relations/` (what patterns and a whole document relate), `qualifiers/` (what is told besides).
"""
