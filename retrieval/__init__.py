"""What was written: documents cut into passages, their vectors, and the search over both.

Read in this order: `model` (the words), `encoder` and `index` (the two protocols), `passages` (the text of record),
`search` (lexical and dense joined). This room imports no other room.
"""
