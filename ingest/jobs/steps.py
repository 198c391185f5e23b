"""What is done with a batch of documents, step by step: mentions, passages, contributions, vectors.

Both jobs that read texts are made of these: `job`, which writes to the stores, and `tagging`, which writes to a file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import CancelledError, ThreadPoolExecutor
from dataclasses import replace
from typing import Literal, TypeVar

import numpy as np

from graph.model import Contribution
from ingest.jobs import split as splitting
from ingest.jobs.contribution import contribution, with_entities
from ingest.model import Annotation, Document, Mention
from ingest.reading.recognition.recognizer import Span
from ingest.reading.relations.model import Relator
from ingest.reading.tagger import Annotator, Tagger
from ingest.reading.topic import may_name, topic
from ingest.vocabulary import entity_type, word
from retrieval.encoder import Encoder, Vectors
from retrieval.families import as_encoded
from retrieval.model import Passage
from text.language import of_text

GIVEN = "given/1"
"""The tagger of mentions that the input brings."""

ENCODED = 256
"""How many texts an encoder is given at once: what a GPU takes, and soon done on a processor."""

Given = Literal["mentions", "entities"]

_Result = TypeVar("_Result")


def mentions(
    documents: Sequence[Document], tagger: Tagger, *, given: Given | None = None, language: str | None = None
) -> list[list[Mention]]:
    """The mentions of each document. `language` is ISO 639-1; None finds it out text by text.

    With `given` the annotations of a document are its mentions, and nothing else is looked for: `mentions` links and
    judges them, `entities` keeps their ids, also where there is none, and only judges them. Raises TypeError where the
    tagger then is no Annotator.
    """
    languages = [language or of_text(document.text) for document in documents]
    if given is not None:
        if not isinstance(tagger, Annotator):
            raise TypeError(f"{type(tagger).__name__} takes no given mentions")
        return [_annotated(d, tagger, given, code) for d, code in zip(documents, languages, strict=True)]
    rows: list[list[Mention]] = [[] for _ in documents]
    for code in sorted(set(languages)):
        places = [at for at, other in enumerate(languages) if other == code]
        tagged = tagger.tag([documents[at].text for at in places], code)
        for at, one in zip(places, tagged, strict=True):
            rows[at] = one
    return rows


def mentions_or_given(documents: Sequence[Document], tagger: Tagger) -> list[list[Mention]]:
    """Annotations that the input gives are taken as they are; other documents are tagged, all of them together."""
    bare = [document for document in documents if not document.annotations]
    read = iter(mentions(bare, tagger))
    return [_taken(document) if document.annotations else next(read) for document in documents]


def passages(documents: Sequence[Document]) -> list[list[Passage]]:
    """The passages of each document, still without entities."""
    return [splitting.split(document) for document in documents]


def with_mentions(cut: Sequence[Sequence[Passage]], rows: Sequence[Sequence[Mention]]) -> list[list[Passage]]:
    """The passages `cut` of each document, with the entities of its mentions `rows`."""
    return [[with_entities(passage, row) for passage in pieces] for pieces, row in zip(cut, rows, strict=True)]


def contributions(
    documents: Sequence[Document],
    rows: Sequence[list[Mention]],
    cut: Sequence[list[Passage]],
    tagger: Tagger,
    relator: Relator,
    threads: int,
) -> list[Contribution]:
    """What the graph keeps of each document, from its mentions `rows` and its passages `cut`."""

    def made(document: Document, row: list[Mention], pieces: list[Passage], about: Mention | None) -> Contribution:
        return contribution(document, row, pieces, relator, tagger.entity, about)

    return side_by_side(threads, made, documents, rows, cut, topics(documents, rows, tagger))


def topics(documents: Sequence[Document], rows: Sequence[Sequence[Mention]], tagger: Tagger) -> list[Mention | None]:
    """What each document is about by its title; None where the title does not tell, or the input gives the mentions.

    `rows` are the mentions of each: a title that is the first line of the text is not read again.
    """
    about: list[Mention | None] = [None] * len(documents)
    places: dict[str, list[int]] = {}
    for at, document in enumerate(documents):
        title = document.title
        if not may_name(title) or document.annotations or document.statements:
            continue
        if f"{document.text}\n".startswith(f"{title}\n") and of_text(title) == of_text(document.text):
            about[at] = topic(title, [mention for mention in rows[at] if mention.end <= len(title)])
        else:
            places.setdefault(of_text(title), []).append(at)
    for code, own in sorted(places.items()):
        titles = [documents[at].title for at in own]
        for at, title, mentions in zip(own, titles, tagger.tag(titles, code), strict=True):
            about[at] = topic(title, mentions)
    return about


def vectors(
    encoder: Encoder,
    documents: Sequence[Document],
    cut: Sequence[Sequence[Passage]],
    *,
    stopped: Callable[[], bool] = lambda: False,
) -> list[Vectors]:
    """Vectors by document. A passage is encoded with its document's title before it, which says what it is about.

    A text that comes several times is encoded once. Raises CancelledError where `stopped` says so in between.
    """
    texts = [
        as_encoded(document.title, passage.text, passage.start)
        for document, pieces in zip(documents, cut, strict=True)
        for passage in pieces
    ]
    places = {text: place for place, text in enumerate(dict.fromkeys(texts))}
    distinct = list(places)
    encoded = np.empty((len(distinct), encoder.dimension), np.float32)
    for begin in range(0, len(distinct), ENCODED):
        if stopped():
            raise CancelledError
        encoded[begin : begin + ENCODED] = encoder.encode(distinct[begin : begin + ENCODED], "passage")
    parts = []
    at = 0
    for pieces in cut:
        parts.append(encoded[[places[text] for text in texts[at : at + len(pieces)]]])
        at += len(pieces)
    return parts


def side_by_side(threads: int, function: Callable[..., _Result], *columns: Iterable[object]) -> list[_Result]:
    """What `function` gives of each row of `columns`, in order, for `threads` rows at once: relators run in this."""
    with ThreadPoolExecutor(threads, thread_name_prefix="relate") as pool:
        return list(pool.map(function, *columns))


def _annotated(document: Document, tagger: Annotator, given: Given, language: str) -> list[Mention]:
    ordered = sorted(document.annotations, key=lambda a: (a.start, a.end, word(a.type)))
    places = dict.fromkeys((a.start, a.end, word(a.type)) for a in ordered)
    if not places:
        return []
    judged = tagger.annotate(document.text, [Span(*place, 1.0) for place in places], language)
    if given == "mentions":
        return judged
    context = {(m.start, m.end): m for m in reversed(judged)}
    return [_in_context(annotation, context[annotation.start, annotation.end]) for annotation in ordered]


def _in_context(annotation: Annotation, judged: Mention) -> Mention:
    """The annotation as a mention, with the polarity, certainty and experiencer of `judged`."""
    return replace(
        _mention(annotation),
        type=entity_type(annotation.type),
        polarity=judged.polarity,
        certainty=judged.certainty,
        experiencer=judged.experiencer,
        label=word(annotation.type),
    )


def _taken(document: Document) -> list[Mention]:
    return [_mention(one) for one in sorted(document.annotations, key=lambda a: (a.start, a.end, a.id))]


def _mention(annotation: Annotation) -> Mention:
    return Mention(
        start=annotation.start,
        end=annotation.end,
        surface=annotation.surface,
        type=annotation.type,
        entity=annotation.id or None,
        score=1.0,
        tagger=GIVEN,
        reason="given by the input",
    )
