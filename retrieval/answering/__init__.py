"""Which sentences answer a question: a passage is found, a sentence is quoted.

Read in this order: `model` (the words), `asked` (what a question wants to know), `alike` (words that mean the same to
a reader), `standing` (where a sentence stands in its text: an aim, a method, a result), `features` (what speaks for a
sentence, as numbers), `ranker` (their sum).
"""
