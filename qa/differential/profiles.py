"""What a graph states of diseases that a differential needs, as arrays: read once for a version of the graph.

A row of an annotation is one statement that a disease has a finding, or has it not, with how often and by which paper;
it is kept a row, and not the mean of rows, so that what one paper states can be left out again. Diseases that one name
stands for in several vocabularies, which no mapping joins, are one here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from graph.model import Assertion
from graph.schema import CURIE
from graph.view import GraphView
from qa.evidence.frequency import frequency, tells
from text.names import normalise

Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]

BANDS = ("newborn", "infant", "child", "adolescent", "young", "middle", "old")
"""Ages of the population: under 28 days, under 2 years, 2-11, 12-17, 18-39, 40-64, and 65 and older."""
KINDS = ("", "history", "exam", "bedside", "lab", "imaging", "invasive")
"""How a finding is found out; the first where nobody says it."""
TEMPOS = ("minutes", "hours", "days", "weeks", "months", "years", "episodes")
"""How long somebody has been ill, or that it comes and goes."""
SEASONS = ("winter", "spring", "summer", "autumn")
REGIONS = (
    "tropics", "africa", "south-asia", "east-asia", "latin-america", "mediterranean", "north-america", "altitude",
    "rural",
)  # fmt: skip
POPULATION = "MEDGRAPH:population-general"
MISSED = "MEDGRAPH:must-not-be-missed"

_PREDICATES = ("has_phenotype", "occurs_in", "has_course", "has_modifier", "contributes_to")


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """What is stated of `diseases` (D) and `terms` (T), in A rows of annotations.

    `bearers` are the further ids of each disease that bear its name. Of a row: `disease`, `term`, `share` (how often,
    0 to 1), `weight` (by how many patients it is told; 0 where it is not told how often), `paper` (its place in
    `papers`) and `kind` (how the finding is found out, its place in `KINDS`). `child` and `parent` are the edges
    between terms. Of a disease: `incidence` a year per 100,000 (NaN where nobody tells), `female` (share of women),
    `ages` (D x 7, relative rates a person), `tempo` (D x 7), `seasons` (D x 4), `regions` (D x 9), `missed` (whether
    it must not be). `factor_of`, `factor_to` and `ratio` say by how much a factor, by its place in `factors`,
    multiplies the odds of a disease."""

    diseases: tuple[str, ...]
    names: tuple[str, ...]
    bearers: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    child: Numbers
    parent: Numbers
    disease: Numbers
    term: Numbers
    share: Shares
    patients: Shares
    paper: Numbers
    kind: Numbers
    papers: tuple[str, ...]
    incidence: Shares
    female: Shares
    ages: Shares
    tempo: Shares
    seasons: NDArray[np.bool_]
    regions: NDArray[np.bool_]
    missed: NDArray[np.bool_]
    factors: tuple[str, ...]
    factor_of: Numbers
    factor_to: Numbers
    ratio: Shares
    alarm_term: Numbers
    alarm_disease: Numbers
    alarm_ages: Shares
    alarm_sex: Numbers
    member: Numbers
    kind_of: Numbers


def read(view: GraphView) -> Profiles:
    """All that `view` states of what diseases look like. Raises what the graph raises."""
    stated = list(view.stated(_PREDICATES))
    found = [row for row in stated if row.predicate == "has_phenotype" and _counts(row) and not _alarms(row)]
    alarms = [row for row in stated if row.predicate == "has_phenotype" and _alarms(row)]
    about = [row for row in stated if row.predicate != "has_phenotype" and row.polarity == "affirmed"]
    described = {row.subject for row in found}
    diseases, names, bearers, number = _joined(view, described)
    terms = _Numbered()
    edges, classes = [], []
    for star in view.stars(("subclass_of",)):
        if star.type == star.object_type == "Disease":
            classes += [(star.subject, above) for above in star.objects]
        elif {star.type, star.object_type} <= {"Phenotype", "Concept"}:
            edges += [(terms[star.subject], terms[above]) for above in star.objects]
    members = _members(classes, number)
    papers, factors = _Numbered(), _Numbered()
    rows = [
        (number[row.subject], terms[row.object], _share(row), _patients(row), papers[_paper(row)], _kind(row))
        for row in found
        if row.subject in number
    ]
    urgent = [
        (terms[row.object], number[row.subject], *_for_whom(dict(row.qualifiers)))
        for row in alarms
        if row.subject in number
    ]
    count = len(diseases)
    of = {column: np.zeros((count, wide), np.float32) for column, wide in (("ages", 7), ("tempo", 7))}
    incidence, female = np.full(count, np.nan, np.float32), np.full(count, 0.5, np.float32)
    seasons, regions = np.zeros((count, len(SEASONS)), np.bool_), np.zeros((count, len(REGIONS)), np.bool_)
    missed = np.zeros(count, np.bool_)
    odds: list[tuple[int, int, float]] = []
    for row in about:
        qualifiers, kind = dict(row.qualifiers), row.object.removeprefix("MEDGRAPH:")
        if row.predicate == "contributes_to":
            if row.object in number and _number(qualifiers.get("ratio", "")) > 0:
                odds.append((factors[row.subject], number[row.object], _number(qualifiers["ratio"])))
            continue
        if row.subject not in number:
            continue
        at = number[row.subject]
        if row.object == POPULATION:
            incidence[at] = _number(qualifiers.get("incidence", "")) or np.nan
            female[at] = _number(qualifiers.get("female", "50")) / 100
            of["ages"][at] = _by_word(qualifiers.get("ages", ""), BANDS)
        elif row.object == MISSED:
            missed[at] = True
        else:
            axis, _, word = kind.partition("-")
            if axis == "tempo" and word in TEMPOS:
                of["tempo"][at, TEMPOS.index(word)] = _number(qualifiers.get("share", "1"))
            elif axis == "season" and word in SEASONS:
                seasons[at, SEASONS.index(word)] = True
            elif axis == "region" and word in REGIONS:
                regions[at, REGIONS.index(word)] = True
    return Profiles(
        diseases=tuple(diseases),
        names=tuple(names),
        bearers=tuple(bearers),
        terms=tuple(terms),
        child=np.array([child for child, _ in edges], np.int32),
        parent=np.array([parent for _, parent in edges], np.int32),
        disease=np.array([row[0] for row in rows], np.int32),
        term=np.array([row[1] for row in rows], np.int32),
        share=np.array([row[2] for row in rows], np.float32),
        patients=np.array([row[3] for row in rows], np.float32),
        paper=np.array([row[4] for row in rows], np.int32),
        kind=np.array([row[5] for row in rows], np.int32),
        papers=tuple(papers),
        incidence=incidence,
        female=female,
        ages=of["ages"],
        tempo=of["tempo"],
        seasons=seasons,
        regions=regions,
        missed=missed,
        factors=tuple(factors),
        factor_of=np.array([row[0] for row in odds], np.int32),
        factor_to=np.array([row[1] for row in odds], np.int32),
        ratio=np.array([row[2] for row in odds], np.float32),
        alarm_term=np.array([row[0] for row in urgent], np.int32),
        alarm_disease=np.array([row[1] for row in urgent], np.int32),
        alarm_ages=np.array([row[2:4] for row in urgent], np.float32).reshape(-1, 2),
        alarm_sex=np.array([row[4] for row in urgent], np.int32),
        member=np.array([row[0] for row in members], np.int32),
        kind_of=np.array([row[1] for row in members], np.int32),
    )


class _Numbered(dict[str, int]):
    """Words by the number in which they came first."""

    def __missing__(self, word: str) -> int:
        self[word] = number = len(self)
        return number


def _joined(view: GraphView, ids: Iterable[str]) -> tuple[list[str], list[str], list[tuple[str, ...]], dict[str, int]]:
    """The diseases, their names, the further ids that bear the name of each, and the number of each id."""
    entities = view.entities(sorted(ids))
    first: dict[str, int] = {}
    diseases: list[str] = []
    names: list[str] = []
    bearers: list[list[str]] = []
    number: dict[str, int] = {}
    for id, entity in sorted(entities.items()):
        if entity.type != "Disease":
            continue
        name = normalise(entity.name) or id
        at = first.setdefault(name, len(diseases))
        if at == len(diseases):
            diseases.append(id)
            names.append(entity.name)
            bearers.append([])
        else:
            bearers[at].append(id)
        number[id] = at
    return diseases, names, [tuple(others) for others in bearers], number


def _counts(row: Assertion) -> bool:
    return row.experiencer == "patient" and row.certainty == "certain"


def _members(edges: Iterable[tuple[str, str]], number: Mapping[str, int]) -> list[tuple[int, int]]:
    """Each disease with the number of each class that it belongs to, itself among them: what is stated of a group of
    diseases is of a kin of theirs."""
    above: dict[str, set[str]] = {}
    for child, parent in edges:
        above.setdefault(child, set()).add(parent)
    classes = _Numbered()
    members = set()
    for id, at in number.items():
        reached, waiting = {id}, [id]
        while waiting:
            new = above.get(waiting.pop(), set()) - reached
            reached |= new
            waiting += new
        members |= {(at, classes[one]) for one in reached}
    return sorted(members)


def _paper(row: Assertion) -> str:
    """Where a row comes from: its reference, or where it has none the source as a whole."""
    return row.record if CURIE.fullmatch(row.record) else row.source


def _alarms(row: Assertion) -> bool:
    return dict(row.qualifiers).get("alarm") == "yes"


def _for_whom(qualifiers: Mapping[str, str]) -> tuple[float, float, int]:
    until = _number(qualifiers.get("age_to", "")) or np.inf
    return _number(qualifiers.get("age_from", "")), until, ("", "female", "male").index(qualifiers.get("sex", ""))


def _share(row: Assertion) -> float:
    if tells(row):
        return frequency(row)
    return 0.0 if row.polarity == "negated" else np.nan


def _patients(row: Assertion) -> float:
    _, slash, whole = dict(row.qualifiers).get("frequency", "").partition("/")
    return float(whole) if slash and whole.isdigit() else 0.0


def _kind(row: Assertion) -> int:
    word = dict(row.qualifiers).get("kind", "")
    return KINDS.index(word) if word in KINDS else 0


def _number(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        return 0.0
    return value if np.isfinite(value) and value > 0 else 0.0


def _by_word(text: str, words: tuple[str, ...]) -> list[float]:
    """The numbers of `newborn=0 infant=2`, in the order of `words`."""
    told: Mapping[str, float] = {
        word: _number(value) for word, _, value in (pair.partition("=") for pair in text.split())
    }
    return [told.get(word, 0.0) for word in words]
