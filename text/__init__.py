"""What any text needs, English and Chinese. Pure functions over texts; offsets are code points of the text as written.

Read in this order: `names` (when two names are the same), `fold` (a text as words for a full-text index), `language`,
`sentences`, `words` (what a sentence says, to be compared), `abbreviations`, and `context/` (negated, how certain,
whose). This room imports no other room.
"""
