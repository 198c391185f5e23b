"""Dosing guidelines of CPIC and DPWG in the JSON of PharmCAT (https://pharmcat.org): what to do for which genotype.

A file, or a tar archive of files, one a guideline. Each recommendation is an assertion for each gene it looks at: the
gene affects the response to the drug, with `genotype`, `strength`, `population`, `implication`, the recommendation in
words and the day of the guideline's version as qualifiers.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity, Source
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.drug_names import known
from ingest.sources.files.archive import members
from ingest.sources.records import Wrong, listed, object_of, objects, parsed, writable
from text.names import normalise

EXTRACTOR = "guidelines/2"
_TITLES = {
    "CPIC": "Clinical Pharmacogenetics Implementation Consortium guidelines",
    "DPWG": "Dutch Pharmacogenetics Working Group guidelines",
}
_TAG = re.compile(r"<[^>]*>")
_SPACE = re.compile(r"\s+")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source of each body, then of each guideline its drugs and genes, where new, and its recommendations.

    Guidelines of one body stand together, CPIC's first; they are held in memory. Raises UnreadableSource, and
    MalformedFile where an archive breaks off.
    """
    guidelines: dict[str, list[tuple[str, dict[str, Any]]]] = {}
    for member in members(path, ".json"):
        if isinstance(member, Failure):
            yield member
            continue
        name = member[0].rpartition("/")[2]
        try:
            guideline = writable(parsed(member[1].decode()))
            body = str(object_of(guideline.get("guideline")).get("source"))
            if body not in _TITLES:
                raise Wrong("a guideline of none of CPIC and DPWG")
            guidelines.setdefault(body, []).append((name, guideline))
        except (UnicodeDecodeError, Wrong) as error:
            yield Failure(str(path), name, str(error) if isinstance(error, Wrong) else "not UTF-8")
    ids = known().ids
    for body, several in sorted(guidelines.items()):
        yield Source(
            body.lower(),
            "curated",
            title=_TITLES[body],
            # An archive is a release; single files of one stand side by side.
            version=max((_date(guideline) for _, guideline in several), default="") if len(several) > 1 else "",
            licence="CC-BY-SA-4.0",
            language="en",
            url="https://www.clinpgx.org",
        )
        declared: set[Entity | Mapping] = set()
        mapped: dict[str, str] = {}
        for name, guideline in several:
            try:
                records = list(_records(guideline, body.lower(), ids))
            except Wrong as error:
                yield Failure(str(path), name, str(error))
                continue
            for record in records:
                if (
                    isinstance(record, Mapping)
                    and mapped.setdefault(record.other, record.canonical) != record.canonical
                ):
                    yield Failure(str(path), name, f"{record.other} is given the names of two drugs")
                    continue
                if isinstance(record, Entity | Mapping):
                    if record in declared:
                        continue
                    declared.add(record)
                yield record


def _records(guideline: dict[str, Any], source: str, ids: dict[str, str]) -> Iterator[CuratedRecord]:
    about = object_of(guideline.get("guideline"))
    genes: dict[str, str] = {}
    for gene in objects(about, "relatedGenes"):
        symbol = str(gene.get("symbol") or "")
        genes[symbol] = _id(gene)
        yield Entity(genes[symbol], "Gene", symbol or str(gene.get("name")))
    day = _date(guideline)
    common = {"date": day} if day else {}
    for recommendation in objects(guideline, "recommendations"):
        for chemical in objects(recommendation, "relatedChemicals"):
            drug, name = _id(chemical), str(chemical.get("name") or "")
            if same := ids.get(normalise(name)):
                yield Mapping(drug, same)
            yield Entity(drug, "Drug", name)
            qualifiers = common | _qualifiers(recommendation)
            for symbol in object_of(recommendation.get("lookupKey") or {}):
                if symbol in genes:
                    yield Assertion.new(
                        genes[symbol],
                        "affects_response_to",
                        drug,
                        source=source,
                        sentence=json.dumps(recommendation, ensure_ascii=False),
                        qualifiers=qualifiers,
                        record=f"{about.get('id')} {recommendation.get('id')}",
                        extractor=EXTRACTOR,
                    )


def _date(guideline: dict[str, Any]) -> str:
    day = _DAY.match(str(guideline.get("version") or ""))
    return day[0] if day else ""


def _id(thing: dict[str, Any]) -> str:
    id = str(thing.get("id") or "")
    if not re.fullmatch(r"PA\d+", id):
        raise Wrong("a gene or drug without a PharmGKB id such as PA448320")
    return f"PHARMGKB:{id}"


def _qualifiers(recommendation: dict[str, Any]) -> dict[str, str]:
    text = object_of(recommendation.get("text") or {}).get("html") or ""
    keys = object_of(recommendation.get("lookupKey") or {})
    told = {
        "genotype": "; ".join(f"{gene} {_words(value)}" for gene, value in keys.items()),
        "strength": str(object_of(recommendation.get("classification") or {}).get("term") or ""),
        "population": str(recommendation.get("population") or ""),
        "implication": "; ".join(listed(recommendation, "implications")),
        "recommendation": _SPACE.sub(" ", unescape(_TAG.sub(" ", str(text)))).strip(),
    }
    return {key: value for key, value in told.items() if value}


def _words(value: object) -> str:
    return ", ".join(f"{key} {count}" for key, count in value.items()) if isinstance(value, dict) else str(value)
