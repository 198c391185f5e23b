"""Translated labels and synonyms of an ontology, in Babelon tables (https://github.com/monarch-initiative/babelon).

The translation is declared as a synonym, the label in the source language as the name, under a source of its own such
as `HPO-zh`. Declarations merge in the order of their source ids, so the ontology's own (`HPO`) gives name, type and
definition where it is loaded.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from graph.model import Entity, Name, Source
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.obo import ONTOLOGIES, TYPES
from ingest.sources.files.tables import rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

_LABEL = "rdfs:label"
_SYNONYMS = ("oio:hasExactSynonym", "oboInOwl:hasExactSynonym")
_NOT_TRANSLATED = "NOT_TRANSLATED"


@dataclass(slots=True)
class _Translated:
    name: str = ""
    names: dict[Name, None] = field(default_factory=dict)


def read(path: Path) -> Iterator[CuratedRecord]:
    """What cannot be read, the Source, then one Entity for each subject, in the order of the table.

    Rows that translate something else than a name (a definition, a comment), and rows marked as not translated, are
    passed over. The subjects are held in memory (HPO: 19,000). Raises UnreadableSource.
    """
    subjects: dict[str, _Translated] = {}
    source: Source | None = None
    for row in rows(path, ("subject_id", "predicate_id", "translation_language"), quoted=True):
        if isinstance(row, Failure):
            yield row
            continue
        subject = curie(row["subject_id"])
        if not subject:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
            continue
        language = row["translation_language"].partition("-")[0].lower()
        source = source or _source(subject, language)
        if row["translation_status"] == _NOT_TRANSLATED or row["predicate_id"] not in (_LABEL, *_SYNONYMS):
            continue
        if not row["translation_value"]:
            yield Failure(str(path), f"line {row.number}", "nothing under translation_value")
            continue
        translated = subjects.setdefault(subject, _Translated())
        translated.names[Name(row["translation_value"], language)] = None
        if row["predicate_id"] == _LABEL:
            translated.name = row["source_value"]
    if source is not None:
        yield source
    for subject, translated in subjects.items():
        names = tuple(translated.names)
        type = TYPES.get(subject.partition(":")[0], "Concept")
        yield Entity(subject, type, translated.name or names[0].text, names)


def _source(subject: str, language: str) -> Source:
    prefix = subject.partition(":")[0].lower()
    ontology = ONTOLOGIES.get(prefix)
    name = ontology.source if ontology else prefix.upper()
    return Source(
        f"{name}-{language}",
        "curated",
        title=f"{ontology.title if ontology else name}, names in {language}",
        licence=ontology.licence if ontology else "",
        language=language,
        url=ontology.url if ontology else "",
    )
