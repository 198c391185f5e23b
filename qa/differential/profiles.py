"""What a graph states of diseases that a differential needs, as arrays: read once for a version of the graph.

A row of an annotation is one statement that a disease has a finding, or has it not, with how often and by which paper;
it is kept a row, and not the mean of rows, so that what one paper states can be left out again. Diseases that one name
stands for in several vocabularies, which no mapping joins, are one here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

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

MANY = 60
"""A disease of more forms is a group, whose rate says nothing of each."""
_PREDICATES = ("has_phenotype", "occurs_in", "has_course", "has_modifier", "contributes_to")


@dataclass(frozen=True, slots=True, eq=False)
class Profiles:
    """What is stated of `diseases` (D) and `terms` (T), in A rows of annotations.

    `bearers` are the further ids of each disease that bear its name. Of a row: `disease`, `term`, `share` (how often,
    0 to 1; NaN where it is not told), `patients` (of how many it was counted; 0 where it was not), `paper` (its place
    in `papers`) and `kind` (how the finding is found out, its place in `KINDS`). `namesake` is of a term the disease
    that bears its name, or -1. `child` and `parent` are the edges between terms. Of a disease: `incidence` a year per
    100,000 (NaN where nobody tells), `female` (share of women), `ages` (D x 7, relative rates a person), `tempo` (D x
    7), `seasons` (D x 4), `regions` (D x 9), `missed` (whether it must not be). `factor_of`, `factor_to` and `ratio`
    say by how much a factor, by its place in `factors`, multiplies the odds of a disease. `alarm_term` and
    `alarm_disease` are of which dangerous disease one has to think with a complaint, at the ages `alarm_ages` (two
    columns, in years) and in the sex `alarm_sex` (0 either, 1 women, 2 men). `member` is a disease of the class of
    diseases `kind_of`, a number, for each class above it, however far."""

    diseases: tuple[str, ...]
    names: tuple[str, ...]
    bearers: tuple[tuple[str, ...], ...]
    terms: tuple[str, ...]
    namesake: Numbers
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
    findings = [row for row in stated if row.predicate == "has_phenotype"]
    found = [row for row in findings if _counts(row) and not _alarms(row)]
    about = [row for row in stated if row.predicate != "has_phenotype" and row.polarity == "affirmed"]
    diseases, names, bearers, number = _joined(view, {row.subject for row in found})
    terms = _Numbered()
    edges, members, forms = _above(view, number, terms)
    annotations = _annotations(found, number, terms)
    alarms = _urgent([row for row in findings if _alarms(row)], number, terms)
    return Profiles(
        diseases=tuple(diseases),
        names=tuple(names),
        bearers=tuple(bearers),
        terms=tuple(terms),
        namesake=_namesakes(view, terms, names),
        child=np.array([child for child, _ in edges], np.int32),
        parent=np.array([parent for _, parent in edges], np.int32),
        member=np.array([row[0] for row in members], np.int32),
        kind_of=np.array([row[1] for row in members], np.int32),
        **annotations,
        **alarms,
        **_rates([row for row in about if row.predicate != "contributes_to"], number, len(diseases), forms),
        **_odds([row for row in about if row.predicate == "contributes_to"], number),
    )


def _namesakes(view: GraphView, terms: Mapping[str, int], names: Sequence[str]) -> Numbers:
    """Of each finding the disease that goes by its name, or -1: to ask for it would be to ask for the diagnosis."""
    disease = {normalise(name): at for at, name in enumerate(names)}
    namesake = np.full(len(terms), -1, np.int32)
    for id, entity in view.entities(list(terms)).items():
        borne = (entity.name, *(name.text for name in entity.synonyms if name.language == "en"))
        namesake[terms[id]] = next((disease[name] for name in map(normalise, borne) if name in disease), -1)
    return namesake


def _above(
    view: GraphView, number: Mapping[str, int], terms: _Numbered
) -> tuple[list[tuple[int, int]], list[tuple[int, int]], dict[int, list[int]]]:
    """The edges between findings, each disease with the classes that it belongs to, and the forms of each disease."""
    edges, classes = [], []
    for star in view.stars(("subclass_of",)):
        if star.type == star.object_type == "Disease":
            classes += [(star.subject, above) for above in star.objects]
        elif {star.type, star.object_type} <= {"Phenotype", "Concept"}:
            edges += [(terms[star.subject], terms[above]) for above in star.objects]
    members, classed = _members(classes, number)
    forms: dict[int, list[int]] = {}
    for at, one in members:
        of = number.get(classed[one])
        if of is not None and of != at:
            forms.setdefault(of, []).append(at)
    return edges, members, forms


def _annotations(found: Iterable[Assertion], number: Mapping[str, int], terms: _Numbered) -> dict[str, Any]:
    papers = _Numbered()
    rows = [
        (number[row.subject], terms[row.object], _share(row), _patients(row), papers[_paper(row)], _kind(row))
        for row in found
        if row.subject in number
    ]
    columns = ("disease", "term", "share", "patients", "paper", "kind")
    return {
        column: np.array([row[place] for row in rows], np.float32 if column in ("share", "patients") else np.int32)
        for place, column in enumerate(columns)
    } | {"papers": tuple(papers)}


def _urgent(alarms: Iterable[Assertion], number: Mapping[str, int], terms: _Numbered) -> dict[str, Any]:
    rows = [
        (terms[row.object], number[row.subject], *_for_whom(dict(row.qualifiers)))
        for row in alarms
        if row.subject in number
    ]
    return {
        "alarm_term": np.array([row[0] for row in rows], np.int32),
        "alarm_disease": np.array([row[1] for row in rows], np.int32),
        "alarm_ages": np.array([row[2:4] for row in rows], np.float32).reshape(-1, 2),
        "alarm_sex": np.array([row[4] for row in rows], np.int32),
    }


def _rates(
    about: Iterable[Assertion], number: Mapping[str, int], count: int, forms: Mapping[int, Sequence[int]]
) -> dict[str, Any]:
    """How common each disease is, and for whom, for how long, when and where. The rate of a disease that no table
    describes is that of its `forms` together: they share it as far as they have none."""
    rates: dict[str, Any] = {
        "incidence": np.full(count, np.nan, np.float32),
        "female": np.full(count, 0.5, np.float32),
        "ages": np.zeros((count, len(BANDS)), np.float32),
        "tempo": np.zeros((count, len(TEMPOS)), np.float32),
        "seasons": np.zeros((count, len(SEASONS)), np.bool_),
        "regions": np.zeros((count, len(REGIONS)), np.bool_),
        "missed": np.zeros(count, np.bool_),
    }
    words = {f"MEDGRAPH:tempo-{word}": ("tempo", place) for place, word in enumerate(TEMPOS)}
    words |= {f"MEDGRAPH:season-{word}": ("seasons", place) for place, word in enumerate(SEASONS)}
    words |= {f"MEDGRAPH:region-{word}": ("regions", place) for place, word in enumerate(REGIONS)}
    # What tells the ages, too, counts before what tells a rate alone.
    for row in sorted(about, key=lambda row: "ages" in dict(row.qualifiers)):
        if row.subject not in number:
            continue
        at, qualifiers = number[row.subject], dict(row.qualifiers)
        if row.object == POPULATION:
            rates["incidence"][at] = _number(qualifiers.get("incidence", "")) or np.nan
            rates["female"][at] = _number(qualifiers.get("female", "50")) / 100
            rates["ages"][at] = _by_word(qualifiers.get("ages", ""), BANDS)
        elif row.object == MISSED:
            rates["missed"][at] = True
        elif row.object in words:
            column, place = words[row.object]
            rates[column][at, place] = _number(qualifiers.get("share", "1"))
    rate = rates["incidence"]
    for at, of in forms.items():
        if np.isfinite(rate[at]) and not rates["ages"][at].any() and len(of) <= MANY:
            shared = [one for one in of if not np.isfinite(rate[one])]
            rate[shared] = rate[at] / len(of)
    return rates


def _odds(about: Iterable[Assertion], number: Mapping[str, int]) -> dict[str, Any]:
    """By how much factors multiply the odds of diseases."""
    factors = _Numbered()
    rows = [
        (factors[row.subject], number[row.object], ratio)
        for row in about
        if row.object in number and (ratio := _number(dict(row.qualifiers).get("ratio", ""))) > 0
    ]
    return {
        "factors": tuple(factors),
        "factor_of": np.array([row[0] for row in rows], np.int32),
        "factor_to": np.array([row[1] for row in rows], np.int32),
        "ratio": np.array([row[2] for row in rows], np.float32),
    }


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


def _members(edges: Iterable[tuple[str, str]], number: Mapping[str, int]) -> tuple[list[tuple[int, int]], list[str]]:
    """Each disease with the number of each class that it belongs to, itself among them, for what is stated of a group
    of diseases is of a kin of theirs; and the ids of the classes."""
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
    return sorted(members), list(classes)


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
