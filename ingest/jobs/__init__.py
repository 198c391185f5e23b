"""The whole ways: `job` (documents into both stores), `load` (curated sources), `tagging` (`medgraph tag`).

What they are made of: `progress`, `incoming`, `steps` (what is done with a batch), `split`, `relate`, `contribution`,
and `ledger` (what is done).
"""
