"""The passages that are about a question, by the sentence of each that speaks to it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from graph.pages import page
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Ranking
from qa.evidence.wording import all_names
from qa.model import AskedEntity
from qa.steps.asking import Asking
from qa.steps.excerpt import Excerpt, excerpts
from text.names import is_chinese

HITS = 10
"""Passages asked of retrieval."""
NEAR, COVERED, NEAR_WITH_NAMES = 0.4, 0.5, 0.6
"""A passage is about a question from this cosine, or this share of the question's words, on. Where the question names
something, the passage must name it too, or come nearer."""
ABOVE, ABOVE_WITH_NAMES = 2.5, 4.3
"""The same cosines in deviations above unrelated texts, where that is known: every encoder has a measure of its own."""
OF_ONE_DOCUMENT = 2
"""Passages of one document at most."""


@dataclass(frozen=True, slots=True)
class Passages:
    """How a plan reads passages: `cue` is what a sentence of the kind asked for holds, `search_words` are added to the
    text that a Chinese question searches with, so that English passages of the right kind are found, and `joins` says
    that a passage must name two of the things asked, where two are asked."""

    cue: re.Pattern[str] | None = None
    search_words: str = ""
    joins: bool = False

    def __call__(self, asking: Asking, *, own: bool = False) -> tuple[PassageEvidence, ...]:
        """The sentences found that are about the question, best passage first; those of the right kind come first.

        `own` says that only the patient's own documents are asked for.
        """
        text = search_text(asking.question.text, asking.understanding.entities, self.search_words)
        names = _names(asking)
        # What joins two things is not answered by a text about one of them.
        least = min(len(names), 2 if self.joins else 1)
        hits = asking.view.search(text, HITS)
        bodies = {hit.passage.document for hit in hits if hit.passage.section != "title"}
        of_document: Counter[str] = Counter()
        kept: list[PassageEvidence] = []
        ranked = enumerate(excerpts(hits, text, names, self.cue), 1)
        for place, excerpt in sorted(ranked, key=lambda pair: not pair[1].cued):
            document = excerpt.hit.passage.document
            # A question about the patient that names nothing else is answered from the patient's own documents.
            if (own or not names) and asking.view.patient and asking.view.patient not in excerpt.hit.document.access:
                continue
            # A title says less than the text below it, and one document is one voice.
            if excerpt.hit.passage.section == "title" and document in bodies:
                continue
            if of_document[document] < OF_ONE_DOCUMENT and _is_about(excerpt, text, least):
                of_document[document] += 1
                kept.append(_evidence(excerpt, place, text))
        return tuple(kept)


def search_text(text: str, asked: Sequence[AskedEntity], search_words: str) -> str:
    """What retrieval is asked: the question, with English names of its entities and words of its kind where it is
    Chinese."""
    if not is_chinese(text):
        return text
    names = list(dict.fromkeys(entity.name for entity in asked if not is_chinese(entity.name)))
    if not names:
        return text
    return " ".join([text, *names, *([search_words] if search_words else [])])


def _names(asking: Asking) -> Mapping[str, Sequence[str]]:
    """For each thing asked about, as written, all its names."""
    names: dict[str, list[str]] = {}
    for asked in asking.understanding.entities:
        if asked.id in asking.entities:
            names.setdefault(asked.surface.casefold(), []).extend(all_names(asking.entities[asked.id]))
    # What the graph does not hold is asked about all the same: a text has to say it.
    for surface in asking.understanding.unknown:
        names.setdefault(surface.casefold(), []).append(surface)
    return names


def _is_about(excerpt: Excerpt, text: str, least: int) -> bool:
    if least:
        return len(excerpt.names) >= least or (least == 1 and _is_near(excerpt, NEAR_WITH_NAMES, ABOVE_WITH_NAMES))
    # To an encoder of English all Chinese is near to all other Chinese.
    return excerpt.coverage >= COVERED or (_is_near(excerpt, NEAR, ABOVE) and not is_chinese(text))


def _is_near(excerpt: Excerpt, cosine: float, above: float) -> bool:
    parts = excerpt.hit.parts
    return parts["above"] >= above if "above" in parts else parts.get("cosine", 0.0) >= cosine


def _evidence(excerpt: Excerpt, place: int, query: str) -> PassageEvidence:
    hit, parts = excerpt.hit, excerpt.hit.parts
    passage = hit.passage

    def rank(way: str) -> int | None:
        return int(parts[way]) if way in parts else None

    return PassageEvidence(
        id="",
        source=passage.document,
        title=hit.document.title,
        url=hit.document.url or page(passage.document),
        text=passage.text[excerpt.start : excerpt.end],
        start=passage.start + excerpt.start,
        end=passage.start + excerpt.end,
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
    )
