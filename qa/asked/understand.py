"""What a question asks: its language, its intent, the entities it names, and which findings it denies.

Names are looked up in the graph, so the question's vocabulary is the graph's. Where English words are left over, a
reader may say which entity of the graph they mean. Every entity says why it was taken.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from graph.errors import UnknownEntity
from graph.model import Entity
from graph.store import GraphStore
from qa.asked.intent import ENGLISH_WORDS, intent_of
from qa.asked.reader import Read, Reader
from qa.asked.vocabulary import EVERYDAY, ORDINARY, SMALL
from qa.model import AskedEntity, Question, Understanding
from text.context.polarity import denied
from text.language import of_question
from text.names import Token, is_chinese, normalise, tokens

LONGEST = {"en": 8, "zh": 12}
"""Tokens in the longest name looked up; a Chinese character is a token."""
HOMONYMS = 4
"""Entities kept at most for one name."""

# A name never crosses these; it may cross a comma (Neoplasms, Breast) or a slash.
_BREAK = re.compile(r"[.;:?!，。；：？！、\n()（）]")

# What a text about one of them is not about another. People and animals are read as organisms in any question.
_NAMED_APART = ("Drug", "Disease", "Phenotype", "Gene", "Variant")


@dataclass(frozen=True, slots=True)
class _Named:
    """A stretch of tokens that names entities; `via` is the word looked up where it is not what was written, `read` the
    reader's reason where no name was looked up."""

    first: int
    last: int
    start: int
    end: int
    entities: tuple[Entity, ...]
    via: str = ""
    read: str = ""


def understand(question: Question, graph: GraphStore, reader: Callable[[], Reader] | None = None) -> Understanding:
    """The question read against the graph and, where its names leave words over, by what `reader` gives: only then is
    it called, for opening models takes a second. Raises what the graph and `reader` raise.
    """
    text = question.text
    language = question.language or of_question(text) or "en"
    found = tokens(text)
    named = _named(text, found, graph, question.access)
    unknown: tuple[str, ...] = ()
    if reader is not None and _left_over(found, named):
        mentions = reader().tag([text], "en")[0]
        named = _joined(named, _read(text, found, mentions, graph, question.access))
        unknown = _unknown(text, mentions, named)
    named = _with_namesakes(named, graph, question.access)
    asked = tuple(_asked(text, named))
    intent = intent_of(text, asked)
    return Understanding(language, intent, asked, _search_text(text, intent, asked), unknown)


def _named(text: str, found: Sequence[Token], graph: GraphStore, access: frozenset[str]) -> list[_Named]:
    """The longest names in the text from left to right; they do not overlap."""
    spans: dict[tuple[int, int], str] = {}
    for first in range(len(found)):
        longest = LONGEST["zh" if is_chinese(found[first].norm) else "en"]
        for last in range(first, min(first + longest, len(found))):
            if last > first and _BREAK.search(text, found[last - 1].end, found[last].start):
                break
            name = " ".join(token.norm for token in found[first : last + 1])
            # A gene may be called WAS: among words in small letters, capitals are meant.
            symbol = first == last and len(name) > 2 and _written(text, found[first]).isupper() and not text.isupper()
            if len(name) > 1 and (symbol or name not in ORDINARY):
                spans[first, last] = name
    wanted = set(spans.values())
    known = graph.named(wanted | {EVERYDAY[name] for name in wanted if name in EVERYDAY}, access=access)
    result, position = [], 0
    while position < len(found):
        for last in range(min(position + LONGEST["zh"], len(found)) - 1, position - 1, -1):
            name = spans.get((position, last), "")
            surface = text[found[position].start : found[last].end]
            entities, via = _meant(known.get(name, ()), surface), ""
            if not entities and name in EVERYDAY:
                entities, via = _meant(known.get(EVERYDAY[name], ()), surface), EVERYDAY[name]
            if entities:
                result.append(_Named(position, last, found[position].start, found[last].end, entities, via))
                position = last
                break
        position += 1
    return result


def _left_over(found: Sequence[Token], named: Sequence[_Named]) -> bool:
    """Whether a word in Latin letters is neither part of a name nor what any question may hold. Chinese names are no
    reason to read: those that the reader knows are in the lexicon, and an entity is declared with them."""
    inside = {index for span in named for index in range(span.first, span.last + 1)}
    return any(
        len(token.norm) > 1 and token.norm[0].isascii() and token.norm[0].isalpha() and token.norm not in SMALL
        for index, token in enumerate(found)
        if index not in inside
    )


def _read(
    text: str, found: Sequence[Token], mentions: Sequence[Read], graph: GraphStore, access: frozenset[str]
) -> list[_Named]:
    """What a reader found and the graph holds: one stretch for all that a mention names."""
    known = {id: _known(id, graph, access) for id in {m.entity for m in mentions if m.entity is not None}}
    spans: dict[tuple[int, int], _Named] = {}
    for mention in mentions:
        place = (mention.start, mention.end)
        entity = known.get(mention.entity or "")
        covered = [at for at, token in enumerate(found) if token.start < mention.end and mention.start < token.end]
        if entity is None or not covered or normalise(text[mention.start : mention.end]) in ORDINARY:
            continue
        others = spans[place].entities if place in spans else ()
        spans[place] = _Named(covered[0], covered[-1], *place, (*others, entity), read=mention.reason)
    return list(spans.values())


