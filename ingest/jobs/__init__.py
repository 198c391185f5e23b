"""The whole ways: `job` (documents into both stores), `load` (curated sources), `tagging` (`medgraph tag`),
`export`.

What they are made of: `progress`, `incoming`, `steps` (what is done with a batch), `split`, `relate`, `contribution`,
`release` (what a newer one changes), and `ledger` (what is done).
"""
