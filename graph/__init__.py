"""What is known: entities, the assertions that sources make about them, and the relations derived from those.

Read in this order: `model` (the words), `schema` (the one list of types and predicates), `names` (when two names
are the same), `identity` (when two ids are the same), `store` (the protocol and its promises), then the two stores.
This room imports no other room.
"""
