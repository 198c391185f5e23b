"""The trail of who did what: `visit` (one request or command), `trail` (the file that only grows), `chain` (what ties
a line to the one before), `verify` (what finds a line changed, dropped or out of order).

A line holds ids, counts and hashes, and nothing that a question, a document or a record says.
"""
