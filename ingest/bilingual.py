"""Chinese names of concepts, from the shipped lexicon: what links a Chinese text where no graph knows its names."""

from __future__ import annotations

import hashlib
from functools import cache, cached_property

from graph.model import Entity
from ingest.dictionary import Dictionary
from ingest.link import Candidate
from ingest.sources import lexicon


class Bilingual:
    """The concepts of the shipped lexicon by their Chinese names. `version` changes with its files."""

    def __init__(self) -> None:
        digest = hashlib.sha256(b"".join(file.read_bytes() for file in lexicon.shipped())).hexdigest()[:8]
        self.version = f"bilingual/1-{digest}"

    @cached_property
    def _entities(self) -> dict[str, Entity]:
        read = [record for file in lexicon.shipped() for record in lexicon.read(file) if isinstance(record, Entity)]
        return {entity.id: entity for entity in read}

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


@cache
def shipped() -> Bilingual:
    """The lexicon of this installation, read when first asked."""
    return Bilingual()
