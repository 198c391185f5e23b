"""Where the next page of a list begins: a word that means something only to the list that gave it."""

from __future__ import annotations

import base64
import hashlib
import json

from api.errors import BadCursor

LONGEST = 10**9
"""The last place a list is read from."""


def cursor(offset: int, *of: object) -> str:
    """The word for this place in the list that `of` tells apart from others: its name and what it was asked for."""
    body = json.dumps([offset, _digest(of)], separators=(",", ":"))
    return base64.urlsafe_b64encode(body.encode()).decode().rstrip("=")


def following(offset: int, shown: int, total: int, *of: object) -> str | None:
    """The word for the page behind this one; None where there is none."""
    return cursor(offset + shown, *of) if shown and offset + shown < total else None


def offset_of(word: str | None, *of: object) -> int:
    """The place that a word stands for, 0 without one. Raises BadCursor, also for a word of another list."""
    if word is None:
        return 0
    try:
        offset, digest = json.loads(base64.urlsafe_b64decode(word + "=" * (-len(word) % 4)))
    except (ValueError, TypeError, RecursionError) as error:
        raise BadCursor("not a cursor") from error
    if type(offset) is not int or not 0 <= offset <= LONGEST or digest != _digest(of):
        raise BadCursor("a cursor of another list")
    return offset


def _digest(of: tuple[object, ...]) -> str:
    return hashlib.blake2b(json.dumps(of, default=sorted, sort_keys=True).encode(), digest_size=6).hexdigest()
