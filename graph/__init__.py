"""What is known: entities, the assertions that sources make about them, and the relations derived from those.

Read in this order: `model` (the words), `schema` (the one list of types and predicates), `identity` (when two ids are
the same, and what several sources make of one entity), `store` (the protocol and its promises), `view` (the store as
one reader sees it), then what both stores share: `checks`, `matching`, `paths`, `fingerprint`. Then the two stores.
"""
