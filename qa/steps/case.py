"""The case that a diagnostic question tells, and what the record of the patient asked about adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.asked.diagnostic import Diagnostic
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Sex, Told
from qa.evidence.chart import standing_of
from qa.steps.asking import Asking
from qa.steps.circumstances import ADOLESCENT, CHILD, ELDERLY, person_in

_WOMAN = re.compile(
    r"\b(?:wom[ae]n|female|girl|lady|she|her|mother|mum|mom|wife|daughter|sister|grandmother|pregnant)\b|"
    r"女|妇|孕|母亲|妈|产后|停经",
    re.IGNORECASE,
)
_MAN = re.compile(
    r"\b(?:m[ae]n|male|boy|gentleman|he|his|father|dad|husband|son|brother|grandfather)\b|男|父亲|爸", re.IGNORECASE
)
_SEASONS = {
    "winter": re.compile(r"\bwinter|冬", re.IGNORECASE),
    "spring": re.compile(r"\bspring(?:time)?\b|春", re.IGNORECASE),
    "summer": re.compile(r"\bsummer|夏", re.IGNORECASE),
    "autumn": re.compile(r"\b(?:autumn|fall season|in the fall)\b|秋", re.IGNORECASE),
}
_MIDDLE = {CHILD: 6.0, ADOLESCENT: 15.0, ELDERLY: 75.0}
_FINDINGS = ("Phenotype", "Disease", "Measurement")


def case_of(asking: Asking, matrix: Matrix, sought: Diagnostic) -> Case:
    """The case in the words of the question, in which what is asked about is not told, with the findings, diseases and
    drugs of the record. Raises what the graph raises."""
    text, entities = asking.question.text, asking.understanding.entities
    told = [e for e in entities if e.type in _FINDINGS and e.surface not in sought.diseases]
    recorded = list(_recorded(asking))
    return understood(
        asking.view.graph,
        matrix,
        Told(
            observed=_each((*(e.surface for e in told if not e.negated), *asking.understanding.unknown)),
            excluded=_each(e.surface for e in told if e.negated),
            age=_age(text),
            sex=_sex(text),
            season=next((season for season, cue in _SEASONS.items() if cue.search(text)), ""),
            conditions=_each(name for predicate, name in recorded if predicate == "has_condition"),
            drugs=_each(
                (
                    *(e.surface for e in entities if e.type == "Drug"),
                    *(name for predicate, name in recorded if predicate == "takes"),
                )
            ),
        ),
    )


def _recorded(asking: Asking) -> Iterator[tuple[str, str]]:
    """What the record of the patient states that there is now, by its predicate and id."""
    for row in asking.patient:
        if row.predicate in ("has_condition", "takes") and standing_of(row) == "current":
            yield row.predicate, row.object


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _age(text: str) -> float | None:
    """The age that is told; of a word such as `child` one in the middle of what it means."""
    age = person_in(text, ()).age
    return None if age is None else _MIDDLE.get(age, age)


def _sex(text: str) -> Sex:
    woman, man = _WOMAN.search(text) is not None, _MAN.search(text) is not None
    return "" if woman == man else "female" if woman else "male"
