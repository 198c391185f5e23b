"""From a text to what it says: `tagger` (the protocol) and `trained_tagger`, with `recognition/` (spans with a type),
`dictionary/` (by names known), `linking/` (which concept), `relations/` (what the text relates).
"""
