"""A unit of text as the network reads it: tokens, with a marker before and behind each mention."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from ingest.reading.statements.labels import TYPES

LENGTH = 256
"""Tokens of a unit at most, markers included; mentions behind them are not asked about."""


@dataclass(frozen=True, slots=True)
class Place:
    """A mention in the text of a unit."""

    start: int
    end: int
    type: str
    """One of `TYPES`."""


@dataclass(frozen=True, slots=True)
class Marked:
    """What the network reads: token ids, and of each mention the place of its first marker, -1 where it is cut off."""

    ids: tuple[int, ...]
    places: tuple[int, ...]


def markers(tokenizer: Any) -> int:
    """The id of the first marker: those of type k are `markers + 2k` and one more."""
    size: int = tokenizer.get_vocab_size()
    return size


def mark(text: str, mentions: Sequence[Place], tokenizer: Any, topic: tuple[str, str] | None = None) -> Marked:
    """The unit `text` with its `mentions`, which come in order and do not overlap.

    `topic` is the name and the type of what the document is about, where the unit does not name it: it is read before
    the text, and is the first of the mentions then.
    """
    first = markers(tokenizer)
    ids = [tokenizer.token_to_id("[CLS]")]
    places = []
    if topic is not None:
        name, type = topic
        places.append(len(ids))
        kind = first + 2 * TYPES.index(type)
        ids += [kind, *tokenizer.encode(name, add_special_tokens=False).ids[: LENGTH // 8], kind + 1]
        ids += tokenizer.encode(":", add_special_tokens=False).ids
    encoded = tokenizer.encode(text, add_special_tokens=False)
    waiting = list(mentions)[::-1]
    inside: Place | None = None

    def close(until: int) -> None:
        nonlocal inside
        if inside is not None and inside.end <= until:
            ids.append(first + 2 * TYPES.index(inside.type) + 1)
            inside = None

    for id, (start, end) in zip(encoded.ids, encoded.offsets, strict=True):
        close(start)
        # Two mentions within one token are marked one behind the other.
        while waiting and waiting[-1].start < end:
            close(waiting[-1].start)
            if inside is not None:
                close(inside.end)
            inside = waiting.pop()
            places.append(len(ids))
            ids.append(first + 2 * TYPES.index(inside.type))
        ids.append(id)
    close(len(text))
    places += [-1] * len(waiting)
    ids = [*ids[: LENGTH - 1], tokenizer.token_to_id("[SEP]")]
    return Marked(tuple(ids), tuple(place if place < LENGTH - 1 else -1 for place in places))
