"""Common and dangerous conditions, by whom and how they are met: the tables that come with medgraph, or a user's own.

Eight tab-separated tables, told by their columns: conditions (how often, at which ages, in which sex, for how long,
when and where), their findings with the percentage that has each, factors that raise or lower their odds, alarms (of
which dangerous condition a complaint must make one think, at which ages, in which sex), how common rare diseases are
that others describe, findings for which the Human Phenotype Ontology has no term, tests, and which make a diagnosis.
Several values in a cell are separated by `|`; a synonym ends in its language, as in `flu@en`. The words of the closed
lists are those that a differential reads."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from graph.errors import SchemaViolation
from graph.model import Assertion, Entity, Name, Source
from graph.schema import check_id
from ingest.model import CuratedRecord, Failure
from ingest.sources.curated.pharmacology import CIRCUMSTANCES
from ingest.sources.files.tables import Row, comments, rows
from text.context.judgement import Polarity

EXTRACTOR = "conditions/2"
SOURCE = "medgraph-conditions"

BANDS = ("newborn", "infant", "child", "adolescent", "young", "middle", "old")
TEMPOS: dict[str, tuple[str, str]] = {
    "minutes": ("illness of minutes", "病程数分钟"),
    "hours": ("illness of hours", "病程数小时"),
    "days": ("illness of days", "病程数日"),
    "weeks": ("illness of weeks", "病程数周"),
    "months": ("illness of months", "病程数月"),
    "years": ("illness of years", "病程数年"),
    "episodes": ("illness in episodes", "反复发作的病程"),
}
SEASONS: dict[str, tuple[str, str]] = {
    "winter": ("the winter season", "冬季高发期"),
    "spring": ("the spring season", "春季高发期"),
    "summer": ("the summer season", "夏季高发期"),
    "autumn": ("the autumn season", "秋季高发期"),
}
REGIONS: dict[str, tuple[str, str]] = {
    "tropics": ("tropical regions", "热带地区"),
    "africa": ("African regions", "非洲地区"),
    "south-asia": ("South Asian regions", "南亚地区"),
    "east-asia": ("East Asian regions", "东亚地区"),
    "latin-america": ("Latin American regions", "拉丁美洲地区"),
    "mediterranean": ("Mediterranean regions", "地中海地区"),
    "north-america": ("North American regions", "北美地区"),
    "altitude": ("regions of high altitude", "高海拔地区"),
    "rural": ("rural regions", "农村地区"),
}
FINDING_KINDS = ("history", "exam", "bedside", "lab", "imaging", "invasive")
TEST_ROLES = ("confirms", "first", "supports")
FACTOR_KINDS = ("condition", "drug", "exposure", "habit", "state", "family")
POPULATION = Entity("MEDGRAPH:population-general", "Concept", "general population", (Name("普通人群", "zh"),))
MISSED = Entity("MEDGRAPH:must-not-be-missed", "Concept", "must not be missed", (Name("不可漏诊", "zh"),))

_SHARES = (0.6, 0.25, 0.1, 0.05)
"""How many of the patients come after the first, second … of the durations given, before they add up to one."""


def shipped() -> list[Path]:
    """The tables that come with medgraph, sorted by name."""
    return sorted((Path(__file__).resolve().parents[2] / "conditions").glob("*.tsv"))


def read(path: Path) -> Iterator[CuratedRecord]:
    """The Source, then for each row what it names, where no table beside this one does, and what it states.

    The Source is `medgraph-conditions` for what is shipped; for a user's own it is what the comment `# source:` says,
    or `conditions-` and the name of the folder, since the tables of one folder go together: one without comments has
    those of the conditions. A row with a number out of its range, a word of no list, or an id that is no CURIE is a
    Failure. Raises UnreadableSource.
    """
    beside = path.with_name("conditions.tsv")
    header = comments(path) or (comments(beside) if beside.is_file() else {})
    source = header.get("source") or (SOURCE if path in shipped() else f"conditions-{path.resolve().parent.name}")
    yield Source(
        source,
        "curated",
        title="medgraph conditions" if source == SOURCE else header.get("title", ""),
        version=header.get("version", ""),
        licence=header.get("licence", ""),
        url=header.get("url", ""),
    )
    declared: set[str] = set()
    stated: set[str] = set()
    table: _Table | None = None
    for row in rows(path):
        if isinstance(row, Failure):
            yield row
            continue
        table = table or _table(path, row, source)
        if table is None:
            yield Failure(str(path), f"line {row.number}", "columns of no table of this form")
            return
        try:
            made = list(table(row))
        except (SchemaViolation, _Wrong) as error:
            yield Failure(str(path), f"line {row.number}", str(error))
            continue
        if any(isinstance(record, Assertion) and record.record in stated for record in made):
            yield Failure(str(path), f"line {row.number}", "the same has a line of its own before")
            continue
        for record in made:
            if isinstance(record, Assertion):
                stated.add(record.record)
            elif record.id in declared:
                continue
            else:
                declared.add(record.id)
            yield record


class _Wrong(Exception):
    """Why a row gives nothing."""


_Table = Callable[[Row], Iterator[Entity | Assertion]]


def _table(path: Path, row: Row, source: str) -> _Table | None:
    """What reads the rows of a table with these columns."""
    columns = row.cells
    if {"id", "incidence", "female"} <= columns.keys():
        return lambda row: _condition(row, source)
    if {"id", "name", "parents"} <= columns.keys():
        return lambda row: _new(row, source)
    if {"examination", "type", "name"} <= columns.keys():
        return _examination
    if {"test", "condition", "role"} <= columns.keys():
        return lambda row: _test_for(row, source)
    # A later declaration takes the place of an earlier one of the source: what has a row of its own is left to that.
    elsewhere = _ids(path.with_name("conditions.tsv")) | _ids(path.with_name("new.tsv"))
    if {"condition", "finding", "percent"} <= columns.keys():
        return lambda row: _finding(row, source, elsewhere)
    if {"id", "name", "rate"} <= columns.keys():
        return lambda row: _rate(row, source)
    if {"complaint", "condition"} <= columns.keys():
        return lambda row: _alarm(row, source)
    if {"condition", "factor", "ratio"} <= columns.keys():
        return lambda row: _factor(row, source, elsewhere)
    return None


def _ids(path: Path) -> set[str]:
    return {row["id"] for row in rows(path) if isinstance(row, Row)} if path.is_file() else set()


def _condition(row: Row, source: str) -> Iterator[Entity | Assertion]:
    id = check_id(row["id"])
    yield Entity(id, "Disease", _given(row, "name"), _names(row))
    ages = [f"{band}={_number(row, band, 0, 10):g}" for band in BANDS]
    qualifiers = {
        "incidence": f"{_number(row, 'incidence', 0, 100_000, above=True):g}",
        "female": f"{_number(row, 'female', 0, 100):g}",
        "ages": " ".join(ages),
    }
    yield POPULATION
    yield _stated(row, source, id, "occurs_in", POPULATION.id, qualifiers)
    tempos = _words(row, "tempo", TEMPOS)
    shares = [_SHARES[min(place, len(_SHARES) - 1)] for place in range(len(tempos))]
    for word, share in zip(tempos, shares, strict=True):
        yield _concept("tempo", word, TEMPOS)
        yield _stated(row, source, id, "has_course", f"MEDGRAPH:tempo-{word}", {"share": f"{share / sum(shares):.3g}"})
    for axis, words in (("season", SEASONS), ("region", REGIONS)):
        for word in _words(row, axis, words):
            yield _concept(axis, word, words)
            yield _stated(row, source, id, "occurs_in", f"MEDGRAPH:{axis}-{word}", {})
    if row["missed"]:
        yield MISSED
        yield _stated(row, source, id, "has_modifier", MISSED.id, {"why": row["missed"], "why_zh": row["missed_zh"]})


def _rate(row: Row, source: str) -> Iterator[Entity | Assertion]:
    """How common a disease is that others describe: it stands unseen until one of them is loaded."""
    yield POPULATION
    rate = _number(row, "rate", 0, 100_000, above=True)
    yield _stated(row, source, row["id"], "occurs_in", POPULATION.id, {"incidence": f"{rate:g}"})


def _concept(axis: str, word: str, words: Mapping[str, tuple[str, str]]) -> Entity:
    name, zh = words[word]
    return Entity(f"MEDGRAPH:{axis}-{word}", "Concept", name, (Name(zh, "zh"),))


def _new(row: Row, source: str) -> Iterator[Entity | Assertion]:
    id = check_id(row["id"])
    type = "Concept" if id.startswith("MEDGRAPH:factor-") else "Phenotype"
    yield Entity(id, type, _given(row, "name"), _names(row))
    for parent in _values(row["parents"]):
        yield _stated(row, source, id, "subclass_of", parent, {})


def _finding(row: Row, source: str, elsewhere: set[str]) -> Iterator[Entity | Assertion]:
    kind = _word(row, "kind", FINDING_KINDS)
    percent = _number(row, "percent", 0, 100)
    finding = check_id(row["finding"])
    if row["label"] and finding not in elsewhere:
        yield Entity(finding, "Phenotype", row["label"])
    yield _stated(
        row,
        source,
        row["condition"],
        "has_phenotype",
        finding,
        {"frequency": f"{percent:g}%", "kind": kind},
        polarity="affirmed" if percent else "negated",
    )


def _alarm(row: Row, source: str) -> Iterator[Entity | Assertion]:
    """That of a condition one has to think with this complaint: how often it has that, another table says."""
    if row["sex"]:
        _word(row, "sex", ("female", "male"))
    ages = {age: f"{_number(row, age, 0, 130):g}" for age in ("age_from", "age_to") if row[age]}
    qualifiers = {"alarm": "yes", "sex": row["sex"], **ages}
    yield _stated(row, source, row["condition"], "has_phenotype", row["complaint"], qualifiers)


def _factor(row: Row, source: str, elsewhere: set[str]) -> Iterator[Entity | Assertion]:
    kind = _word(row, "kind", FACTOR_KINDS)
    ratio = _number(row, "ratio", 0, 1000, above=True)
    factor = check_id(row["factor"])
    circumstances = {entity.id: entity for entity in map(_circumstance, CIRCUMSTANCES)}
    if factor in circumstances:
        yield circumstances[factor]
    elif row["label"] and factor not in elsewhere:
        yield Entity(factor, _type(factor, kind), row["label"], tuple(Name(name, "zh") for name in _values(row["zh"])))
    yield _stated(row, source, factor, "contributes_to", row["condition"], {"ratio": f"{ratio:g}", "kind": kind})


def _circumstance(word: str) -> Entity:
    id, name, zh = CIRCUMSTANCES[word]
    return Entity(id, "Concept", name, (Name(zh, "zh"),))


def _examination(row: Row) -> Iterator[Entity | Assertion]:
    type = _word(row, "type", ("Measurement", "Procedure"))
    names = [*(Name(name, "zh") for name in _values(row["zh"])), *(Name(n, "en") for n in _values(row["synonyms_en"]))]
    yield Entity(check_id(row["examination"]), type, _given(row, "name"), tuple(names))


def _test_for(row: Row, source: str) -> Iterator[Entity | Assertion]:
    role = _word(row, "role", TEST_ROLES)
    yield _stated(row, source, row["test"], "diagnoses", row["condition"], {"role": role})


def _type(factor: str, kind: str) -> str:
    if factor.startswith("HP:"):
        return "Phenotype"
    if factor.startswith("MEDGRAPH:"):
        return "Concept"
    return {"condition": "Disease", "drug": "Drug"}.get(kind, "Concept")


def _given(row: Row, column: str) -> str:
    if not row[column]:
        raise _Wrong(f"nothing under {column}")
    return row[column]


def _number(row: Row, column: str, least: float, most: float, *, above: bool = False) -> float:
    """The number of a cell, from `least` (or more than that, where `above`) to `most`."""
    try:
        value = float(_given(row, column))
    except ValueError:
        raise _Wrong(f"no number under {column}") from None
    if not least <= value <= most or (above and value == least):
        raise _Wrong(f"a number under {column} that is not {'above' if above else 'from'} {least:g} to {most:g}")
    return value


def _word(row: Row, column: str, words: tuple[str, ...]) -> str:
    if row[column] not in words:
        raise _Wrong(f"a word under {column} that is none of {', '.join(words)}")
    return row[column]


def _words(row: Row, column: str, words: Mapping[str, tuple[str, str]]) -> list[str]:
    given = list(dict.fromkeys(_values(row[column])))
    if any(word not in words for word in given):
        raise _Wrong(f"a word under {column} that is none of {', '.join(words)}")
    return given


def _names(row: Row) -> tuple[Name, ...]:
    """The Chinese name first, then what is under `synonyms`, each in the language after its `@`."""
    names = [Name(value, "zh") for value in _values(row["zh"])]
    for value in _values(row["synonyms"]):
        text, at, language = value.rpartition("@")
        if not at or language not in ("en", "zh") or not text.strip():
            raise _Wrong("a synonym that does not end in its language, as in flu@en")
        names.append(Name(text.strip(), language))
    return tuple(dict.fromkeys(names))


def _values(cell: str) -> list[str]:
    return [value for part in cell.split("|") if (value := part.strip())]


def _stated(
    row: Row,
    source: str,
    subject: str,
    predicate: str,
    object: str,
    qualifiers: dict[str, str],
    polarity: Polarity = "affirmed",
) -> Assertion:
    return Assertion.new(
        check_id(subject),
        predicate,
        check_id(object),
        source=source,
        sentence=row.line,
        polarity=polarity,
        qualifiers={key: value for key, value in qualifiers.items() if value},
        record=f"{subject} {predicate} {object}",
        extractor=EXTRACTOR,
    )
