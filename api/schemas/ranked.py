"""A ranking in the words of the doors: names in one language, statements as sentences, equal ids together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_DOWN, Context

from api.schemas.differential import (
    CandidateOut,
    CaseOut,
    DifferentialOut,
    ExpectedOut,
    ExplainedOut,
    FactorOut,
    FactOut,
    FindingOut,
    GroupOut,
    Language,
    NextOut,
    NotUnderstoodOut,
    RateOut,
    UnexplainedOut,
)
from api.schemas.drug_pages import BehindOut
from api.schemas.graph import NodeOut, node
from graph.model import Assertion, Entity
from qa.differential.known import Known
from qa.differential.matrix import UNTOLD
from qa.differential.model import Candidate, Case, Explained, Finding, Ranking
from qa.differential.phrased import adverse_effect, question
from qa.differential.subtypes import grouped, heading
from qa.evidence.wording import Words, name_in

_TABLES = "medgraph-conditions"
"""The source whose numbers are its writers' judgement."""


@dataclass(frozen=True, slots=True)
class Shaped:
    """What the words of a ranking are made from. `same` holds by its id the ids that stand for a candidate; `known`
    what is stated of it; `entities` every entity that is named."""

    language: Language
    entities: Mapping[str, Entity]
    known: Mapping[str, Known]
    same: Mapping[str, Sequence[str]]

    def body(self, ranking: Ranking, thin: Iterable[Words]) -> DifferentialOut:
        """The ranking as it is sent."""
        candidates = list(ranking.candidates)
        named = [(one.id, self.called(one)) for one in candidates]
        names = dict(named)
        groups = [
            GroupOut(
                name=heading([names[id] for id in ids]),
                probability=chance(sum(one.probability for one in candidates if one.id in ids)),
                members=ids,
            )
            for ids in grouped((one.id, one.name) for one in candidates)
            if len(ids) > 1
        ]
        group_of = {id: group.name for group in groups for id in group.members}
        return DifferentialOut(
            case=self._case(ranking.case),
            candidates=[self._candidate(one, ranking.case, group_of.get(one.id, "")) for one in candidates],
            groups=groups,
            other=chance(max(0.0, 1 - sum(one.probability for one in candidates))) if candidates else 1.0,
            next=[
                NextOut(
                    id=one.id,
                    name=self.name(one.id),
                    kind=one.kind,
                    question=question(one.kind, self._in(one.id, "en"), self._in(one.id, "zh")).of(self.language),
                    bits=round(one.bits, 3),
                    present=_share(one.present),
                )
                for one in ranking.next
            ],
            unknown=[
                NotUnderstoodOut(told=one.told, kind=one.kind, nearest=list(one.nearest))
                for one in ranking.case.unknown
            ],
            notes=[words.of(self.language) for words in ranking.case.notes],
            thin=[words.of(self.language) for words in thin],
            language=self.language,
        )

    def name(self, id: str, otherwise: str = "") -> str:
        """The name of an entity in the language asked for."""
        return name_in(self.entities[id], self.language) if id in self.entities else otherwise or id

    def called(self, one: Candidate) -> str:
        """The name of a candidate in the language asked for."""
        name = self.name(one.id, one.name)
        return adverse_effect(name).of(self.language) if one.drug and one.id in self.entities else name

    def _in(self, id: str, language: Language) -> str:
        return name_in(self.entities[id], language) if id in self.entities else id

    def _case(self, case: Case) -> CaseOut:
        return CaseOut(
            findings=[self._finding(one) for one in case.observed],
            absent=[self._finding(one) for one in case.excluded],
            age=case.age,
            onset=case.onset,
            sex=case.sex,
            tempo=case.tempo,
            season=case.season,
            region=case.region,
            factors=[FactorOut(told=told, ids=list(ids)) for told, ids in case.factors.items()],
            drugs=[FactorOut(told=told, ids=list(ids)) for told, ids in case.drugs.items()],
        )

    def _finding(self, finding: Finding) -> FindingOut:
        id = finding.ids[0] if finding.ids else ""
        return FindingOut(
            told=finding.told,
            id=id,
            name=self.name(id, finding.name) if id else finding.name,
            ids=list(finding.ids),
            read_as=finding.read,
            severity=finding.severity,
            since=finding.since,
        )

    def _candidate(self, one: Candidate, case: Case, group: str) -> CandidateOut:
        known = self.known.get(one.id, Known())
        told = {each.place: each for each in one.explained}
        why = _in_language(known.missed, "why", self.language) if known.missed is not None else ""
        return CandidateOut(
            id=one.id,
            ids=list(self.same.get(one.id, one.ids)),
            name=self.called(one),
            probability=chance(one.probability),
            score=round(one.score, 3),
            prior=round(one.prior, 3),
            group=group,
            must_not_be_missed=one.missed,
            why_not_missed=why,
            adverse_effect_of=one.drug,
            explained=[
                self._explained(each, case.observed, known)
                for each in sorted(one.explained, key=lambda each: -each.ratio)
                if each.by
            ],
            unexplained=[
                UnexplainedOut(
                    finding=finding.told,
                    ratio=_ratio(told[place].ratio) if place in told else 1.0,
                    of_its_class=place in told and told[place].kin,
                )
                for place, finding in enumerate(case.observed)
                if place not in told or not told[place].by
            ],
            against=[
                self._explained(each, case.excluded, known)
                for each in sorted(one.against, key=lambda each: each.ratio)
                if each.by
            ],
            expected=[
                ExpectedOut(
                    id=each.id,
                    name=self.name(each.id),
                    frequency=_share(each.often),
                    denied=each.denied,
                    statement=self._behind(known.findings.get(each.id)),
                )
                for each in one.expected
            ],
            inheritance=[self._fact(row, row.object) for row in known.inheritance],
            genes=[self._fact(row, row.subject) for row in known.genes],
            onset=[self._fact(row, row.object) for row in known.onset],
            rate=self._rate(known.rate),
        )

    def _explained(self, each: Explained, findings: Sequence[Finding], known: Known) -> ExplainedOut:
        return ExplainedOut(
            finding=findings[each.place].told,
            ratio=_ratio(each.ratio),
            by=self._node(each.by),
            frequency=_share(each.often) if each.often is not None else UNTOLD,
            frequency_told=each.told,
            wider=self._node(each.wider) if each.wider else None,
            statement=self._behind(known.findings.get(each.by)),
        )

    def _rate(self, row: Assertion | None) -> RateOut | None:
        if row is None:
            return None
        value = dict(row.qualifiers).get("incidence", "")
        number = float(value) if value.replace(".", "", 1).isdigit() else None
        return RateOut(
            incidence=number,
            by_judgement=row.source == _TABLES,
            statement=BehindOut.of(row, self.entities, self.language),
        )

    def _node(self, id: str) -> NodeOut:
        return node(id, self.entities).model_copy(update={"name": self.name(id)})

    def _behind(self, row: Assertion | None) -> BehindOut | None:
        return BehindOut.of(row, self.entities, self.language) if row is not None else None

    def _fact(self, row: Assertion, id: str) -> FactOut:
        return FactOut(**BehindOut.of(row, self.entities, self.language).model_dump(), id=id, name=self.name(id))


def _in_language(row: Assertion, key: str, language: Language) -> str:
    qualifiers = dict(row.qualifiers)
    return Words(qualifiers.get(key, ""), qualifiers.get(f"{key}_zh", "")).of(language)


def _share(value: float) -> float:
    """A probability with the digits that mean something; never rounded up to more than all."""
    return float(f"{value:.4g}") if value < 1 else 1.0


def chance(value: float, digits: int = 4) -> float:
    """A probability of one among others, rounded down, so that all together are never more than one; nothing is quite
    certain."""
    down = Context(prec=digits, rounding=ROUND_DOWN)
    return min(float(down.create_decimal_from_float(value)), 1 - 0.1**digits)


def _ratio(value: float) -> float:
    return float(f"{value:.3g}")
