"""The shipped bilingual lexicon, as the parts need it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from graph.model import Entity
    from ingest.reading.dictionary.bilingual import Bilingual
    from retrieval.glossary import Glossary


def open_bilingual() -> Bilingual:
    """The Chinese names of the lexicon."""
    from ingest.reading.dictionary.bilingual import Bilingual
    from ingest.sources.curated import lexicon

    digest = hashlib.sha256(b"".join(file.read_bytes() for file in lexicon.shipped())).hexdigest()[:8]
    return Bilingual(_concepts(), digest)


@cache
def open_glossary() -> Glossary:
    """The Chinese and English names of the lexicon, with the words of the shipped glossary. Read once: what searches
    and what ranks sentences have the same."""
    from ingest.reading.dictionary.bilingual import pairs
    from retrieval.glossary import Glossary, general

    return Glossary([*general(), *pairs(_concepts())])


def _concepts() -> Iterator[Entity]:
    from graph.model import Entity
    from ingest.sources.curated import lexicon

    records = (record for file in lexicon.shipped() for record in lexicon.read(file))
    return (record for record in records if isinstance(record, Entity))
