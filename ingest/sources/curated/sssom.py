"""Exact matches between ontologies, in SSSOM tables (https://mapping-commons.github.io/sssom/).

Only rows of an exact match, of equivalent classes or of one individual become mappings; a broader, narrower or merely
close match does not make one concept, nor does a match that is denied (`predicate_modifier` Not) or that found nothing
(`sssom:NoTermFound`): such rows are passed over. Where one side is a Mondo id, that one is canonical, else the subject
is. A row's confidence and justification go with its mapping; where one id is matched to two, or two mappings cannot
both be followed for another reason, the graph decides by them, whatever the order of the rows, and tells of the others.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from graph.model import Source
from ingest.errors import MalformedFile
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.obo import DATE, creative_commons
from ingest.sources.curated.table import HOPELESS
from ingest.sources.files.tables import comments, rows
from ingest.sources.ids import curie
from ingest.sources.records import NO_CURIE

_WORD = re.compile(r"[\w-]+")
_NOTHING = "sssom:NoTermFound"
_EXACT = frozenset(
    ("skos:exactMatch", "http://www.w3.org/2004/02/skos/core#exactMatch",
     "owl:equivalentClass", "http://www.w3.org/2002/07/owl#equivalentClass",
     "owl:sameAs", "http://www.w3.org/2002/07/owl#sameAs")
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Match:
    exact: bool
    mapping: Mapping


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then the mappings. Its id is the set's own where that is a bare word, else it names both sides
    (`mondo-sssom-DOID`). Raises UnreadableSource, and MalformedFile where the first thousand rows all fail.
    """
    header = comments(path)
    early: list[Failure] | None = []
    for item in _matches(path, header):
        if isinstance(item, Failure):
            if early is None:
                yield item
            elif len(early) < HOPELESS:
                early.append(item)
            else:
                raise MalformedFile(str(path), "", f"none of the first {HOPELESS} rows could be read")
            continue
        other, canonical = item.mapping.other, item.mapping.canonical
        if early is not None:
            yield _source(other, canonical, header)
            yield from early
            early = None
        if item.exact and other != canonical:
            yield item.mapping
    yield from early or ()


def _matches(path: Path, header: dict[str, str]) -> Iterator[_Match | Failure]:
    for row in rows(path, ("subject_id", "predicate_id", "object_id")):
        if isinstance(row, Failure):
            yield row
            continue
        subject, object = curie(row["subject_id"]), curie(row["object_id"])
        denied = (row["predicate_modifier"] or header.get("predicate_modifier", "")).lower() == "not"
        exact = row["predicate_id"] in _EXACT and not denied and _NOTHING not in (subject, object)
        confidence = _confidence(row["confidence"])
        if not subject or not object:
            yield Failure(str(path), f"line {row.number}", NO_CURIE)
            continue
        if confidence is None:
            yield Failure(str(path), f"line {row.number}", "a confidence is a number between 0 and 1")
            continue
        canonical, other = subject, object
        if object.startswith("MONDO:") and not subject.startswith("MONDO:"):
            canonical, other = object, subject
        why = row["mapping_justification"] or header.get("mapping_justification", "")
        yield _Match(exact, Mapping(other, canonical, confidence, why))


def _confidence(cell: str) -> float | None:
    """1 where nothing is said; None where it is no confidence."""
    try:
        number = float(cell) if cell else 1.0
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def _source(other: str, canonical: str, header: dict[str, str]) -> Source:
    sides = canonical.partition(":")[0], other.partition(":")[0]
    version = header.get("mapping_set_version", "")
    dated = DATE.search(version)
    name = header.get("mapping_set_id", "")
    return Source(
        name if _WORD.fullmatch(name) else f"{sides[0].lower()}-sssom-{sides[1]}",
        "curated",
        title=f"Exact matches of {sides[0]} and {sides[1]}",
        version=dated[0] if dated else version,
        licence=creative_commons(header.get("license", "")) or header.get("license", ""),
        url=header.get("mapping_set_id", ""),
    )
