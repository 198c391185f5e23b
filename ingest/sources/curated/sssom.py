"""Exact matches between ontologies, in SSSOM tables (https://mapping-commons.github.io/sssom/).

Only rows of an exact match, of equivalent classes or of one individual become mappings; a broader, narrower or merely
close match does not make one concept, nor does a match that is denied (`predicate_modifier` Not) or that found nothing
(`sssom:NoTermFound`): such rows are passed over. Where one side is a Mondo id, that one is canonical, else the subject
is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from graph.model import Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.obo import DATE, creative_commons
from ingest.sources.files.tables import comments, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

_NOTHING = "sssom:NoTermFound"
_EXACT = frozenset(
    ("skos:exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch",
     "owl:equivalentClass", "http://www.w3.org/2002/07/owl#equivalentClass",
     "owl:sameAs", "http://www.w3.org/2002/07/owl#sameAs")
)  # fmt: skip


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, whose id names both sides (`mondo-sssom-DOID`), then the mappings.

    An id that is said to be the same as two different ones keeps the first; the other row is a Failure, because it
    would merge two concepts that the table keeps apart. Raises UnreadableSource.
    """
    header = comments(path)
    early: list[Failure] | None = []
    told: dict[str, str] = {}
    for item in _pairs(path, header):
        if isinstance(item, Failure):
            if early is None:
                yield item
            else:
                early.append(item)
            continue
        line, exact, other, canonical = item
        if early is not None:
            yield _source(other, canonical, header)
            yield from early
            early = None
        if not exact or other == canonical:
            continue
        if told.setdefault(other, canonical) != canonical:
            yield Failure(str(path), f"line {line}", f"{other} is matched to {told[other]} and to {canonical}")
        else:
            yield Mapping(other, canonical)
    yield from early or ()


def _pairs(path: Path, header: dict[str, str]) -> Iterator[tuple[int, bool, str, str] | Failure]:
    """(line, whether the match is exact, other id, canonical id)"""
    for row in rows(path, ("subject_id", "predicate_id", "object_id")):
        if isinstance(row, Failure):
            yield row
            continue
        subject, object = curie(row["subject_id"]), curie(row["object_id"])
        denied = (row["predicate_modifier"] or header.get("predicate_modifier", "")).lower() == "not"
        exact = row["predicate_id"] in _EXACT and not denied and _NOTHING not in (subject, object)
        if not subject or not object:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
        elif object.startswith("MONDO:") and not subject.startswith("MONDO:"):
            yield row.number, exact, subject, object
        else:
            yield row.number, exact, object, subject


def _source(other: str, canonical: str, header: dict[str, str]) -> Source:
    sides = canonical.partition(":")[0], other.partition(":")[0]
    version = header.get("mapping_set_version", "")
    dated = DATE.search(version)
    return Source(
        f"{sides[0].lower()}-sssom-{sides[1]}",
        "curated",
        title=f"Exact matches of {sides[0]} and {sides[1]}",
        version=dated[0] if dated else version,
        licence=creative_commons(header.get("license", "")) or header.get("license", ""),
        url=header.get("mapping_set_id", ""),
    )
