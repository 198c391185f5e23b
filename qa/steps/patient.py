"""What is stated of the patient that a question is about, and which of it the question asks for."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from graph.model import Assertion, Entity
from qa.asked.chart import Sought, is_named, sought
from qa.asked.whether import asks_whether
from qa.evidence.chart import OF_PATIENTS, STANDINGS, Standing, standing_of
from qa.evidence.kinds import FactEvidence
from qa.evidence.reasons import OfPatient
from qa.evidence.records import Records
from qa.evidence.wording import all_names
from qa.model import Question, Understanding
from qa.view import View
from text.drug_names import ingredients

ORDER = OF_PATIENTS
PAGE = 500
"""Statements read of one patient at a time."""

IMMUNIZATION = "immunization"
"""The qualifier `kind` of what was given by a vaccine."""
_LAPSED = frozenset(("cancelled", "declined", "not-done", "stopped"))
"""By these an order, a dispense or a dose came to nothing: the drug may be taken by another."""

Group = tuple[str, Standing]
"""A kind of fact, and how it stands."""


@dataclass(frozen=True, slots=True)
class Chart:
    """The facts that a question asks for, most to the point first."""

    rows: tuple[Assertion, ...] = ()
    alone: bool = False
    """Whether the record is all that is asked for."""
    sources: frozenset[str] = field(default_factory=frozenset)
    """The documents that the patient's facts are lines of."""

    def shown(self, count: int) -> tuple[tuple[Assertion, ...], Mapping[Group, int]]:
        """At most `count` facts, one of each group before the second of any, present ones first; and of each group that
        is shown how many more there are."""
        groups: dict[Group, list[Assertion]] = {}
        for row in self.rows:
            groups.setdefault(group_of(row), []).append(row)
        ordered = sorted(groups, key=lambda group: STANDINGS.index(group[1]))
        kept = Counter(ordered[: max(count, 0)])
        for group in ordered:
            room = max(0, count - kept.total())
            if group in kept:
                kept[group] += min(room, len(groups[group]) - 1)
        seen: Counter[Group] = Counter()
        rows = []
        for row in self.rows:
            seen[group_of(row)] += 1
            if seen[group_of(row)] <= kept[group_of(row)]:
                rows.append(row)
        return tuple(rows), {g: len(groups[g]) - n for g, n in kept.items() if len(groups[g]) > n}


def group_of(row: Assertion) -> Group:
    """The kind of fact and how it stands."""
    return row.predicate, standing_of(row)


def of_patient(view: View) -> tuple[Assertion, ...]:
    """The statements about the patient, by `ORDER`, how they stand, the latest first; none where the question is about
    nobody."""
    if view.patient is None:
        return ()
    rows: list[Assertion] = []
    while len(page := view.graph.assertions(subject=view.patient, limit=PAGE, offset=len(rows))) == PAGE:
        rows += page
    rows += page
    kept = [row for row in rows if row.predicate in ORDER]
    kept.sort(key=lambda row: (row.object, row.id))
    kept.sort(key=lambda row: dict(row.qualifiers).get("date", ""), reverse=True)
    return tuple(sorted(kept, key=lambda row: (ORDER.index(row.predicate), STANDINGS.index(standing_of(row)))))


def chart(question: Question, understanding: Understanding, rows: Sequence[Assertion], records: Records) -> Chart:
    """The facts of a patient that a question asks for; where it asks for more than the record, those that are present
    or possible, each once."""
    sources = frozenset(row.source for row in rows)
    rows = [row for row in rows if records.stands(row)]
    entities = records.entities(row.object for row in rows)
    rows = _named_alike(rows, entities)
    seeking = sought(question.text) if question.patient in question.access else None
    if seeking is None:
        return Chart(tuple(_once(_present(rows))), False, sources)
    about = _about(question, understanding, rows, entities, seeking)
    if not about and seeking.words and (asks_whether(question.text) or not seeking.predicates):
        return Chart((), True, sources)
    fitting = _of_family(_fitting(rows, about, seeking), seeking)
    series = seeking.series and bool(about)
    return Chart(tuple(fitting if series else _once(fitting)), True, sources)


