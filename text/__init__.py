"""What any text needs, English and Chinese. Pure functions over texts; offsets are code points of the text as written.

Read in this order: `scripts` (Greek, Chinese), `names` (when two names are the same), `fold` (a text as words for a
full-text index), `sentences`, `words` and `numbers` (what a sentence says, to be compared), `language` (of documents
and of questions), `abbreviations`, and `context/` (negated, how certain, whose). This room imports no other room.
"""
