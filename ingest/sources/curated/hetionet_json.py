"""Hetionet in its JSON form (`hetionet-v1.0.json`), which has what the tables leave out.

An object with `nodes` (`kind`, `identifier`, `name`, `data`) and `edges` (`source_id`, `target_id`, `kind`,
`direction`, `data`). The file is read twice, in a stream.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity
from graph.schema import PREDICATES
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.drug_names import known
from ingest.sources.curated.hetionet import EXTRACTOR, METAEDGES, SOURCE, abbreviation, acted, node
from ingest.sources.files.files import open_bytes
from ingest.sources.files.streamed import items_of
from ingest.sources.records import Wrong, listed, object_of


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, the entities, the assertions. An edge of an unknown kind or node is a Failure.

    Raises UnreadableSource, and MalformedFile where the JSON breaks off.
    """
    yield SOURCE
    names = known()
    declared: set[str] = set()
    for number, told in enumerate(_items(path, "nodes.item"), 1):
        id, type = _end((told.get("kind"), told.get("identifier")))
        if not id or not isinstance(told.get("name"), str):
            yield Failure(str(path), f"node {number}", "a node of unknown kind, or without identifier or name")
            continue
        if type == "Drug" and (wrong := names.mistaken(id, told["name"])):
            yield Failure(str(path), f"node {number}", wrong)
            continue
        declared.add(id)
        yield Entity(id, type, told["name"])
    for number, told in enumerate(_items(path, "edges.item"), 1):
        yield _edge(path, number, told, declared)


def _items(path: Path, prefix: str) -> Iterator[dict[str, Any]]:
    with open_bytes(path) as file:
        for item in items_of(file, path, prefix, use_float=True):
            yield item if isinstance(item, dict) else {}


def _end(pair: object) -> tuple[str, str]:
    """(id, type) of `["Gene", 9021]`."""
    if isinstance(pair, list | tuple) and len(pair) == 2 and isinstance(pair[0], str):
        return node(str(pair[1]), pair[0])
    return "", ""


def _edge(path: Path, number: int, told: dict[str, Any], declared: set[str]) -> Assertion | Failure:
    ends = [_end(told.get(key))[0] for key in ("source_id", "target_id")]
    kinds = [told[key][0] if _end(told.get(key))[0] else "" for key in ("source_id", "target_id")]
    short = abbreviation("_".join((kinds[0], str(told.get("kind")), kinds[1])), kinds[0])
    metaedge = METAEDGES.get(short)
    if metaedge is None or not set(ends) <= declared:
        return Failure(str(path), f"edge {number}", "an unknown metaedge, or an edge with an unknown node")
    try:
        data = object_of(told.get("data") or {})
        actions, sources = listed(data, "actions"), listed(data, "sources")
    except Wrong as wrong:
        return Failure(str(path), f"edge {number}", str(wrong))
    subject, object = reversed(ends) if metaedge.reversed else ends
    predicate = acted(metaedge.predicate, actions)
    if PREDICATES[predicate].symmetric:
        subject, object = sorted(ends)
    qualifiers = {
        "license": str(data.get("license") or ""),
        "sources": "|".join(sources),
        "actions": "|".join(actions),
    }
    return Assertion.new(
        subject,
        predicate,
        object,
        source=SOURCE.id,
        sentence=json.dumps(told, ensure_ascii=False, sort_keys=True),
        qualifiers={key: value for key, value in qualifiers.items() if value},
        record=f"{short} edge {number}",
        extractor=EXTRACTOR,
    )