def _fitting(rows: Sequence[Assertion], about: list[Assertion], seeking: Sought) -> list[Assertion]:
    """What a question that names something finds of it, else what there is of the kinds that it asks for."""
    if about and seeking.words:
        return [row for row in about if row.predicate in seeking.predicates] or about
    return [row for row in rows if row.predicate in seeking.predicates and _is_of_kind(row, seeking)]


def _present(rows: Sequence[Assertion]) -> list[Assertion]:
    """The allergies, drugs and conditions that there are or may be."""
    return [row for row in rows if row.predicate in ORDER[:3] and standing_of(row) in ("current", "possible")]


def _about(
    question: Question,
    understanding: Understanding,
    rows: Sequence[Assertion],
    entities: Mapping[str, Entity],
    seeking: Sought,
) -> list[Assertion]:
    """The rows on what the question names."""
    asked = {entity.id for entity in understanding.entities} if seeking.words else set()
    return [row for row in rows if row.object in asked or is_named(_names(row, entities), question.text, seeking)]


def patient_facts(records: Records, rows: Sequence[Assertion]) -> tuple[FactEvidence, ...]:
    """Those statements as evidence."""
    return records.evidence((row, OfPatient()) for row in rows)


def _names(row: Assertion, entities: Mapping[str, Entity]) -> list[str]:
    names = list(all_names(entities[row.object])) if row.object in entities else []
    if recorded := dict(row.qualifiers).get("recorded"):
        names.append(recorded)
    if row.predicate in ("takes", "allergic_to"):
        names += [form for name in names[:1] + names[-1:] for forms in ingredients(name) for form in forms]
    # What a name of LOINC measures stands before the property: `Glucose [Mass/volume] in Blood`.
    return [*names, *(name.partition(" [")[0] for name in names if " [" in name)]


def _is_of_kind(row: Assertion, seeking: Sought) -> bool:
    """Whether a procedure is a vaccination where those are asked for, or is none where other procedures are."""
    if row.predicate != "underwent" or seeking.predicates != ("underwent",):
        return True
    return (dict(row.qualifiers).get("kind") == IMMUNIZATION) == seeking.vaccines


def _of_family(rows: list[Assertion], seeking: Sought) -> list[Assertion]:
    """The family's facts where the family is asked for, or where nothing else is there; else the patient's own and,
    where one thing is asked about, both."""
    own = [row for row in rows if row.experiencer == "patient"]
    others = [row for row in rows if row.experiencer != "patient"]
    if seeking.family:
        return others or own
    return [*own, *others] if seeking.words or not own else own


def _once(rows: Sequence[Assertion]) -> list[Assertion]:
    """Each thing once as it stands, by its latest statement; what is so now is not told as past, too, nor is a drug
    that is taken now told as planned, as perhaps taken, or as not taken where one order or dose of it lapsed."""
    now = {_thing(row) for row in rows if standing_of(row) == "current"}
    kept: dict[tuple[str, ...], Assertion] = {}
    for row in rows:
        standing = standing_of(row)
        lapsed = standing == "denied" and bool(_LAPSED & set(dict(row.qualifiers).get("status", "").split(", ")))
        over = row.predicate == "takes" and (standing in ("planned", "possible") or lapsed)
        if (over or standing == "past") and _thing(row) in now:
            continue
        key = standing if row.experiencer == "patient" else f"{standing} {dict(row.qualifiers).get('relationship')}"
        kept.setdefault((*_thing(row), key), row)
    return list(kept.values())


def _thing(row: Assertion) -> tuple[str, str, str]:
    """What a row is about, as it was recorded: two preparations of one drug are two, two ingredients of one are two."""
    return row.predicate, row.object, dict(row.qualifiers).get("code", "")


def _named_alike(rows: Sequence[Assertion], entities: Mapping[str, Entity]) -> list[Assertion]:
    """The rows of one kind, standing and date by name: ids are hashes that differ from home to home."""

    def name(row: Assertion) -> str:
        return entities[row.object].name if row.object in entities else row.object

    ordered = sorted(rows, key=name)
    ordered.sort(key=lambda row: dict(row.qualifiers).get("date", ""), reverse=True)
    return sorted(ordered, key=lambda row: (ORDER.index(row.predicate), STANDINGS.index(standing_of(row))))
