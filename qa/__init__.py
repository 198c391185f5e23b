"""From a question to a cited answer.

Read in this order: `model` (the words), then `answer`, which is the whole way on one page and calls the rest:
`guard`, `understand`, `gather`, a writer (`quote` or `generate`), `check`.
"""
