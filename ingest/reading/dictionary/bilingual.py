"""Chinese names of concepts, from a bilingual lexicon: what links a Chinese text where no graph knows its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from graph.model import Entity
from ingest.reading.dictionary.dictionary import Dictionary
from ingest.reading.dictionary.link import Candidate


def pairs(entities: Iterable[Entity]) -> Iterator[tuple[str, str]]:
    """Each Chinese name of each concept with the concept's English name."""
    for entity in entities:
        for name in entity.synonyms:
            if name.language == "zh":
                yield name.text, entity.name


class Bilingual:
    """The concepts of a lexicon by their Chinese names. `digest` is that of the lexicon, so that `version` changes
    with it."""

    def __init__(self, entities: Iterable[Entity], digest: str) -> None:
        self.version = f"bilingual/1-{digest}"
        self._entities = {entity.id: entity for entity in entities}

    @cached_property
    def _dictionary(self) -> Dictionary:
        return Dictionary(
            (name.text, entity.id, entity.type, at == 0)
            for entity in self._entities.values()
            for at, name in enumerate(name for name in entity.synonyms if name.language == "zh")
        )

    def exact(self, surface: str) -> tuple[Candidate, ...]:
        """The concepts that bear the Chinese name `surface`."""
        return self._dictionary.exact(surface)

    def entity(self, id: str) -> Entity | None:
        """A concept of the lexicon by its id."""
        return self._entities.get(id)
