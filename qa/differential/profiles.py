"""What a graph states of diseases that a differential needs, as arrays: read once for a version of the graph.

A row of an annotation is one statement that a disease has a finding, or has it not, with how often and by which paper;
it is kept a row, and not the mean of rows, so that what one paper states can be left out again. Diseases that one name
stands for in several vocabularies, which no mapping joins, are one here.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from graph.view import GraphView
from qa.differential.stated import KINDS as KINDS
from qa.differential.stated import PREDICATES, Numbered, Qualifiers, entities, number_in, stated
from text.names import normalise

Numbers = NDArray[np.int32]
Shares = NDArray[np.float32]

BANDS = ("newborn", "infant", "child", "adolescent", "young", "middle", "old")
"""Ages of the population: under 28 days, under 2 years, 2-11, 12-17, 18-39, 40-64, and 65 and older."""
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
READ = (*PREDICATES, "subclass_of")
"""What is stated otherwise changes nothing of what is read here."""
_WORDS = {
    **{f"MEDGRAPH:tempo-{word}": ("tempo", place) for place, word in enumerate(TEMPOS)},
    **{f"MEDGRAPH:season-{word}": ("seasons", place) for place, word in enumerate(SEASONS)},
    **{f"MEDGRAPH:region-{word}": ("regions", place) for place, word in enumerate(REGIONS)},
}


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
    said = stated(view, frozenset((*_WORDS, POPULATION, MISSED)))
    diseases, names, bearers, number = _joined(view, said.found.subjects)
    terms = Numbered()
    (child, parent), (member, kind_of), forms = _above(view, number, terms)
    annotations = said.found.annotations(number, terms)
    alarms = _urgent(said.alarms, number, terms)
    return Profiles(
        diseases=tuple(diseases),
        names=tuple(names),
        bearers=tuple(bearers),
        terms=tuple(terms),
        namesake=_namesakes(view, terms, names),
        child=child,
        parent=parent,
        member=member,
        kind_of=kind_of,
        **annotations,
        **alarms,
        **_rates(said.about, number, len(diseases), forms),
        **_odds(said.odds, number),
    )


def _namesakes(view: GraphView, terms: Mapping[str, int], names: Sequence[str]) -> Numbers:
    """Of each finding the disease that goes by its name, or -1: to ask for it would be to ask for the diagnosis."""
    disease = {normalise(name): at for at, name in enumerate(names)}
    namesake = np.full(len(terms), -1, np.int32)
    for id, entity in entities(view, list(terms)):
        borne = (entity.name, *(name.text for name in entity.synonyms if name.language == "en"))
        namesake[terms[id]] = next((disease[name] for name in map(normalise, borne) if name in disease), -1)
    return namesake


def _above(
    view: GraphView, number: Mapping[str, int], terms: Numbered
) -> tuple[tuple[Numbers, Numbers], tuple[Numbers, Numbers], dict[int, list[int]]]:
    """The edges between findings, each disease with the classes that it belongs to, and the forms of each disease."""
    child, parent, classes = array("i"), array("i"), Numbered()
    above: dict[int, array[int]] = {}
    for star in view.stars(("subclass_of",)):
        if star.type == star.object_type == "Disease":
            above.setdefault(classes[star.subject], array("i")).extend(classes[id] for id in star.objects)
        elif {star.type, star.object_type} <= {"Phenotype", "Concept"}:
            child.extend([terms[star.subject]] * len(star.objects))
            parent.extend(terms[id] for id in star.objects)
    member, kind_of = _members(above, number, classes)
    disease = np.array([number.get(id, -1) for id in classes], np.int32)
    of = disease[kind_of] if len(kind_of) else kind_of
    forms: dict[int, list[int]] = {}
    for at in np.flatnonzero((of >= 0) & (of != member)).tolist():
        forms.setdefault(int(of[at]), []).append(int(member[at]))
    return (np.array(child, np.int32), np.array(parent, np.int32)), (member, kind_of), forms


def _urgent(
    alarms: Iterable[tuple[str, str, Qualifiers]], number: Mapping[str, int], terms: Numbered
) -> dict[str, Any]:
    rows = [
        (terms[finding], number[disease], *_for_whom(qualifiers))
        for disease, finding, qualifiers in alarms
        if disease in number
    ]
    return {
        "alarm_term": np.array([row[0] for row in rows], np.int32),
        "alarm_disease": np.array([row[1] for row in rows], np.int32),
        "alarm_ages": np.array([row[2:4] for row in rows], np.float32).reshape(-1, 2),
        "alarm_sex": np.array([row[4] for row in rows], np.int32),
    }


def _rates(
    about: Iterable[tuple[str, str, Qualifiers]],
    number: Mapping[str, int],
    count: int,
    forms: Mapping[int, Sequence[int]],
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
    # What tells the ages, too, counts before what tells a rate alone.
    for subject, object, qualifiers in sorted(about, key=lambda row: "ages" in row[2]):
        if subject not in number:
            continue
        at = number[subject]
        if object == POPULATION:
            rates["incidence"][at] = number_in(qualifiers.get("incidence", "")) or np.nan
            rates["female"][at] = number_in(qualifiers.get("female", "50")) / 100
            rates["ages"][at] = _by_word(qualifiers.get("ages", ""), BANDS)
        elif object == MISSED:
            rates["missed"][at] = True
        elif object in _WORDS:
            column, place = _WORDS[object]
            rates[column][at, place] = number_in(qualifiers.get("share", "1"))
    rate = rates["incidence"]
    for at, of in forms.items():
        if np.isfinite(rate[at]) and not rates["ages"][at].any() and len(of) <= MANY:
            shared = [one for one in of if not np.isfinite(rate[one])]
            rate[shared] = rate[at] / len(of)
    return rates


def _odds(odds: Iterable[tuple[str, str, float]], number: Mapping[str, int]) -> dict[str, Any]:
    """By how much factors multiply the odds of diseases."""
    factors = Numbered()
    rows = [(factors[factor], number[disease], ratio) for factor, disease, ratio in odds if disease in number]
    return {
        "factors": tuple(factors),
        "factor_of": np.array([row[0] for row in rows], np.int32),
        "factor_to": np.array([row[1] for row in rows], np.int32),
        "ratio": np.array([row[2] for row in rows], np.float32),
    }


def _joined(view: GraphView, ids: Iterable[str]) -> tuple[list[str], list[str], list[tuple[str, ...]], dict[str, int]]:
    """The diseases, their names, the further ids that bear the name of each, and the number of each id."""
    known = sorted((id, entity.type, entity.name) for id, entity in entities(view, sorted(ids)))
    first: dict[str, int] = {}
    diseases: list[str] = []
    names: list[str] = []
    bearers: list[list[str]] = []
    number: dict[str, int] = {}
    for id, type, called in known:
        if type != "Disease":
            continue
        name = normalise(called) or id
        at = first.setdefault(name, len(diseases))
        if at == len(diseases):
            diseases.append(id)
            names.append(called)
            bearers.append([])
        else:
            bearers[at].append(id)
        number[id] = at
    return diseases, names, [tuple(others) for others in bearers], number


def _members(above: Mapping[int, array[int]], number: Mapping[str, int], classes: Numbered) -> tuple[Numbers, Numbers]:
    """Each disease with the number of each class that it belongs to, itself among them, for what is stated of a group
    of diseases is of a kin of theirs."""
    members, kinds = array("i"), array("i")
    for id, at in number.items():
        one = classes[id]
        reached, waiting = {one}, [one]
        while waiting:
            new = {over for over in above.get(waiting.pop(), ()) if over not in reached}
            reached |= new
            waiting += new
        members.extend([at] * len(reached))
        kinds.extend(reached)
    pairs = np.unique(np.array([members, kinds], np.int32).reshape(2, -1), axis=1)
    return pairs[0], pairs[1]


def _for_whom(qualifiers: Mapping[str, str]) -> tuple[float, float, int]:
    until = number_in(qualifiers.get("age_to", "")) or np.inf
    return number_in(qualifiers.get("age_from", "")), until, ("", "female", "male").index(qualifiers.get("sex", ""))


def _by_word(text: str, words: tuple[str, ...]) -> list[float]:
    """The numbers of `newborn=0 infant=2`, in the order of `words`."""
    told: Mapping[str, float] = {
        word: number_in(value) for word, _, value in (pair.partition("=") for pair in text.split())
    }
    return [told.get(word, 0.0) for word in words]
