"""Answers without a language model: statements of the graph in words, and the sentences found, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from graph.model import Assertion
from qa.evidence.material import Material
from qa.evidence.phrases import DISAGREE, FIRST, LISTS, NEXT, UNEXPLAINED, fact, listed, qualified
from qa.model import Candidate, Evidence, Question, Sentence, Understanding
from text.names import is_chinese, normalise

SENTENCES = 8
"""At most so many in an answer."""
QUOTES = 3
"""At most so many passages quoted; one fewer beside statements of the graph."""
IN_A_LIST = 6
LONGEST_QUOTE = 700


@dataclass(slots=True)
class _Group:
    """Statements that differ at one end only, to be said in one sentence."""

    predicate: str
    end: str
    shared: str
    names_same: set[str] = field(default_factory=set)
    """The ids that stand at the shared end: more than one where vocabularies name one thing twice."""
    members: list[tuple[Evidence, Assertion]] = field(default_factory=list)

    def lists_objects(self, assertion: Assertion) -> bool:
        return assertion.subject in self.names_same


class Quote:
    """The writer that only quotes and states. Two questions with the same evidence get the same answer."""

    name = "quote"

    def write(self, question: Question, understanding: Understanding, material: Material) -> Iterator[Sentence]:
        """See `Writer`. At most `SENTENCES`, each with citations."""
        language = understanding.language
        sentences = list(self._of_patient(material, language))
        sentences += self._candidates(material, language)
        of_candidates = {id for candidate in material.candidates for id in candidate.evidence}
        stated = [
            (e, material.facts[e.id])
            for e in material.evidence
            if e.id in material.facts and e.kind != "patient" and e.id not in of_candidates
        ]
        sentences += self._definitions(material, language)
        sentences += self._statements(stated, understanding, material)
        quotes = [
            self._quotation(e, language)
            for e in material.evidence
            if e.kind == "passage" and not any(f"“{e.text}”" in sentence.text for sentence in sentences)
        ]
        room = max(SENTENCES - len(sentences), 1)
        yield from sentences[: SENTENCES - min(len(quotes), 1)]
        yield from quotes[: min(room, QUOTES - 1 if sentences else QUOTES)]

    def _of_patient(self, material: Material, language: str) -> Iterator[Sentence]:
        facts = [(e, material.facts[e.id]) for e in material.evidence if e.kind == "patient" and e.id in material.facts]
        patient = "患者" if language == "zh" else "The patient"
        for predicate in dict.fromkeys(a.predicate for _, a in facts):
            for negated in (False, True):
                same = [(e, a) for e, a in facts if a.predicate == predicate and (a.polarity == "negated") == negated]
                if same:
                    names = listed(list(dict.fromkeys(material.name(a.object, language) for _, a in same)), language)
                    said = fact(predicate, patient, names, negated=negated, certainty="certain", language=language)
                    yield _sentence(said, [e.id for e, _ in same], language)

    def _candidates(self, material: Material, language: str) -> Iterator[Sentence]:
        number = 0
        for candidate in material.candidates:
            facts = [(e, material.facts[e]) for e in candidate.evidence if e in material.facts]
            if facts:
                yield self._candidate(candidate, facts, material, language, first=number == 0)
                number += 1

    def _candidate(
        self,
        candidate: Candidate,
        facts: Sequence[tuple[str, Assertion]],
        material: Material,
        language: str,
        *,
        first: bool,
    ) -> Sentence:
        zh = language == "zh"
        named = {material.name(a.object, language) + qualified(a, language): None for _, a in facts}
        said = LISTS["has_phenotype", "object"][zh].format(x=candidate.name, list=listed(list(named), language))
        if candidate.unexplained:
            said += UNEXPLAINED[zh] + listed(candidate.unexplained, language)
        return _sentence((FIRST if first else NEXT)[zh] + said, [id for id, _ in facts], language)

    def _definitions(self, material: Material, language: str) -> Iterator[Sentence]:
        for e in material.evidence:
            if e.kind == "curated" and e.id not in material.facts:
                yield self._quotation(e, language, material.name(e.entities[0], language) if e.entities else "")

    def _statements(
        self, stated: Sequence[tuple[Evidence, Assertion]], understanding: Understanding, material: Material
    ) -> Iterator[Sentence]:
        language, asked = understanding.language, {entity.id for entity in understanding.entities}
        sides: dict[tuple[str, str, str], list[tuple[Evidence, Assertion]]] = {}
        for e, a in stated:
            sides.setdefault((a.subject, a.predicate, a.object), []).append((e, a))
        groups: dict[tuple[object, ...], _Group] = {}
        for edge, members in sides.items():
            e, a = members[0]
            plain = len(members) == 1 and a.polarity == "affirmed" and a.certainty == "certain"
            end, shared = ("object", a.subject) if a.subject in asked else ("subject", a.object)
            if a.predicate == "interacts_with":
                end = "either"
            # Vocabularies that nobody has mapped name one thing twice: to a reader it is one.
            key: tuple[object, ...] = (a.predicate, end, normalise(material.name(shared, language)))
            if not plain or (a.predicate, end) not in LISTS or {a.subject, a.object} <= asked:
                key = edge
            group = groups.setdefault(key, _Group(a.predicate, end, shared))
            group.names_same.add(shared)
            group.members += members
        for group in groups.values():
            yield self._statement(group, material, language)

    def _statement(self, group: _Group, material: Material, language: str) -> Sentence:
        members = group.members[:IN_A_LIST]
        ids = [e.id for e, _ in members]
        edges = {(a.subject, a.object) for _, a in members}
        if len(edges) > 1:
            others = dict.fromkeys(
                material.name(a.object if group.lists_objects(a) else a.subject, language) + qualified(a, language)
                for _, a in members
            )
            text = LISTS[group.predicate, group.end][language == "zh"].format(
                x=material.name(group.shared, language), list=listed(list(others), language)
            )
            return _sentence(text, ids, language)
        e, a = members[0]
        disagree = len({x.polarity for _, x in members}) > 1
        said = fact(
            a.predicate,
            material.name(a.subject, language),
            material.name(a.object, language),
            negated=a.polarity == "negated" and not disagree,
            certainty="certain" if disagree else a.certainty,
            language=language,
        ) + qualified(a, language)
        if disagree:
            return _sentence(DISAGREE[language == "zh"].format(said=said), ids, language)
        relation = material.relations.get((a.subject, a.predicate, a.object))
        if relation is not None and relation.sources > 1:
            said += f"（{relation.sources}个来源）" if language == "zh" else f" ({relation.sources} sources)"
        if e.kind == "assertion" and len(e.text) <= LONGEST_QUOTE:
            said += f"。原文：“{e.text}”（{e.source}）" if language == "zh" else f": “{e.text}” ({e.source})"
        return _sentence(said, ids, language)

    def _quotation(self, e: Evidence, language: str, name: str = "") -> Sentence:
        text = e.text if len(e.text) <= LONGEST_QUOTE else e.text[:LONGEST_QUOTE].rsplit(" ", 1)[0]
        if language == "zh":
            lead = f"{name}：" if name else ""
            mark = "" if is_chinese(text) else "原文："
            return Sentence(f"{lead}{mark}“{text}”（{e.source}）。", (e.id,))
        return Sentence(f"{name + ': ' if name else ''}“{text}” ({e.source}).", (e.id,))


def _sentence(text: str, ids: Sequence[str], language: str) -> Sentence:
    return Sentence(text.rstrip("。.") + ("。" if language == "zh" else "."), tuple(ids))
