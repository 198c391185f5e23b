"""Whether what a text names is denied, how certain it is and whose: the one reader of it.

Read in this order: `judgement` (the words of it), `triggers` (the phrases of english.txt and chinese.txt), `rules`
(their scopes) with `headings` (of a note), `weighed` (undoes them in a note), `dialogue` (what they leave open in a
consultation), then the doors: `judge` for documents, `polarity` for claims and questions.
"""
