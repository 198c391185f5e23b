"""The errors of the graph.

    GraphError
    ├── UnknownEntity       the id names no entity the reader may see
    ├── SchemaViolation     a type or predicate that `schema` does not list, or a malformed id
    ├── StoreUnavailable    the store cannot be reached, or went away half-way (try again later)
    ├── StoreFull           no space is left for the store
    └── StoreCorrupt        the store was written by another version, or is damaged

Vendor errors are translated into these with `raise … from`.
"""

from __future__ import annotations


class GraphError(Exception):
    """Any failure of the graph."""


class UnknownEntity(GraphError):
    """The id names no entity that the reader may see."""

    def __init__(self, entity: str) -> None:
        super().__init__(f"no entity {entity!r} in the graph")
        self.entity = entity


class SchemaViolation(GraphError, ValueError):
    """A type or predicate that the schema does not list, or an id that is not a CURIE."""


class StoreUnavailable(GraphError):
    """The store cannot be reached, or went away half-way; nothing of the running transaction was kept."""


class StoreFull(GraphError):
    """No space is left for the store; nothing of the running transaction was kept."""


class StoreCorrupt(GraphError):
    """The store was written by another version, or is damaged."""
