"""The network of curated files alone, without a store: what their readers yield, as one set of stars."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from graph.model import Assertion, Entity, Star
from ingest.model import CuratedRecord
from ingest.sources.curated import hetionet, indications
from qa.drugs.repurpose.network import Network, network


def stars(records: Iterable[CuratedRecord]) -> list[Star]:
    """What the records affirm, by the types that they declare."""
    types: dict[str, str] = {}
    objects: dict[tuple[str, str], set[str]] = defaultdict(set)
    for record in records:
        if isinstance(record, Entity):
            types.setdefault(record.id, record.type)
        elif isinstance(record, Assertion) and record.polarity == "affirmed":
            objects[record.subject, record.predicate].add(record.object)
    rows = []
    for (subject, predicate), ends in sorted(objects.items()):
        of_type: dict[str, list[str]] = defaultdict(list)
        for end in sorted(ends):
            of_type[types.get(end, "")].append(end)
        rows += [Star(subject, types.get(subject, ""), predicate, type, tuple(of)) for type, of in of_type.items()]
    return rows


def of_hetionet(folder: Path) -> Network:
    """The network of a folder of Hetionet. Raises UnreadableSource."""
    return network(stars(hetionet.read(folder)))


def denied(file: Path) -> list[tuple[str, str]]:
    """The drug and disease of each non-indication of PharmacotherapyDB. Raises UnreadableSource."""
    return [
        (record.subject, record.object)
        for record in indications.read(file)
        if isinstance(record, Assertion) and record.polarity == "negated"
    ]
