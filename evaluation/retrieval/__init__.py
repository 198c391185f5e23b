"""How well search finds the documents that people judged to answer a question.

Read in this order: `collection` (documents, queries and judgements in the layout of BEIR), `indexing` (the documents
into passages and vectors, without reading entities), `measures` (of one ranking), `run` (every query asked, and the
figures with their intervals).
"""
