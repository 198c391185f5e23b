"""The case that a diagnostic question tells, and what the record of the patient asked about adds to it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from qa.asked.diagnostic import Diagnostic, case_in
from qa.differential.case.record import told_by
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Told
from qa.steps.asking import Asking
from qa.steps.circumstances import ADOLESCENT, CHILD, ELDERLY, INFANT, NEWBORN, TODDLER, person_in

_MIDDLE = {NEWBORN: 0.02, INFANT: 0.8, TODDLER: 1.5, CHILD: 6.0, ADOLESCENT: 15.0, ELDERLY: 75.0}
"""An age in years in the middle of what a word for it means."""
HEADS = 10
"""Passages of the record that are looked through for age and sex."""
_FINDINGS = ("Phenotype", "Measurement")


def case_of(asking: Asking, matrix: Matrix, sought: Diagnostic) -> Case:
    """The case in the words of the question, in which what is asked about is not told, with the findings, diseases and
    drugs of the record. Raises what the graph raises."""
    view, text = asking.view.graph, case_in(asking.question.text, sought)
    read = understood(view, matrix, Told(text=text))
    there, absent = _besides(asking, sought, read)
    record = _record(asking)
    age = _MIDDLE.get(person_in(text, ()).age or 0.0, record.age) if read.age is None else read.age
    told = Told(
        text="\n".join(part for part in (text, record.text) if part),
        age=age,
        sex=read.sex or record.sex,
        observed=_each((*there, *record.observed)),
        excluded=_each((*absent, *(name for name in record.excluded if name not in there))),
        conditions=record.conditions,
        drugs=record.drugs,
    )
    return _certain(understood(view, matrix, told))


def _record(asking: Asking) -> Told:
    """What the record of the patient asked about tells; age and sex stand at the head of their documents."""
    hits = asking.view.own("Sex Born", HEADS)
    about = [line for hit in hits for line in hit.passage.text.splitlines()]
    return told_by(asking.patient, asking.records.entities(row.object for row in asking.patient), about)


def _certain(case: Case) -> Case:
    """Without the notes that a finding is only possible, where it counts all the same: what a question asks after is
    not doubted by it."""
    counted = [finding.told for finding in (*case.observed, *case.excluded)]
    doubts = {f"'{told}' is told as possible: it does not count" for told in counted}
    return replace(case, notes=tuple(note for note in case.notes if note.en not in doubts))


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


def _among(surface: str, words: Iterable[str]) -> bool:
    return any(surface.casefold() in word or word in surface.casefold() for word in words)


def _each(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))
