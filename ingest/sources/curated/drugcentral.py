"""Targets of drugs from DrugCentral (Avram et al., Nucleic Acids Res 2023;51:D1276), in a JSON list.

Objects of `struct_id`, `name`, `accession` (UniProt; several joined by `|` for a complex) and `target_name`.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import known
from ingest.sources.files.files import open_bytes
from ingest.sources.files.streamed import items_of
from text.names import normalise

EXTRACTOR = "drugcentral/1"
SOURCE = Source(
    "drugcentral-targets",
    "curated",
    title="DrugCentral, targets",
    licence="CC-BY-SA-4.0",
    language="en",
    url="https://drugcentral.org",
)


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each entry drug and target, where new, and that the one binds the other.

    Raises UnreadableSource, and MalformedFile where the JSON breaks off.
    """
    yield SOURCE
    ids = known().ids
    declared: set[str] = set()
    mapped: dict[str, str] = {}
    with open_bytes(path) as file:
        for number, entry in enumerate(items_of(file, path, "item", use_float=True), 1):
            pair = _pair(entry)
            if pair is None:
                yield Failure(str(path), f"entry {number}", "not a drug and a target with their ids and names")
                continue
            same = ids.get(normalise(pair[0].name), "")
            if same and mapped.setdefault(pair[0].id, same) != same:
                yield Failure(str(path), f"entry {number}", f"{pair[0].id} is given the names of two drugs")
                continue
            for entity in pair:
                if entity.id not in declared:
                    declared.add(entity.id)
                    if same and entity.type == "Drug":
                        yield Mapping(entity.id, same)
                    yield entity
            yield Assertion.new(
                pair[0].id,
                "binds",
                pair[1].id,
                source=SOURCE.id,
                sentence=json.dumps(entry, ensure_ascii=False, sort_keys=True),
                record=f"{entry['struct_id']} {entry['accession']}",
                extractor=EXTRACTOR,
            )


def _pair(entry: Any) -> tuple[Entity, Entity] | None:
    if not isinstance(entry, dict):
        return None
    struct, drug = entry.get("struct_id"), entry.get("name")
    accession, target = entry.get("accession"), entry.get("target_name")
    if not isinstance(struct, int) or not all(isinstance(text, str) and text for text in (drug, accession, target)):
        return None
    chains = str(accession).split("|")
    id = f"UniProt:{chains[0]}" if len(chains) == 1 else f"DRUGCENTRAL:target-{quote(str(target), safe='')}"
    return (
        Entity(f"DRUGCENTRAL:{struct}", "Drug", str(drug).strip()),
        Entity(id, "Gene", str(target).strip(), xrefs=tuple(f"UniProt:{chain}" for chain in chains)),
    )
