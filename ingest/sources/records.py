"""What readers of every format check of a record, and say of one that is not as it should be."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

from ingest.errors import MalformedFile
from ingest.model import Failure
from ingest.sources.files.files import rest
from ingest.sources.files.nesting import refused

NO_CURIE = "an id that is not of the form PREFIX:local"

NO_YAML = (ValueError, LookupError, TypeError, AttributeError, ArithmeticError, RecursionError)
"""What comes of a YAML with a value that is not of the kind it is tagged as, beside the library's own error."""

V = TypeVar("V")
R = TypeVar("R")


class Wrong(ValueError):
    """What is wrong with a record, in words that hold nothing of it."""


def to_the_break(values: Iterator[V], read: Callable[[V, int], R]) -> Iterator[R | Failure]:
    """What `read` makes of each value and its number from 1; where they break off, a Failure that says how far."""
    entry = 0
    try:
        for value in values:
            entry += 1
            yield read(value, entry)
    except MalformedFile as error:
        yield rest(error, f"entry {entry}" if entry else "")


def parsed(line: str) -> dict[str, Any]:
    """The JSON object of a line. Raises Wrong."""
    if reason := refused(line):
        raise Wrong(reason)
    try:
        value = json.loads(line, parse_constant=_refuse_constant)
    except json.JSONDecodeError as error:
        raise Wrong(f"not JSON: {error.msg} at column {error.colno}") from None
    except Wrong:
        raise
    except ValueError:
        raise Wrong("a number of too many digits") from None
    except RecursionError:
        raise Wrong("nested too deeply") from None
    if not isinstance(value, dict):
        raise Wrong("not a JSON object")
    return value


def _refuse_constant(name: str) -> Any:
    raise Wrong(f"{name} is no JSON value")


def whole(value: Any) -> bool:
    """Whether a value of JSON is a whole number; `true` is none."""
    return isinstance(value, int) and not isinstance(value, bool)


def object_of(value: Any) -> dict[str, Any]:
    """The value, which has to be an object. Raises Wrong."""
    if not isinstance(value, dict):
        raise Wrong("a value where an object is expected")
    return value


def objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects listed under a key; none where it is missing. Raises Wrong."""
    values = holder.get(key) or []
    if not isinstance(values, list):
        raise Wrong(f"{key} is no list")
    return [object_of(value) for value in values]


def listed(holder: dict[str, Any], key: str) -> list[str]:
    """What is listed under a key, as text; nothing where it is missing. Raises Wrong."""
    values = holder.get(key) or []
    if not isinstance(values, list):
        raise Wrong(f"{key} is no list")
    return [str(value) for value in values]


def writable(value: V) -> V:
    """The value of JSON, all of whose texts have to be such as can be written. Raises Wrong."""
    proved(json.dumps(value, ensure_ascii=False, default=str), "a value that")
    return value


def proved(text: str, what: str = "a text that") -> str:
    """The text, which has to be one that can be written. Raises Wrong; `what` begins its sentence."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise Wrong(f"{what} holds half of a surrogate pair") from None
    return text
