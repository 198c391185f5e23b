"""What a question asks: its language, its intent, the entities it names, and which findings it denies.

Names are looked up in the graph, so the question's vocabulary is the graph's. Where English words are left over, a
reader may say which entity of the graph they mean. Every entity says why it was taken.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.asked.lists import written_out
from qa.asked.names import Span, names_in, with_namesakes
from qa.asked.partners import strange_partners
from qa.asked.read import joined, left_over, read_spans, unknown_names
from qa.asked.reader import Reader
from qa.asked.respelt import Respelt, respelt
from qa.asked.router import Router
from qa.asked.slots import strange_drugs
from qa.asked.spellings import Spellings
from qa.asked.steered import steered, without_kidney
from qa.asked.stems import stemmed
from qa.model import AskedEntity, Question, Understanding
from text.context.polarity import denied
from text.language import of_question
from text.names import normalise, tokens

STRANGER = "unknown:"
"""The prefix under which the router is told of a name that nothing bears."""


def understand(
    question: Question,
    view: GraphView,
    router: Router,
    reader: Callable[[], Reader] | None = None,
    spellings: Spellings | None = None,
) -> Understanding:
    """The question read against the graph and, where its names leave words over, by what `reader` gives: only then is
    it called, for opening models takes a second. What is misspelt is read by `spellings`, where they are given; all
    else is then understood of the question as read. Raises what the graph and `reader` raise.
    """
    language = question.language or of_question(question.text) or "en"
    text, spans, meant = _as_read(question.text, view, spellings)
    written = tokens(text)
    unknown = dict.fromkeys(strange_partners(text, spans), "Drug")
    if reader is not None and left_over(written, spans):
        mentions = reader().tag([text], "en")[0]
        spans = joined(spans, read_spans(text, written, mentions, view))
        unknown = unknown_names(text, mentions, spans) | unknown
    placed = strange_drugs(text, spans)
    spans = [span for span in spans if all(span.start < start or end < span.end for start, end in placed.values())]
    made = tuple(dict.fromkeys((*stemmed(text, spans), *placed)))
    unknown |= dict.fromkeys((name for name in made if not any(name in other for other in unknown)), "Drug")
    near = _left_near(text, meant, spans)
    unknown |= {name: "" for name, _ in near if name not in unknown}
    spans = with_namesakes(spans, view)
    asked = without_kidney(text, _asked(text, spans, meant.read))
    intents = router.intents(text, (*asked, *_strangers(asked, unknown, made)))
    intent, *others = steered(text, intents, asked)
    strange = tuple(name for name in unknown if any(one in name for one in made))
    return Understanding(
        language,
        intent,
        asked,
        tuple(unknown),
        strange,
        next_intent=next(iter(others), ""),
        read_as=text if text != question.text else "",
        respelt=meant.read,
        near=near,
    )


def _as_read(text: str, view: GraphView, spellings: Spellings | None) -> tuple[str, list[Span], Respelt]:
    """A text with lists written out and what is misspelt as it must be meant, the names in it, and what was read."""
    text = written_out(text, view.named)
    spans = names_in(text, tokens(text), view)
    meant = respelt(text, spans, view, spellings) if spellings is not None else Respelt(text)
    if meant.text != text:
        text = written_out(meant.text, view.named)
        spans = names_in(text, tokens(text), view)
    return text, spans, meant


def _left_near(text: str, meant: Respelt, spans: Sequence[Span]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """What may be misspelt and nothing has read, where a question names nothing else that it may be about."""
    if any(entity.type in ("Disease", "Drug", "Phenotype", "Gene") for span in spans for entity in span.entities):
        return ()
    return tuple(one for one in meant.near if not _covers(text, one[0], spans))


def _covers(text: str, name: str, spans: Sequence[Span]) -> bool:
    """Whether one of `spans` is of what is written as `name`: something else has read it."""
    at = text.find(name)
    return at < 0 or any(span.start < at + len(name) and at < span.end for span in spans)


def _strangers(asked: Sequence[AskedEntity], unknown: Mapping[str, str], made: Sequence[str]) -> list[AskedEntity]:
    """The names that nothing bears, as the drugs that they may be: a misspelt drug is asked about all the same. Where
    a disease or a finding is named, too, only those `made` as drugs' names are."""
    anything = any(entity.type in ("Disease", "Phenotype") for entity in asked)
    names = [name for name, type in unknown.items() if (name in made if anything else type in ("Drug", "Gene"))]
    return [AskedEntity(f"{STRANGER}{name}", "Drug", name, name, False, "") for name in names]


def _asked(text: str, named: Sequence[Span], read: Sequence[tuple[str, str]]) -> list[AskedEntity]:
    asked: dict[tuple[str, bool, str], AskedEntity] = {}
    verdicts = denied(text, [(span.start, span.end) for span in named], "question")
    for span, verdict in zip(named, verdicts, strict=True):
        surface = text[span.start : span.end]
        for entity in span.entities:
            negated = verdict and entity.type in ("Phenotype", "Disease", "Measurement")
            slips = [(written, meant) for written, meant in read if meant.casefold() in surface.casefold()]
            reason = "".join(f"'{written}' is read as '{meant}': " for written, meant in slips)
            reason += _reason(surface, entity, span)
            # One drug under two names may be taken twice.
            word = surface.casefold() if entity.type == "Drug" else ""
            asked.setdefault(
                (entity.id, negated, word), AskedEntity(entity.id, entity.type, entity.name, surface, negated, reason)
            )
    return list(asked.values())


def _reason(surface: str, entity: Entity, span: Span) -> str:
    name = span.via or normalise(surface)
    if span.read:
        reason = f"'{surface}' is read as {entity.name} ({entity.id}): {span.read}"
    elif span.via:
        reason = f"'{surface}' is an everyday word for '{span.via}', a name of {entity.name} ({entity.id})"
    elif normalise(entity.name) == name:
        reason = f"'{surface}' is the preferred name of {entity.name} ({entity.id})"
    elif all(normalise(synonym.text) != name for synonym in entity.synonyms):
        shared = any(normalise(other.name) == normalise(entity.name) for other in span.entities if other is not entity)
        of = f"another {entity.name}, whose preferred name" if shared else "a namesake, and a name of that"
        reason = f"'{surface}' is a name of {of} {entity.id} shares"
    else:
        reason = f"'{surface}' is a synonym of {entity.name} ({entity.id})"
    others = [f"{other.name} ({other.type}, {other.id})" for other in span.entities if other.id != entity.id]
    return f"{reason}; ambiguous, also {'; '.join(others)}" if others else reason
