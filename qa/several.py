"""Several questions in one: each is understood and answered under its own topic, and the answers become one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from qa.asked.parts import MOST, carried, parts_of
from qa.asked.topics import DECLINED
from qa.evidence.kinds import Evidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.typed import Typed
from qa.model import Question, Sentence, Understanding
from qa.writing.writer import Writer

LEAST = 4
"""Pieces of evidence that each question may have at least."""
_UNTOLD = ("Nothing that you may read here answers: {}", "在您可以查阅的资料中，没有找到能回答以下问题的证据：{}")
_LEFT_OUT = (
    "The first {} questions are answered; please ask these again: {}",
    "以上回答了前{}个问题，其余请再次提问：{}",
)


@dataclass(frozen=True, slots=True)
class Read:
    """A question and what it was understood to ask."""

    question: Question
    understanding: Understanding


def read(question: Question, understand: Callable[[Question], Understanding]) -> list[Read]:
    """The question; or the questions of which it asks several, where they are about different topics or things, and
    none of them is a case. Those beyond the first `MOST` are left out."""
    whole = _read(question, understand)
    texts = parts_of(whole.question.text)
    if len(texts) < 2 or question.choices:
        return [whole]
    limit = max(LEAST, question.limit // min(len(texts), MOST))
    alone = replace(
        whole.question, limit=limit, conversation=() if whole.understanding.read_as else question.conversation
    )
    parts: list[Read] = []
    for text in texts[:MOST]:
        part = _read(replace(alone, text=text), understand)
        if parts:
            wider = carried(part.question.text, part.understanding.entities, parts[0].understanding.entities)
            if wider != part.question.text:
                part = _read(replace(alone, text=wider), understand)
        parts.append(part)
    asked = {(each.understanding.intent, _named(each.understanding)) for each in parts}
    declined = all(each.understanding.intent in DECLINED for each in parts)
    case = any(each.understanding.intent == "diagnosis" for each in (whole, *parts))
    return [whole] if case or declined or len(asked) < 2 else parts


def _read(question: Question, understand: Callable[[Question], Understanding]) -> Read:
    """The question, in the words in which it was read."""
    understanding = understand(question)
    return Read(replace(question, text=understanding.read_as or question.text), understanding)


def _named(understanding: Understanding) -> frozenset[str]:
    return frozenset(entity.surface.casefold() for entity in understanding.entities)


def together(parts: Sequence[Read]) -> Understanding:
    """What all parts ask: the topic of the first, and what any names."""
    first = parts[0].understanding
    if len(parts) == 1:
        return first
    every = [each.understanding for each in parts]
    return replace(
        first,
        entities=tuple(dict.fromkeys(entity for each in every for entity in each.entities)),
        unknown=tuple(dict.fromkeys(name for each in every for name in each.unknown)),
        strange=tuple(dict.fromkeys(name for each in every for name in each.strange)),
        next_intent=next((each.intent for each in every if each.intent != first.intent), first.next_intent),
    )


@dataclass(frozen=True, slots=True)
class Told:
    """What is written to each question, its pieces numbered through, and all of it as one."""

    parts: tuple[tuple[Question, Understanding, Material], ...]
    material: Material

    def sentences(self, writer: Writer) -> Iterator[Sentence]:
        """What the writer makes of each, one after the other. Raises what it raises."""
        said: set[str] = set()
        for question, understanding, material in self.parts:
            for sentence in writer.write(question, understanding, material):
                if sentence.text not in said:
                    yield sentence
                said.add(sentence.text)


def joined(whole: Question, reads: Sequence[Read], materials: Sequence[Material]) -> Told:
    """The materials of the questions as one; of one question its own."""
    if len(reads) == 1:
        return Told(((reads[0].question, reads[0].understanding, materials[0]),), materials[0])
    found = [(each, material) for each, material in zip(reads, materials, strict=True) if material.evidence]
    if not found:
        return Told((), Material(related=any(material.related for material in materials)))
    missing = [each.question.text for each, material in zip(reads, materials, strict=True) if not material.evidence]
    left = parts_of(whole.text)[MOST:]
    notes = [_note(_UNTOLD, missing)] if missing else []
    notes += [_note(tuple(words.replace("{}", str(MOST), 1) for words in _LEFT_OUT), left)] if left else []
    parts, count = [], 0
    for each, material in found:
        parts.append((each.question, each.understanding, _numbered(material, count)))
        count += len(material.evidence)
    if notes:
        last = replace(Material(evidence=tuple(notes)), related=True)
        parts.append((found[0][0].question, found[0][0].understanding, _numbered(last, count)))
    return Told(tuple(parts), _one([material for _, _, material in parts]))


def _one(told: Sequence[Material]) -> Material:
    """Materials that are numbered through as one."""
    return Material(
        evidence=tuple(piece for material in told for piece in material.evidence),
        candidates=tuple(one for material in told for one in material.candidates),
        entities={id: entity for material in told for id, entity in material.entities.items()},
        related=True,
        left_out={key: count for material in told for key, count in material.left_out.items()},
        totals={listed: total for material in told for listed, total in material.totals.items()},
        unread=tuple(clauses for material in told for clauses in material.unread),
        typed=Typed("text"),
    )


def _note(words: Sequence[str], texts: Sequence[str]) -> ToldEvidence:
    asked = " | ".join(text.rstrip("?？. ") for text in texts)
    return ToldEvidence("", (), (words[0].format(asked), words[1].format(asked)))


def _numbered(material: Material, before: int) -> Material:
    """The same with its pieces numbered after those `before`."""
    ids = {piece.id: f"E{before + number}" for number, piece in enumerate(material.evidence, 1)}
    evidence: tuple[Evidence, ...] = tuple(
        replace(piece, id=f"E{before + number}") for number, piece in enumerate(material.evidence, 1)
    )
    candidates = tuple(
        replace(one, evidence=tuple(ids[id] for id in one.evidence if id in ids)) for one in material.candidates
    )
    return replace(material, evidence=evidence, candidates=candidates)
