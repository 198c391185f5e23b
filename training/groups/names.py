"""What findings and factors are called in both languages, from the shipped tables and the vocabularies."""

from __future__ import annotations

import gzip
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from text.names import is_chinese

LANGUAGES = ("en", "zh")


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of the tables: its findings with how many of 100 have them and how that is found out, its factors
    with their ratios, its rates by stage of life, its sex (percent of women), and how long it has lasted."""

    id: str
    names: tuple[str, ...]
    female: float
    stages: tuple[float, ...]
    tempos: tuple[str, ...]
    findings: tuple[tuple[str, float, str], ...]
    factors: tuple[tuple[str, float], ...]


@dataclass(frozen=True, slots=True)
class Names:
    """The names of findings and factors by id, in English and in Chinese."""

    en: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    zh: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, id: str, language: str) -> tuple[str, ...]:
        return (self.zh if language == "zh" else self.en).get(id, ())


def table(path: Path) -> Iterator[dict[str, str]]:
    """The rows of a table of the house by the names of its columns."""
    lines = [line for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    head = lines[0].split("\t")
    for line in lines[1:]:
        yield dict(zip(head, line.split("\t"), strict=False))


def conditions(folder: Path) -> list[Condition]:
    """The conditions of the shipped tables, in their order. Raises OSError."""
    findings, factors = defaultdict(list), defaultdict(list)
    for row in table(folder / "findings.tsv"):
        findings[row["condition"]].append((row["finding"], float(row["percent"]), row["kind"]))
    for row in table(folder / "factors.tsv"):
        factors[row["condition"]].append((row["factor"], float(row["ratio"])))
    bands = ("newborn", "infant", "child", "adolescent", "young", "middle", "old")
    return [
        Condition(
            id=row["id"],
            names=(row["name"], row["zh"], *(said.rpartition("@")[0] for said in row["synonyms"].split("|") if said)),
            female=float(row["female"]),
            stages=tuple(float(row[band]) for band in bands),
            tempos=tuple(row["tempo"].split("|")),
            findings=tuple(findings[row["id"]]),
            factors=tuple(factors[row["id"]]),
        )
        for row in table(folder / "conditions.tsv")
    ]


def names(ingest: Path, phrases: Path, hpo: Path) -> Names:
    """Every name of a finding or a factor that is at hand: of the tables under `ingest`, of doctors' and patients'
    `phrases`, and of the folder `hpo`. Raises OSError."""
    said: dict[str, dict[str, None]] = defaultdict(dict)
    for row in table(ingest / "conditions" / "findings.tsv"):
        said[row["finding"]][row["label"]] = None
    for row in table(ingest / "conditions" / "factors.tsv"):
        said[row["factor"]].update(dict.fromkeys((row["label"], row["zh"])))
    for row in table(ingest / "conditions" / "new.tsv"):
        synonyms = (each.rpartition("@")[0] for each in row["synonyms"].split("|"))
        said[row["id"]].update(dict.fromkeys((row["name"], row["zh"], *synonyms)))
    for row in table(ingest / "lexicon" / "findings.tsv"):
        synonyms = (each.rpartition("@")[0] or each for each in row.get("synonyms", "").split("|"))
        said[row["id"]].update(dict.fromkeys((row["name"], *row["zh"].split("|"), *synonyms)))
    for row in table(phrases):
        for id in row["ids"].split("|"):
            said[id].update(dict.fromkeys((*row["en"].split("|"), *row["zh"].split("|"))))
    for id, name, *_ in _rows(hpo / "hpo_terms.tsv.gz"):
        said[id][name] = None
    for row_ in _rows(hpo / "hp-zh.babelon.tsv.gz"):
        said[row_[2]][row_[5]] = None
    return Names(
        {id: tuple(each for each in names if each and not is_chinese(each)) for id, names in said.items()},
        {id: tuple(each for each in names if each and is_chinese(each)) for id, names in said.items()},
    )


def _rows(path: Path) -> Iterator[list[str]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n").split("\t")
