"""The definition in an entity's record, as evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from graph.pages import page


@dataclass(frozen=True, slots=True)
class DefinitionEvidence:
    """The definition in an entity's record."""

    id: str
    entity: str
    name: str
    text: str

    @property
    def kind(self) -> Literal["curated"]:
        return "curated"

    @property
    def source(self) -> str:
        """The record's id, which is the entity's."""
        return self.entity

    @property
    def title(self) -> str:
        return self.name

    @property
    def url(self) -> str:
        """The page of the entity; empty where it has none."""
        return page(self.entity)

    @property
    def start(self) -> int:
        return -1

    @property
    def end(self) -> int:
        return -1

    @property
    def entities(self) -> tuple[str, ...]:
        return (self.entity,)

    @property
    def score(self) -> float:
        return 1.0

    @property
    def place(self) -> tuple[object, ...]:
        """Two pieces with the same place are one."""
        return self.entity, self.text, self.entities
