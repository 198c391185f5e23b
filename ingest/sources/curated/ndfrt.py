"""Ids of NDF-RT's drugs in DrugBank (Ayvaz et al., J Biomed Inform 2015;55:206): `NUI`, the name, the DrugBank drug.

The map was made by machine and gives some drugs the id of another one (kanamycin that of tacrolimus): a row whose name
the shipped lexicon knows as another drug's is a Failure.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from graph.model import Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import known
from ingest.sources.files.tables import rows

SOURCE = Source(
    "ndfrt-drugbank",
    "curated",
    title="NDF-RT drugs in DrugBank",
    version="2015",
    licence="US Government work",
    language="en",
)
_NUI = re.compile(r".*/NDFRT/(N\d{10})")
_DRUGBANK = re.compile(r".*drugbank:(DB\d{5})")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then the mappings; a drug of NDF-RT that has two in DrugBank keeps the first, the other is a Failure.

    Raises UnreadableSource.
    """
    yield SOURCE
    names = known()
    told: dict[str, str] = {}
    for row in rows(path, ("NUI", "Drugbank_Bio2rdf"), delimiter=",", quoted=True):
        if isinstance(row, Failure):
            yield row
            continue
        nui, drug = _NUI.fullmatch(row["NUI"]), _DRUGBANK.fullmatch(row["Drugbank_Bio2rdf"])
        if not nui or not drug:
            yield Failure(str(path), f"line {row.number}", "not a NUI of NDF-RT and a DrugBank id")
            continue
        other, canonical = f"NDFRT:{nui[1]}", f"DRUGBANK:{drug[1]}"
        if wrong := names.mistaken(canonical, row["FDASubstancePrefName"], alone=True):
            yield Failure(str(path), f"line {row.number}", wrong)
        elif other not in told:
            told[other] = canonical
            yield Mapping(other, canonical)
        elif told[other] != canonical:
            yield Failure(str(path), f"line {row.number}", f"{other} is matched to {told[other]} and to {canonical}")
