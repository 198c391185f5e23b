"""The drugs that a question names, checked together, and with those that the patient takes.

What is stated, what follows and what no source has are evidence of different kinds, so that an answer cannot take the
one for the other, nor silence for safety.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Assertion
from graph.view import GraphView
from qa.asked.rules import surfaces
from qa.drugs.check import MOST
from qa.drugs.interactions import said
from qa.drugs.model import Check, Drug, Pair
from qa.drugs.person import Person
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import derivation, names, search
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence
from qa.evidence.reasons import Interacts, Together
from qa.evidence.severity import SEVERITIES, Severity, severity, word
from qa.evidence.wording import Words
from qa.model import AskedEntity
from qa.steps.asking import Asking
from qa.steps.cautioned import asked_for, cautioned, duplicated, silent
from qa.steps.circumstances import not_told, person_in, tells, without_allergens
from qa.steps.named import drugs_asked, public, unfound, without_glosses
from qa.steps.record.reading import read

DERIVED = 2
"""What follows of one pair, shown at most."""
OF_ONE = 4
"""Interactions of one severity shown of one drug at most."""

_DOSE = re.compile(
    r"\b(?:what|which|how (?:much|high)|max\w*|usual|starting|recommended)\b[^?.]*\bdos(?:e|es|age|ing)\b|"
    r"\bhow many m(?:g|illigrams?)\b|"
    r"剂量|多少毫克|多少mg|吃多少|用量",
    re.IGNORECASE,
)

Pieces = list[Piece]


@dataclass(frozen=True, slots=True)
class Checked:
    """The step that checks drugs, for whom the question and the record of the patient tell. Where `lists`, what is
    stated of a single drug is listed by severity. That nothing speaks against a drug is said to be no proof."""

    lists: bool = False

    def __call__(self, asking: Asking) -> Part:
        """Raises what the graph raises."""
        who = person_in(asking.question.text, asking.understanding.entities)
        asked = without_allergens(drugs_asked(asking.understanding.entities), who)
        asked = without_glosses(asking.question.text, asked)
        view = public(asking.view.graph)
        check, mine = checked(asking, view, asked, who)
        if check is None:
            return Part()
        own = range(mine or len(check.drugs))
        pieces: Pieces = [*cautioned(asking, check, own), *duplicated(asking, check, mine)]
        if check.pairs or check.unknown or not_told(asking.question.text, asking.understanding.unknown):
            pieces += pieces_of(asking, check, mine)
        elif self.lists and len(check.drugs) == 1 and not tells(who):
            pieces += _of_one(asking, view, check.drugs[0])
        if tells(who):
            pieces += silent(asking, view, check, own, who)
            pieces += self._dose(asking, view, check, own, who)
        return Part(tuple(pieces))

    def _dose(self, asking: Asking, view: GraphView, check: Check, mine: range, who: Person) -> Pieces:
        """That no source here states a dose, where one is asked for."""
        if _DOSE.search(asking.question.text) is None:
            return []
        searched, closed = asking.drugs.verdicts.of(view)
        told = asked_for(who)
        dose = Words(f"a dose for {told.en}", f"{told.zh}时的剂量")
        sources = [one.source for one in searched]
        return [piece for place in mine for piece in unfound(sources, closed, names(check.drugs[place].entity), dose)]


def drugs_named(entities: Sequence[AskedEntity]) -> bool:
    """Whether a question names two or more of them; two names of one drug count as one."""
    return len(set(drugs_asked(entities).values())) > 1


def only_these(text: str, entities: Sequence[AskedEntity]) -> bool:
    """Whether what joins the drugs that a question names is all that it asks for."""
    return len(surfaces(entities, "Drug")) > 1 or drugs_named(entities)


def checked(asking: Asking, view: GraphView, asked: dict[str, str], who: Person) -> tuple[Check | None, int]:
    """What is known of the drugs asked about and of those of the patient; how many of them the question names."""
    taken: Sequence[str] = ()
    if asking.patient:
        taken, person = read(asking).person()
        who = who.joined(person)
    names = [*asked, *(name for name in taken if name not in asked)][:MOST]
    if not names:
        # Names that nothing bears are said to be unknown, with the nearest.
        strange = not_told(asking.question.text, asking.understanding.unknown)
        return (asking.drugs.check(view, strange[:MOST], who), 0) if strange else (None, 0)
    check = asking.drugs.check(view, names, who)
    lost = {one.asked for one in check.unknown}
    if lost & asked.keys():
        # What a reader took for a drug may be called otherwise here.
        names = [asked[name] if name in lost and name in asked else name for name in names]
        check = asking.drugs.check(view, names, who)
    called = {*asked, *asked.values()}
    return check, sum(drug.asked in called for drug in check.drugs)


def pieces_of(asking: Asking, check: Check, mine: int) -> Pieces:
    """The evidence of a check: of each pair the gravest first, then what was not found, then all else."""
    pairs = [pair for pair in check.pairs if not pair.same and (not mine or min(pair.a, pair.b) < mine)]
    stated = {id(pair): _stated(asking, check, pair) for pair in pairs}
    follows = {id(pair): _follows(asking, check, pair) for pair in pairs}
    first: Pieces = []
    rest: Pieces = []
    for pair in pairs:
        own: Pieces = [*stated[id(pair)], *follows[id(pair)]]
        # A source that plays an interaction down hides nothing that follows.
        if pair.graded != pair.gravest or not pair.found:
            own = [*follows[id(pair)], *stated[id(pair)]]
        first += own[:1]
        rest += own[1:]
    return [*first, *_searched(asking, check, pairs), *rest]


def _drugs(check: Check, pair: Pair) -> Together:
    return _name(check.drugs[pair.a]), _name(check.drugs[pair.b])


def _name(drug: Drug) -> Words:
    return names(drug.entity)


def _stated(asking: Asking, check: Check, pair: Pair) -> list[FactEvidence]:
    return list(
        asking.records.evidence(
            (
                one.assertion,
                Interacts(
                    drugs=_drugs(check, pair),
                    severity=one.severity,
                    word=one.word,
                    mechanism=one.mechanism,
                    management=one.management,
                    members=one.members,
                ),
            )
            for one in pair.statements
        )
    )


def _follows(asking: Asking, check: Check, pair: Pair) -> list[DerivedEvidence]:
    drugs = _drugs(check, pair)
    pieces = []
    for derived in pair.derived[:DERIVED]:
        chain = asking.records.evidence((row, None) for row in derived.path)
        pieces.append(
            DerivedEvidence(
                id="",
                drugs=drugs,
                severity=derived.severity,
                mechanism=derived.mechanism,
                management=derived.management,
                chain=chain,
                clauses=derivation(drugs, derived.severity, derived.mechanism, derived.management, chain),
            )
        )
    return pieces


def _searched(asking: Asking, check: Check, pairs: Sequence[Pair]) -> list[SearchedEvidence]:
    """Every source that lacks a pair which no source has, or, where one pair is asked about, that pair; every source
    that is closed."""
    strange = not_told(asking.question.text, asking.understanding.unknown)
    unchecked = tuple(dict.fromkeys((*strange, *(one.asked for one in check.unknown))))
    view = public(asking.view.graph)
    nearest = tuple(dict.fromkeys(near for name in unchecked for near in asking.drugs.nearest.names(view, name)))
    pieces = []
    for one in check.searched:
        # Two names of one drug make a pair twice.
        lacking = list(
            dict.fromkeys(
                _drugs(check, pair)
                for pair in pairs
                if not pair.found
                or (len(pairs) == 1 and one.source.id not in {s.assertion.source for s in pair.statements})
            )
        )
        if lacking or unchecked:
            clauses = search(one.source, lacking, unchecked, nearest, closed=False)
            pieces.append(SearchedEvidence("", one.source, tuple(lacking), unchecked, False, clauses, nearest))
    pieces += [SearchedEvidence("", one, (), (), True, search(one, (), (), closed=True)) for one in check.closed]
    return pieces


def _grade(asking: Asking, row: Assertion) -> Severity:
    """How severe a data set calls it: what a paper says of two drugs makes no severity by itself."""
    source = asking.records.source(row.source)
    return severity(row) if source is not None and source.kind == "curated" else "unknown"


def _of_one(asking: Asking, view: GraphView, drug: Drug) -> Pieces:
    """The interactions stated of one drug, the worst first, each other drug once."""
    before = {row.subject for row in view.relations(objects=drug.ids, predicates=["interacts_with"])}
    rows = view.statements(subjects=drug.ids, predicates=["interacts_with"])
    rows += view.statements(subjects=before, predicates=["interacts_with"], objects=drug.ids) if before else []
    others = {row.subject for row in rows} | {row.object for row in rows}
    best: dict[str, Assertion] = {}
    for row in sorted(rows, key=lambda row: (SEVERITIES.index(_grade(asking, row)), row.id)):
        other = row.object if row.subject in drug.ids else row.subject
        if row.polarity == "affirmed" and asking.records.stands(row) and other not in drug.ids:
            best.setdefault(other, row)
    entities = asking.records.entities(others)
    counts = Counter(_grade(asking, row) for row in best.values())
    shown: Counter[Severity] = Counter()
    chosen = []
    for other, row in best.items():
        grade = _grade(asking, row)
        if other in entities and shown[grade] < OF_ONE:
            shown[grade] += 1
            chosen.append((row, grade, names(entities[other])))
    return list(
        asking.records.evidence(
            (
                row,
                Interacts(
                    drugs=(_name(drug), name),
                    severity=grade,
                    word=word(row),
                    mechanism=said(row, "mechanism"),
                    management=said(row, "management"),
                    more=counts[grade] - shown[grade],
                ),
            )
            for row, grade, name in chosen
        )
    )