def _unknown(text: str, mentions: Sequence[Read], named: Sequence[_Named]) -> tuple[str, ...]:
    """What the reader took for a name of something and nothing was found for."""
    return tuple(
        dict.fromkeys(
            text[m.start : m.end]
            for m in mentions
            if m.type in _NAMED_APART
            and normalise(text[m.start : m.end]) not in ORDINARY
            and all(m.end <= span.start or span.end <= m.start for span in named)
        )
    )


def _known(id: str, graph: GraphStore, access: frozenset[str]) -> Entity | None:
    try:
        entity = graph.entity(id, access=access)
    except UnknownEntity:
        return None
    return None if entity.type == "Patient" else entity


def _joined(named: Sequence[_Named], read: Sequence[_Named]) -> list[_Named]:
    """Both in order of place, none overlapping another: a name of the graph's stands where it is not only a part of
    what was read."""
    result = list(named)
    for span in read:
        overlapping = [other for other in result if other.first <= span.last and span.first <= other.last]
        if all(_within(other, span) for other in overlapping):
            result = [other for other in result if other not in overlapping] + [span]
    return sorted(result, key=lambda span: span.first)


def _within(part: _Named, whole: _Named) -> bool:
    longer = whole.last - whole.first > part.last - part.first
    return longer and whole.first <= part.first and part.last <= whole.last


def _with_namesakes(named: Sequence[_Named], graph: GraphStore, access: frozenset[str]) -> list[_Named]:
    """Add to each span the entities of the same type under the same preferred name.

    Vocabularies that nobody has mapped declare one disease each, and only some of them carry the Chinese name.
    """
    preferred = {normalise(entity.name) for span in named for entity in span.entities}
    known = graph.named(preferred, access=access)
    result = []
    for span in named:
        entities = {entity.id: entity for entity in span.entities}
        for own in span.entities:
            for other in known.get(normalise(own.name), ()):
                if other.type == own.type and normalise(other.name) == normalise(own.name):
                    entities.setdefault(other.id, other)
        result.append(replace(span, entities=tuple(entities.values())[: 2 * HOMONYMS]))
    return result


def _written(text: str, token: Token) -> str:
    return text[token.start : token.end]


def _meant(entities: Sequence[Entity], surface: str) -> tuple[Entity, ...]:
    """The entities that `surface` can mean, those that have it as preferred name first.

    A gene symbol counts only as symbols are written: `was` and `set` are words, WAS and SET are genes.
    """
    key = normalise(surface)
    possible = [
        entity
        for entity in entities
        if entity.type != "Patient" and (entity.type != "Gene" or not surface.islower() or " " in surface)
    ]
    possible.sort(key=lambda entity: (normalise(entity.name) != key, entity.type == "Gene", entity.id))
    return tuple(possible[:HOMONYMS])


def _asked(text: str, named: Sequence[_Named]) -> list[AskedEntity]:
    asked: dict[tuple[str, bool], AskedEntity] = {}
    verdicts = denied(text, [(span.start, span.end) for span in named], "question")
    for span, verdict in zip(named, verdicts, strict=True):
        surface = text[span.start : span.end]
        for entity in span.entities:
            negated = verdict and entity.type in ("Phenotype", "Disease", "Measurement")
            reason = _reason(surface, entity, span)
            asked.setdefault(
                (entity.id, negated), AskedEntity(entity.id, entity.type, entity.name, surface, negated, reason)
            )
    return list(asked.values())


def _reason(surface: str, entity: Entity, span: _Named) -> str:
    name = span.via or normalise(surface)
    if span.read:
        reason = f"'{surface}' is read as {entity.name} ({entity.id}): {span.read}"
    elif span.via:
        reason = f"'{surface}' is an everyday word for '{span.via}', a name of {entity.name} ({entity.id})"
    elif normalise(entity.name) == name:
        reason = f"'{surface}' is the preferred name of {entity.name} ({entity.id})"
    elif all(normalise(synonym.text) != name for synonym in entity.synonyms):
        reason = f"'{surface}' is a name of another {entity.name}, whose preferred name {entity.id} shares"
    else:
        reason = f"'{surface}' is a synonym of {entity.name} ({entity.id})"
    others = [f"{other.name} ({other.type}, {other.id})" for other in span.entities if other.id != entity.id]
    return f"{reason}; ambiguous, also {'; '.join(others)}" if others else reason


def _search_text(text: str, intent: str, asked: Sequence[AskedEntity]) -> str:
    if not is_chinese(text):
        return text
    names = list(dict.fromkeys(entity.name for entity in asked if not is_chinese(entity.name)))
    if not names:
        return text
    return " ".join([text, *names, *([ENGLISH_WORDS[intent]] if intent in ENGLISH_WORDS else [])])
