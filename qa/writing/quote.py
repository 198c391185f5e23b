"""Answers without a language model: statements of the graph in words, and the sentences found, quoted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qa.evidence.chart import OF_PATIENTS, Standing, enumerated, standing_of, stated, told
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.qualifying import qualified
from qa.evidence.reasons import Interacts
from qa.evidence.statement import clause
from qa.evidence.wording import LISTS
from qa.model import Question, Sentence, Understanding
from qa.writing.chinese import CHINESE
from qa.writing.english import ENGLISH
from qa.writing.templates import Templates
from qa.writing.together import of_drugs, of_one
from qa.writing.told import told as told_together
from text.names import normalise

SENTENCES = 8
"""At most so many in an answer."""
QUOTES = 3
"""At most so many passages quoted; one fewer beside statements of the graph."""
IN_A_LIST = 6
LONGEST_QUOTE = 700


class Quote:
    """The writer that only quotes and states. Two questions with the same evidence get the same answer."""

    name = "quote"

    def write(self, question: Question, understanding: Understanding, material: Material) -> Iterator[Sentence]:
        """See `Writer`. At most `SENTENCES`, each with citations."""
        words = CHINESE if understanding.language == "zh" else ENGLISH
        asked = {entity.id for entity in understanding.entities}
        together = [*of_drugs(material, words.language), *of_one(material, words.language)]
        warnings = list(told_together(material, words.language, warnings=True))
        rest = list(told_together(material, words.language, warnings=False))
        sentences = [
            *_of_patient(material, words),
            *_definitions(material, words),
            *_statements(material, asked, words),
        ]
        quotes = [
            _quotation(e, words)
            for e in material.evidence
            if isinstance(e, PassageEvidence)
            and not any(f"“{e.text}”" in sentence.text for sentence in (*together, *sentences))
        ]
        room = max(SENTENCES - len(sentences), 1)
        yield from warnings
        if _texts_first(material):
            yield from quotes[:QUOTES]
            yield from [*together, *rest, *sentences][: SENTENCES - len(quotes[:QUOTES])]
            return
        yield from together
        yield from rest
        yield from sentences[: SENTENCES - min(len(quotes), 1)]
        yield from quotes[: min(room, QUOTES - 1 if sentences or together or warnings or rest else QUOTES)]


def _texts_first(material: Material) -> bool:
    """Whether the sentences found go before what the graph says, as the evidence does."""
    kinds = [type(e) for e in material.evidence if not (isinstance(e, ToldEvidence) and e.warns)]
    return bool(kinds) and kinds[0] is PassageEvidence


def _of_patient(material: Material, words: Templates) -> Iterator[Sentence]:
    facts = [e for e in material.facts if e.kind == "patient" and e.predicate in OF_PATIENTS]
    groups: dict[tuple[str, Standing], list[FactEvidence]] = {}
    for e in facts:
        groups.setdefault((e.predicate, standing_of(e.assertion)), []).append(e)
    for (predicate, standing), same in groups.items():
        names = [told(e.assertion, material.name(e.assertion.object, words.language), words.language) for e in same]
        more = material.left_out.get((predicate, standing), 0)
        clause = stated(predicate, standing, words.patient, enumerated(names, more, words.language), words.language)
        yield _sentence(clause, same, words)


def _definitions(material: Material, words: Templates) -> Iterator[Sentence]:
    for e in material.evidence:
        if isinstance(e, DefinitionEvidence):
            yield _quotation(e, words, material.name(e.entity, words.language))


@dataclass(slots=True)
class _Group:
    """Statements that differ at one end only, to be said in one sentence."""

    predicate: str
    end: str
    shared: str
    same_name: set[str] = field(default_factory=set)
    """The ids that stand at the shared end: more than one where vocabularies name one thing twice."""
    members: list[FactEvidence] = field(default_factory=list)

    def other(self, member: FactEvidence) -> str:
        """The id at the end where the members differ."""
        a = member.assertion
        return a.object if a.subject in self.same_name else a.subject


def _statements(material: Material, asked: set[str], words: Templates) -> Iterator[Sentence]:
    sides: dict[tuple[str, str, str], list[FactEvidence]] = {}
    for e in material.facts:
        if e.kind != "patient" and not isinstance(e.because, Interacts):
            sides.setdefault((e.assertion.subject, e.predicate, e.assertion.object), []).append(e)
    groups: dict[tuple[object, ...], _Group] = {}
    for edge, members in sides.items():
        a = members[0].assertion
        plain = len(members) == 1 and a.polarity == "affirmed" and a.certainty == "certain"
        end, shared = ("object", a.subject) if a.subject in asked else ("subject", a.object)
        if a.predicate == "interacts_with":
            end = "either"
        # Vocabularies that nobody has mapped name one thing twice: to a reader it is one.
        key: tuple[object, ...] = (a.predicate, end, normalise(material.name(shared, words.language)))
        if not plain or (a.predicate, end) not in LISTS or {a.subject, a.object} <= asked:
            key = edge
        group = groups.setdefault(key, _Group(a.predicate, end, shared))
        group.same_name.add(shared)
        group.members += members
    for group in groups.values():
        yield _statement(group, material, words)


def _statement(group: _Group, material: Material, words: Templates) -> Sentence:
    members = group.members[:IN_A_LIST]
    if len({e.entities for e in members}) > 1:
        others = dict.fromkeys(
            material.name(group.other(e), words.language) + qualified(e.assertion, words.language, material.entities)
            for e in members
        )
        more = max(
            material.more(group.predicate, group.end, group.same_name, len({e.entities for e in members})),
            len({e.entities for e in group.members} - {e.entities for e in members}),
        )
        text = LISTS[group.predicate, group.end][words.language == "zh"].format(
            x=material.name(group.shared, words.language), list=enumerated(list(others), more, words.language)
        )
        return _sentence(text, members, words)
    first = members[0]
    a = first.assertion
    disagree = len({e.negated for e in members}) > 1
    if disagree:
        plain = replace(a, polarity="affirmed", certainty="certain")
        return _sentence(words.disagree.format(said=clause(plain, words.language, material.entities)), members, words)
    said = first.clauses[words.language == "zh"]
    sources = len({e.source for e in members})
    if first.counted is not None and sources > 1:
        # So many as are cited: what else states it is not shown.
        said += words.sources(sources)
    if first.kind == "assertion" and len(first.text) <= LONGEST_QUOTE:
        said += words.verbatim(first.text, first.source)
    return _sentence(said, members, words)


def _quotation(e: PassageEvidence | DefinitionEvidence, words: Templates, name: str = "") -> Sentence:
    text = e.text if len(e.text) <= LONGEST_QUOTE else e.text[:LONGEST_QUOTE].rsplit(" ", 1)[0]
    source = e.cited(words.language) if isinstance(e, PassageEvidence) else e.source
    return Sentence(words.quotation(text, source, name) + words.stop, (e.id,))


def _sentence(text: str, cited: Sequence[FactEvidence], words: Templates) -> Sentence:
    return Sentence(text.rstrip("。.") + words.stop, tuple(e.id for e in cited))
