"""Questions with what a right answer holds: a JSON object a line."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from ingest.errors import MalformedFile, UnreadableSource

Alternatives = tuple[str, ...]
"""Words any of which will do."""
_SHAPES = {
    "yesno": "yes_no", "yn": "yes_no", "boolean": "yes_no", "truefalse": "true_false", "tf": "true_false",
    "choice": "choice", "multiplechoice": "choice", "mcq": "choice", "mc": "choice", "list": "list", "count": "count",
    "code": "code", "value": "value", "number": "value",
}  # fmt: skip
"""The types by which an answer is measured in a way of its own, as sets of questions name them."""
_YES, _TRUE = ("yes", "no", "maybe"), ("true", "false")


@dataclass(frozen=True, slots=True)
class Gold:
    """A question. What is not told of its answer is empty."""

    id: str
    question: str
    kind: str = ""
    """By which results are counted apart; the type where the file names no kind."""
    shape: str = ""
    answer: tuple[Alternatives, ...] = ()
    """A verdict, a letter, a number or a code is one member, a list is several, each with its other names."""
    choices: tuple[str, ...] = ()
    conversation: tuple[str, ...] = ()
    patient: str = ""
    language: str = ""
    must: tuple[Alternatives, ...] = ()
    must_not: tuple[Alternatives, ...] = ()
    abstain: bool = False
    evidence: tuple[str, ...] = ()
    """Sources that hold the answer, by their ids."""


def questions_in(path: Path) -> list[Gold]:
    """The questions of a file, in order. Raises UnreadableSource, and MalformedFile naming the line that is none, or
    that bears an id for the second time."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UnreadableSource(str(path), getattr(error, "strerror", None) or str(error)) from error
    golds: dict[str, Gold] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip():
            continue
        try:
            gold = _gold(json.loads(line))
        except (ValueError, TypeError, KeyError) as error:
            wrong = f"no question ({_told(error)})"
            raise MalformedFile(str(path), f"line {number}", wrong) from error
        if gold.id in golds:
            raise MalformedFile(str(path), f"line {number}", f"the id {gold.id} a second time")
        golds[gold.id] = gold
    return list(golds.values())


def _told(error: Exception) -> str:
    return f"{error.args[0]} is missing" if isinstance(error, KeyError) else str(error)


def _gold(row: object) -> Gold:
    if not isinstance(row, Mapping):
        raise TypeError("not a JSON object")
    type = str(row.get("type") or "")
    answer = row.get("answer")
    return Gold(
        id=str(row["id"]),
        question=str(row["question"]),
        kind=str(row.get("kind") or type or "text"),
        shape=_shape(type, row, answer),
        answer=_members([] if answer is None or answer == "" else answer if isinstance(answer, list) else [answer]),
        choices=_choices(row.get("choices")),
        conversation=tuple(_turn(turn) for turn in row.get("conversation") or ()),
        patient=str(row.get("patient") or ""),
        language=str(row.get("language") or ""),
        must=_members(_several(row.get("must"))),
        must_not=_members(_several(row.get("must_not"))),
        abstain=bool(row.get("abstain")),
        evidence=tuple(str(id) for id in _several(row.get("gold_evidence"))),
    )


def _shape(type: str, row: Mapping[str, object], answer: object) -> str:
    """The shape that the type names; without one, what the answer is."""
    plain = type.casefold().replace("_", "").replace("-", "").replace("/", "").replace(" ", "")
    if plain in _SHAPES:
        return _SHAPES[plain]
    if row.get("choices") and answer is not None:
        return "choice"
    written = _written(answer).casefold() if isinstance(answer, str | bool) else ""
    return "yes_no" if written in _YES else "true_false" if written in _TRUE else "list" if _lists(answer) else ""


def _lists(answer: object) -> bool:
    return isinstance(answer, list) and len(answer) > 1


def _several(value: object) -> list[object]:
    return [] if value is None else list(value) if isinstance(value, list | tuple) else [value]


def _choices(value: object) -> tuple[str, ...]:
    """In the order of their letters, where they come by letter."""
    if isinstance(value, Mapping):
        return tuple(str(value[letter]) for letter in sorted(value))
    return tuple(str(choice) for choice in _several(value))


def _turn(turn: object) -> str:
    """What somebody asked before: a text, or a message as chats have it."""
    if isinstance(turn, Mapping):
        return str(turn.get("content") or turn.get("question") or turn.get("text") or "")
    return str(turn)


def _members(values: Iterable[object]) -> tuple[Alternatives, ...]:
    members = []
    for value in values:
        several = [str(one) for one in value] if isinstance(value, list) else _written(value).split("|")
        members.append(tuple(one.strip() for one in several if one.strip()))
    return tuple(member for member in members if member)


def _written(value: object) -> str:
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
