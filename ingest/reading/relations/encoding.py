"""The text as the network reads it: pages of whole sentences, with a marker before and after each mention."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from ingest.model import Mention
from ingest.reading.relations.pairs import KINDS, Entity, asked_about, candidates, entities
from text.sentences import sentences

MARKERS = ("Chemical", "Disease", "Gene", "Variant")
"""The markers of the kind k are the ids 2k (before a mention) and 2k+1 (after it) behind those of the vocabulary."""
CHUNK = 512
"""Tokens that the encoder reads at once, markers and the two special ones included."""
PAGE = 1000
"""Tokens of a page: abstracts fit in one, articles take several."""


@dataclass(frozen=True, slots=True)
class Page:
    """Some sentences, their entities, the pairs to ask about, and the tokens with the places of markers in them."""

    bounds: tuple[tuple[int, int], ...]
    entities: tuple[Entity, ...]
    pairs: tuple[tuple[int, int], ...]
    chunks: tuple[tuple[int, ...], ...]
    """Token ids as the encoder reads them, chunk by chunk."""
    marks: tuple[tuple[int, ...], ...]
    """By entity: the places of the markers before its mentions, in the chunks one after another."""
    sentence: tuple[int, ...]
    """By token of the chunks one after another: which of `bounds` it stands in."""


def is_drug_disease(page: Page, pair: tuple[int, int]) -> bool:
    """Whether the first of a pair is a chemical and the second a disease."""
    return page.entities[pair[0]].kind == "Chemical" and page.entities[pair[1]].kind == "Disease"


def pages(text: str, mentions: Sequence[Mention], tokenizer: Any) -> Iterator[Page]:
    """The pages of a text that hold a pair to ask about, in order; each begins with the last sentence of the one
    before, so that two sentences in a row are always read together.

    `tokenizer` is a `tokenizers.Tokenizer` that neither truncates nor pads. A sentence too long for a chunk is read as
    far as it goes in.
    """
    linked = [m for m in mentions if m.entity is not None and m.type in KINDS]
    if len({m.entity for m in linked}) < 2:
        return
    bounds = sentences(text)
    starts = [m.start for m in linked]
    edges = [(bisect_left(starts, start), bisect_left(starts, end)) for start, end in bounds]
    encoded = [tokenizer.encode(text[start:end], add_special_tokens=False) for start, end in bounds]
    sizes = [min(len(inside.ids) + 2 * (b - a), CHUNK - 2) for inside, (a, b) in zip(encoded, edges, strict=True)]
    first = 0
    while first < len(bounds):
        last, size = first + 1, sizes[first]
        while last < len(bounds) and size + sizes[last] <= PAGE:
            size += sizes[last]
            last += 1
        here = bounds[first:last]
        mentioned = entities(linked[edges[first][0] : edges[last - 1][1]], here[0][0], here[-1][1])
        if asked_about(mentioned):
            page = _page(tokenizer, encoded[first:last], here, mentioned)
            if page.pairs:
                yield page
        if last == len(bounds):
            break
        first = max(last - 1, first + 1)


def _page(
    tokenizer: Any, encoded: Sequence[Any], bounds: Sequence[tuple[int, int]], mentioned: Sequence[Entity]
) -> Page:
    # A composite mention bears one marker for all its entities.
    kinds = {span: MARKERS.index(entity.kind) for entity in mentioned for span in entity.spans}
    marked, opened = _marked(encoded, bounds, kinds, tokenizer.get_vocab_size())
    chunks, sentence, places = [], list[int](), dict[tuple[int, int], int]()
    begin, end = tokenizer.token_to_id("[CLS]"), tokenizer.token_to_id("[SEP]")
    for group in _groups([len(ids) for ids in marked]):
        ids = [begin]
        sentence.append(group[0])
        for at in group:
            for span, place in opened[at]:
                places[span] = len(sentence) + place
            ids += marked[at]
            sentence += [at] * len(marked[at])
        ids.append(end)
        sentence.append(group[-1])
        chunks.append(tuple(ids))
    kept = [
        Entity(entity.id, entity.kind, spans)
        for entity in mentioned
        if (spans := tuple(span for span in entity.spans if span in places))
    ]
    marks = tuple(tuple(places[span] for span in entity.spans) for entity in kept)
    return Page(tuple(bounds), tuple(kept), tuple(candidates(kept)), tuple(chunks), marks, tuple(sentence))


def _marked(
    encoded: Sequence[Any], bounds: Sequence[tuple[int, int]], kinds: dict[tuple[int, int], int], behind: int
) -> tuple[list[list[int]], list[list[tuple[tuple[int, int], int]]]]:
    """By sentence: token ids with markers among them, and the spans with the places of their first markers."""
    opening = sorted(kinds)
    closing: list[tuple[int, int]] = []
    marked, opened = [], []
    at = 0
    for inside, (base, stop) in zip(encoded, bounds, strict=True):
        ids: list[int] = []
        places: list[tuple[tuple[int, int], int]] = []

        def close(until: int, ids: list[int] = ids) -> None:
            for span in [span for span in closing if span[1] <= until]:
                ids.append(behind + 2 * kinds[span] + 1)
                closing.remove(span)

        for id, (a, b) in zip(inside.ids, inside.offsets, strict=True):
            close(base + a)
            while at < len(opening) and opening[at][0] < base + b:
                places.append((opening[at], len(ids)))
                ids.append(behind + 2 * kinds[opening[at]])
                closing.append(opening[at])
                at += 1
            ids.append(id)
        close(stop)
        marked.append(ids[: CHUNK - 2])
        opened.append([(span, place) for span, place in places if place < CHUNK - 2])
    return marked, opened


def _groups(sizes: Sequence[int]) -> Iterator[list[int]]:
    """Sentences in runs that fit into a chunk, and that are about as long as one another."""
    goal = sum(sizes) / -(-sum(sizes) // (CHUNK - 2))
    group: list[int] = []
    size = 0
    for at, length in enumerate(sizes):
        if group and (size + length > CHUNK - 2 or size + length / 2 > goal):
            yield group
            group, size = [], 0
        group.append(at)
        size += length
    yield group
