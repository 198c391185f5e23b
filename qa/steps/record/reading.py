"""A patient's record as the steps read it: the lines that stand, the names in them, age and sex."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from graph.model import Assertion, Entity
from qa.drugs.person import Person
from qa.drugs.recorded import recorded
from qa.evidence.chart import OF_PATIENTS, STANDINGS, standing_of
from qa.evidence.charted import line
from qa.evidence.kinds import FactEvidence, ToldEvidence
from qa.evidence.reasons import OfPatient
from qa.evidence.wording import Words, name_in
from qa.steps.asking import Asking
from qa.steps.named import public

_ABOUT = ("Sex: ", "Born: ", "Died: ")
_SEX = re.compile(r"Sex: (female|male)")
_BORN = re.compile(r"Born: (\d{4})")


@dataclass(frozen=True, slots=True)
class Record:
    """`rows` are the statements that stand, in the order in which they were read; `about` the lines that tell sex and
    year of birth."""

    asking: Asking
    rows: tuple[Assertion, ...]
    entities: Mapping[str, Entity]
    about: tuple[str, ...]

    @property
    def sex(self) -> str:
        """`female`, `male`, or empty."""
        return match[1] if (match := _SEX.search("\n".join(self.about))) else ""

    @property
    def born(self) -> int | None:
        return int(match[1]) if (match := _BORN.search("\n".join(self.about))) else None

    @property
    def age(self) -> float | None:
        """In years, about as it is today."""
        return None if self.born is None else max(0.0, date.today().year - self.born - 0.5)

    @property
    def latest(self) -> str:
        """The day of the last entry; empty where none is dated."""
        return max((dated(row) for row in self.rows), default="")

    def name(self, row: Assertion) -> Words:
        """What a row is about, in both languages."""
        entity = self.entities.get(row.object)
        return Words(name_in(entity, "en"), name_in(entity, "zh")) if entity else Words(row.object, row.object)

    def told(self, english: str, chinese: str, rows: Iterable[Assertion], *, warns: bool = False) -> ToldEvidence:
        """A sentence on the record, which cites these lines of it; where there are none, the record as a whole."""
        return line(self.facts(rows), english, chinese, looked_in=self.source, warns=warns)

    def facts(self, rows: Iterable[Assertion]) -> tuple[FactEvidence, ...]:
        """Those lines as evidence."""
        return self.asking.records.evidence((row, OfPatient()) for row in rows)

    @property
    def source(self) -> str:
        """The documents of the record."""
        return ", ".join(sorted({row.source for row in self.rows})[:3])

    def person(self) -> tuple[Sequence[str], Person]:
        """The names of the drugs taken, and for whom, as the drug engine takes them."""
        shown = public(self.asking.view.graph).entities({row.object for row in self.rows})
        made = recorded(self.rows, self.entities, shown, self.about)
        return made.drugs, made.person


def read(asking: Asking) -> Record:
    """The record of the patient asked about. Raises what the graph raises."""
    rows = [row for row in asking.patient if asking.records.stands(row)]
    entities = asking.records.entities(row.object for row in rows)
    return Record(asking, tuple(_named_alike(rows, entities)), entities, _about(asking, rows))


def _named_alike(rows: Sequence[Assertion], entities: Mapping[str, Entity]) -> list[Assertion]:
    """The rows of one kind, standing and date by name: ids are hashes that differ from home to home."""
    ordered = sorted(rows, key=lambda row: entities[row.object].name if row.object in entities else row.object)
    ordered.sort(key=lambda row: dict(row.qualifiers).get("date", ""), reverse=True)
    return sorted(ordered, key=lambda row: (OF_PATIENTS.index(row.predicate), STANDINGS.index(standing_of(row))))


def _about(asking: Asking, rows: Sequence[Assertion]) -> tuple[str, ...]:
    """The lines at the head of each document of the record."""
    first: dict[str, Assertion] = {}
    for row in rows:
        if row.passage and (row.source not in first or row.start < first[row.source].start):
            first[row.source] = row
    heads = (asking.view.graph.passage(row.passage) for row in first.values())
    return tuple(
        told for head in heads if head is not None for told in head.text.splitlines()[:3] if told.startswith(_ABOUT)
    )


def dated(row: Assertion) -> str:
    """The day of an entry; empty where it has none."""
    return dict(row.qualifiers).get("date", "")[:10]
