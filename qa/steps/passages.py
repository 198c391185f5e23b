"""The passages that are about a question, by the sentences of each that answer it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from graph.pages import page
from qa.asked.constraints import constraints_in
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.evidence.wording import all_names
from qa.model import AskedEntity
from qa.steps.asking import Asking
from qa.steps.concerning import Thing
from qa.steps.sentences import Found, Search, answering
from retrieval.model import Filter
from text.names import is_chinese, normalise

_SHORT = re.compile(r"[A-Z][A-Za-z0-9-]{1,5}")
"""An abbreviation, as it is written."""
_LEANS = re.compile(
    r"^\W*(?:and|but|so|what about|how about|then|also)\b|^\W*(?:那|还有|另外|其中|它|其)|\b(?:it|its|they|them)\b",
    re.IGNORECASE,
)
"""What a question begins with that goes on from the one before it."""


@dataclass(frozen=True, slots=True)
class Passages:
    """How a plan reads passages: `search_words` are added to the text that a Chinese question searches with, so that
    English passages of the right kind are found, and `joins` says that a passage must name two of the things asked,
    where two are asked."""

    cue: re.Pattern[str] | None = None
    search_words: str = ""
    joins: bool = False

    def __call__(self, asking: Asking, *, own: bool = False) -> tuple[PassageEvidence, ...]:
        """The sentences that answer, best first: see `search`."""
        return evidence(asking, self.search(asking, own=own))

    def search(self, asking: Asking, *, own: bool = False) -> Search:
        """What answers, best first. `own` says that only the patient's own documents are asked for."""
        things = things_asked(asking)
        # A question about the patient that names nothing else is answered from the patient's own documents.
        filter = None
        if asking.view.patient and (own or not things):
            filter = Filter(None, labels=frozenset({asking.view.patient}))
        text = asked_text(asking)
        names = {thing.asked: sorted(thing.forms) for thing in things}
        searched = search_text(text, asking.understanding.entities, self.search_words)
        topic = asking.understanding.intent
        least = min(len(names), 2 if self.joins else 1)

        def found(among: Filter | None) -> Search:
            return answering(
                asking.view,
                text,
                things,
                names,
                topic,
                searched=searched,
                filter=among,
                least=least,
                own=filter is not None,
            )

        if filter is not None:
            return found(filter)
        documents = documents_asked(asking.question.text)
        search = found(documents)
        if search.found or documents is None:
            return search
        # Not every document says what kind of study it is, or of which year.
        search = found(replace(documents, study_types=None)) if documents.study_types else search
        if search.found:
            return search
        undated = found(None)
        return replace(undated, found=tuple(one for one in undated.found if one.hit.document.year is None))


def documents_asked(text: str) -> Filter | None:
    """Of which years and of which kinds of study documents are asked for; None where a question does not say."""
    asked = constraints_in(text, date.today().year)
    if asked.year_from is None and asked.year_to is None and not asked.studies:
        return None
    return Filter(None, year_from=asked.year_from, year_to=asked.year_to, study_types=asked.studies or None)


def evidence(asking: Asking, search: Search) -> tuple[PassageEvidence, ...]:
    """What was found as evidence."""
    return tuple(_evidence(found, place, asked_text(asking)) for place, found in enumerate(search.found, 1))


def asked_text(asking: Asking) -> str:
    """The question as it was read; with the turn before it, where it goes on from that and was not read otherwise."""
    question, asked = asking.question, asking.understanding
    if asked.read_as or not question.conversation:
        return asked.read_as or question.text
    if asked.entities and not _LEANS.search(question.text):
        return question.text
    return f"{question.conversation[-1]} {question.text}"


def search_text(text: str, asked: Sequence[AskedEntity], search_words: str) -> str:
    """What retrieval is asked: the question, with the names that its abbreviations stand for; with English names of its
    entities and words of its kind where it is Chinese."""
    if not is_chinese(text):
        long = [entity.name for entity in asked if _SHORT.fullmatch(entity.surface) and entity.name not in text]
        return " ".join([text, *dict.fromkeys(long[:2])])
    names = list(dict.fromkeys(entity.name for entity in asked if not is_chinese(entity.name)))
    if not names:
        return text
    return " ".join([text, *names, *([search_words] if search_words else [])])


def things_asked(asking: Asking) -> tuple[Thing, ...]:
    """What the question is about: for each thing, as written, all its names."""
    things: dict[str, Thing] = {}
    for asked in asking.understanding.entities:
        if asked.id not in asking.entities:
            continue
        surface = asked.surface.casefold()
        known = things.get(surface, Thing(surface, frozenset(), asked.type))
        forms = {normalise(name) for name in (*all_names(asking.entities[asked.id]), asked.surface)} - {""}
        things[surface] = Thing(surface, known.forms | forms, known.type, known.ids | {asked.id})
    # What the graph does not hold is asked about all the same: a text has to say it.
    for surface in asking.understanding.unknown:
        form = normalise(surface)
        if form:
            kind = "Drug" if surface in asking.understanding.strange else "Disease"
            things.setdefault(surface.casefold(), Thing(surface.casefold(), frozenset({form}), kind))
    return tuple(things.values())


def _evidence(found: Found, place: int, query: str) -> PassageEvidence:
    hit, parts = found.hit, found.hit.parts
    passage = hit.passage

    def rank(way: str) -> int | None:
        return int(parts[way]) if way in parts else None

    return PassageEvidence(
        id="",
        source=passage.document,
        title=hit.document.title,
        url=hit.document.url or page(passage.document),
        text=found.text,
        start=found.start,
        end=found.end,
        entities=passage.entities,
        score=round(max(0.0, parts.get("cosine", hit.score)), 4),
        ranking=Ranking(
            query=query,
            place=place,
            words=rank("lexical_rank"),
            meaning=rank("dense_rank"),
            reading=rank("rerank_rank"),
            cosine=parts.get("cosine"),
        ),
        year=hit.document.year,
        types=hit.document.publication_types,
    )
