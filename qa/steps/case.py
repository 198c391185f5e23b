"""The case that a diagnostic question tells, and what the record of the patient asked about adds to it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from qa.asked.diagnostic import Diagnostic
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Told
from qa.evidence.chart import standing_of
from qa.steps.asking import Asking
from qa.steps.circumstances import ADOLESCENT, CHILD, ELDERLY, INFANT, NEWBORN, TODDLER, person_in

_MIDDLE = {NEWBORN: 0.02, INFANT: 0.8, TODDLER: 1.5, CHILD: 6.0, ADOLESCENT: 15.0, ELDERLY: 75.0}
"""An age in years in the middle of what a word for it means."""
_FINDINGS = ("Phenotype", "Measurement")


def case_of(asking: Asking, matrix: Matrix, sought: Diagnostic) -> Case:
    """The case in the words of the question, in which what is asked about is not told, with the findings, diseases and
    drugs of the record. Raises what the graph raises."""
    view, text = asking.view.graph, _told(asking.question.text, sought)
    read = understood(view, matrix, Told(text=text))
    there, absent = _besides(asking, sought, read)
    recorded = list(_recorded(asking))
    age = _MIDDLE.get(person_in(text, ()).age or 0.0) if read.age is None else read.age
    told = Told(
        text=text,
        age=age,
        observed=there,
        excluded=absent,
        conditions=_each(name for predicate, name in recorded if predicate == "has_condition"),
        drugs=_each(name for predicate, name in recorded if predicate == "takes"),
    )
    return understood(view, matrix, told)


def _besides(asking: Asking, sought: Diagnostic, read: Case) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What the question was understood to name and the reading of cases has not got: there, and not."""
    words = [finding.told.casefold() for finding in (*read.observed, *read.excluded)]
    words += [word.casefold() for word in (*read.factors, *read.drugs)]
    more = [
        entity
        for entity in asking.understanding.entities
        if entity.type in _FINDINGS and entity.surface not in sought.diseases and not _among(entity.surface, words)
    ]
    strange = [name for name in asking.understanding.unknown if not _among(name, words)]
    return (
        _each((*(entity.surface for entity in more if not entity.negated), *strange)),
        _each(entity.surface for entity in more if entity.negated),
    )


def _told(text: str, sought: Diagnostic) -> str:
    """The text without the names of what is asked about: they are no findings of the case."""
    for name in sorted(sought.diseases, key=len, reverse=True):
        text = re.sub(re.escape(name), "…", text, flags=re.IGNORECASE)
    return text


def _among(surface: str, words: Iterable[str]) -> bool:
    return any(surface.casefold() in word or word in surface.casefold() for word in words)


def _recorded(asking: Asking) -> Iterator[tuple[str, str]]:
    """What the record of the patient states that there is now, by its predicate and id."""
    for row in asking.patient:
        if row.predicate in ("has_condition", "takes") and standing_of(row) == "current":
            yield row.predicate, row.object


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
