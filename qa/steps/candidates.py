"""The diseases that may explain the case of a question, with the statements that say so, and what to ask next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from graph.model import Assertion
from graph.view import GraphView
from qa.asked.diagnostic import Diagnostic, diagnostic
from qa.asked.families import members_of
from qa.differential import model
from qa.differential.known import Known, known
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Finding, Ranking
from qa.differential.phrased import adverse_effect, question, within
from qa.differential.subtypes import stem
from qa.evidence import judged
from qa.evidence import ranking as words
from qa.evidence.bundle import Part
from qa.evidence.kinds import ToldEvidence
from qa.evidence.qualifying import qualified
from qa.evidence.reasons import Explains
from qa.evidence.records import Records
from qa.evidence.wording import Words, name_in
from qa.model import Candidate
from qa.steps.asking import Asking
from qa.steps.case import case_of
from qa.steps.understood import not_understood, taken
from text.names import normalise

CANDIDATES = 10
"""Diseases in a differential."""
SHOWN = 4
"""Of these so many are told in a sentence, without those that must not be missed."""
URGENT = 5
"""Among so many of the first what must not be missed is told, whatever else it leaves open."""
DANGERS = 2
"""Further ones at most that must not be missed."""
LEAST, LEAST_OF_FIRST = 0.01, 0.05
"""What is less probable than this, and than this part of the first, is told only where it must not be missed."""
ALARMING = 0.15
"""From this probability on what must not be missed makes a case one that cannot wait."""
QUESTIONS, MORE_QUESTIONS = 3, 5
"""Questions told: as a rule, and where they are what is asked for."""
WEIGHED = 4
"""Diseases asked about that are told at most."""
_GENERATIONS = 8
"""So far down it is followed what is a kind of a group."""


@dataclass(frozen=True, slots=True)
class _Told:
    """What the sentences of one answer are made of."""

    case: Case
    ranking: Ranking
    stated: Mapping[str, Known]
    records: Records
    language: str

    def called(self, one: model.Candidate) -> Words:
        """What a candidate is called: a disease, or the adverse effect of a drug."""
        name = self.name(one.id, one.name)
        if not one.drug:
            return name
        return Words(adverse_effect(name.en).en, adverse_effect(name.zh).zh)

    def name(self, id: str, otherwise: str = "") -> Words:
        """What an entity is called in both languages."""
        entity = self.records.entities([id]).get(id)
        if entity is None:
            return Words(otherwise or id, otherwise or id)
        return Words(name_in(entity, "en"), name_in(entity, "zh"))

    def absent(self, finding: Finding) -> str:
        """What a finding is called that is not there: as it was told, but for a number."""
        return (
            self.name(finding.ids[0], finding.name).of(self.language) if model.by_number(finding.told) else finding.told
        )

    @property
    def explaining(self) -> list[model.Candidate]:
        """The candidates that explain something."""
        return [one for one in self.ranking.candidates if self.rows(one)]

    def rows(self, one: model.Candidate) -> dict[int, Assertion]:
        """By the place of each finding that a candidate explains the statement that it has it."""
        findings = one.behind or self.stated[one.id].findings
        return {
            each.place: findings[each.by]
            for each in one.explained
            if each.by and not each.wider and each.by in findings
        }

    def finding(self, row: Assertion) -> Words:
        """A finding with how often it is; that a number is by judgement is said once for all."""
        value = dict(row.qualifiers).get("frequency", "")
        name = self.name(row.object)
        name = Words(within(name.en), name.zh)
        if judged.is_judged(row) and value:
            return Words(
                f"{name.en} ({judged.of_hundred(value, chinese=False)})",
                f"{name.zh}（{judged.of_hundred(value, chinese=True)}）",
            )
        entities = self.records.read
        return Words(name.en + qualified(row, "en", entities), name.zh + qualified(row, "zh", entities))


def candidates(asking: Asking) -> Part:
    """The best candidates, of those that are asked for, what is told of the first, and what to find out next."""
    sought = diagnostic(asking.question.text, asking.understanding.entities)
    matrix = asking.differential.matrix(asking.view.graph)
    case = case_of(asking, matrix, sought)
    if not any(finding.ids for finding in case.observed):
        return Part(unread=tuple(not_understood(case)))
    group = _members(asking, matrix, sought.group) if sought.group else set()
    ranking = _ranking(asking, case, group, tests=sought.tests)
    weighed = {name: _ids(asking, matrix, name) for name in sought.weighed}
    asked = asking.differential.rank(
        asking.view.graph,
        case,
        WEIGHED,
        among={id for ids in weighed.values() for id in ids},
        tests=sought.tests,
    )
    shown = list({one.id: one for one in (*ranking.candidates, *asked.candidates)}.values())
    told = _Told(
        case=case,
        ranking=ranking,
        stated=known(asking.view.graph, asking.records, shown, case.papers),
        records=asking.records,
        language=asking.understanding.language,
    )
    pieces = [
        *_asked_about(told, asked.candidates, [name for name, ids in weighed.items() if not ids]),
        *_ranked(told, sought, [one.id for one in asked.candidates]),
        *([_own(words.within(sought.group, len(group)))] if sought.group else []),
    ]
    steps = _onward(told, asked if len(asked.candidates) > 1 else ranking, sought)
    pieces = [*steps, *pieces] if sought.next else [*pieces, *steps]
    # What was not understood stands early: evidence is cut at its end.
    pieces = [*_alarm(told), *not_understood(case), *pieces, *taken(case)]
    return Part(tuple(pieces), tuple(_candidate(told, one) for one in shown if told.rows(one)))


def _alarm(told: _Told) -> list[ToldEvidence]:
    """That it may be an emergency, where something that must not be missed is probable; no answer leaves it out."""
    pressing = [one for one in told.explaining if one.missed and one.probability >= ALARMING]
    said = words.alarm([told.called(one) for one in pressing])
    return [replace(_own(said), warns=True)] if pressing else []


def _ranking(asking: Asking, case: Case, group: Collection[str], *, tests: bool) -> Ranking:
    """The best candidates; of a group, where one is asked for, with probabilities that are those within it."""
    view, engine = asking.view.graph, asking.differential
    if not group:
        return engine.rank(view, case, CANDIDATES, tests=tests)
    every = engine.rank(view, case, len(group), why=False, among=group)
    best = engine.rank(view, case, CANDIDATES, among=group, tests=tests)
    total = sum(one.probability for one in every.candidates) or 1.0
    within_it = tuple(replace(one, probability=one.probability / total) for one in best.candidates)
    return replace(best, candidates=within_it, other=0.0)


def _candidate(told: _Told, one: model.Candidate) -> Candidate:
    rows = told.rows(one)
    return Candidate(
        entity=one.id,
        name=told.called(one).of(told.language),
        probability=round(one.probability, 4),
        explained=tuple(finding.told for place, finding in enumerate(told.case.observed) if place in rows),
        unexplained=tuple(finding.told for place, finding in enumerate(told.case.observed) if place not in rows),
        missed=one.missed,
    )


def _ranked(told: _Told, sought: Diagnostic, asked: Collection[str]) -> list[ToldEvidence]:
    """What is told of the candidates but those asked about: the first in a sentence each; of one finding alone, all in
    one."""
    ranked = told.explaining
    if not ranked:
        return [_own(words.NOTHING)]
    few = len(told.case.observed) == 1 and not told.case.excluded and ranked[0].probability < words.PROBABLE
    if few and not sought.group:
        return [] if asked else [_alone(told)]
    room = SHOWN - min(len(asked), SHOWN // 2)
    early = {one.id for one in ranked[:URGENT]}
    grouped = sorted(_forms(ranked, apart=bool(sought.group)), key=lambda forms: -_sum(forms))
    least = min(LEAST, _sum(grouped[0]) * LEAST_OF_FIRST)
    pieces, dangers = [], 0
    for place, forms in enumerate(grouped):
        one = forms[0]
        if one.id in asked:
            continue
        if place and (not room or _sum(forms) < least):
            urgent = one.id in early or 2 * len(told.rows(one)) >= len(told.case.observed)
            if not (one.missed and urgent and dangers < DANGERS):
                continue
            dangers += 1
        else:
            room -= 1
        pieces.append(_sentence(told, one, place, forms[1:]))
    return pieces


def _sum(forms: Iterable[model.Candidate]) -> float:
    return sum(one.probability for one in forms)


def _forms(ranked: Sequence[model.Candidate], *, apart: bool) -> list[list[model.Candidate]]:
    """The forms of each disease together, unless which form it is, is asked for."""
    groups: dict[str, list[model.Candidate]] = {}
    for one in ranked:
        groups.setdefault(one.id if apart else stem(one.name), []).append(one)
    return list(groups.values())


def _sentence(
    told: _Told, one: model.Candidate, place: int, forms: Sequence[model.Candidate] = (), *, asked: bool = False
) -> ToldEvidence:
    """One candidate with what it explains, what not, what speaks against it, and why it must not be missed."""
    rows = told.rows(one)
    missed = told.stated[one.id].missed
    why = dict(missed.qualifiers) if missed else {}
    chain = told.records.evidence(
        [
            *((row, Explains(told.case.observed[at].told)) for at, row in sorted(rows.items())),
            *([(missed, None)] if missed else []),
        ]
    )
    probability = _sum([one, *forms])
    said = words.together(
        [
            words.lead(probability, place, missed=one.missed, asked=asked),
            words.presents(told.called(one), [told.finding(row) for _, row in sorted(rows.items())]),
            words.by_judgement() if any(map(judged.is_judged, rows.values())) else Words(),
            words.unexplained([f.told for at, f in enumerate(told.case.observed) if at not in rows]),
            words.despite([told.absent(told.case.excluded[each.place]) for each in one.against]),
            words.forms([told.called(form) for form in forms]),
            words.danger(Words(why.get("why", ""), why.get("why_zh", ""))),
        ]
    )
    return ToldEvidence("", chain, (said.en, said.zh))


def _alone(told: _Told) -> ToldEvidence:
    """One finding and the first candidates, without a sentence each."""
    ranked = told.explaining
    first = sorted(ranked, key=lambda one: -one.probability)[:SHOWN]
    missed = [one for one in ranked if one.missed]
    said = words.alone(
        told.case.observed[0].told,
        [(told.called(one), one.probability) for one in first],
        [told.called(one) for one in missed[: 2 * DANGERS]],
    )
    chain = told.records.evidence(
        (row, Explains(told.case.observed[0].told))
        for one in {one.id: one for one in (*first, *missed)}.values()
        for row in told.rows(one).values()
    )
    return ToldEvidence("", chain, (said.en, said.zh))


def _asked_about(told: _Told, asked: Sequence[model.Candidate], lacking: Sequence[str]) -> list[ToldEvidence]:
    """What is told of the diseases that the question names, and how two of them compare."""
    pieces = []
    if len(asked) > 1:
        first, second = asked[:2]
        said = words.compared(
            told.called(first),
            told.called(second),
            first.probability / max(second.probability, 1e-9),
        )
        pieces.append(_own(said))
    pieces += [_sentence(told, one, at, asked=True) for at, one in enumerate(asked)]
    return [*pieces, *([_own(words.unranked(lacking))] if lacking else [])]


def _onward(told: _Told, open_ones: Ranking, sought: Diagnostic) -> list[ToldEvidence]:
    """What to find out next, and how probable it is that it is none of the candidates."""
    count = MORE_QUESTIONS if sought.next else QUESTIONS
    questions = []
    for step in open_ones.next[:count]:
        name = told.name(step.id)
        questions.append(question(step.kind, name.en, name.zh))
    shown = told.explaining
    other = max(0.0, 1 - sum(one.probability for one in shown))
    said = words.onward(other, 0 if sought.group else len(shown), questions)
    return [_own(said)] if said.en else []


def _own(said: Words) -> ToldEvidence:
    """What is said of the case and of no source."""
    return ToldEvidence("", (), (said.en, said.zh))


def _ids(asking: Asking, matrix: Matrix, name: str) -> set[str]:
    """The diseases of the matrix that a name in the question means."""
    return {e.id for e in asking.understanding.entities if e.surface == name and e.id in matrix.disease_number}


def _members(asking: Asking, matrix: Matrix, name: str) -> set[str]:
    """The diseases of the matrix that are forms of what a name means: by what is stated, and by their own names."""
    held = members_of(name)
    ids = {e.id for e in asking.understanding.entities if e.surface == name and e.type == "Disease"}
    borne = asking.view.graph.named(set(held))
    ids |= {entity.id for several in borne.values() for entity in several if entity.type == "Disease"}
    below = _below(asking.view.graph, ids)
    keys = [way for key in held for way in (f" {key} ", f" {key.removesuffix('s')} ")]
    called = {
        id
        for id, other in zip(matrix.profiles.diseases, matrix.profiles.names, strict=True)
        if any(key in f" {normalise(other)} " for key in keys)
    }
    below &= set(matrix.disease_number)
    # What has no forms by statement is a disease itself, as Marfan syndrome is, and no mere name of a group.
    return (below | called) - ids if len(below - ids) > 1 else below | called


def _below(view: GraphView, ids: Collection[str]) -> set[str]:
    reached, frontier = set(ids), set(ids)
    for _ in range(_GENERATIONS):
        rows = view.relations(objects=sorted(frontier), predicates=["subclass_of"])
        frontier = {row.subject for row in rows if row.affirmed} - reached
        if not frontier:
            break
        reached |= frontier
    return reached
