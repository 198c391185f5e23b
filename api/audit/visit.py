"""One request or command: its id, who makes it and for what, and what it touched.

The doors put it into the context of whatever works for it, so that no use case passes it on: `current()` is what the
running code works for.
"""

from __future__ import annotations

import functools
import re
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Literal, ParamSpec, TypeVar

from pydantic import BaseModel

from api.callers.model import Caller

Door = Literal["http", "cli", "job"]
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_PURPOSE = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_CURIE = re.compile(r"[A-Za-z][A-Za-z0-9._-]*:(?!//)\S+")
MOST = 1000
"""So many ids of what is touched are remembered; of the rest only that there were more."""
_Body = TypeVar("_Body", bound=BaseModel)
_Args = ParamSpec("_Args")


@dataclass(slots=True)
class Visit:
    """What a door knows of a request before its body is read, and what is added to it on the way."""

    id: str
    """The client's `X-Request-ID` where it is a plain word, else a random one."""
    caller: Caller
    purpose: str = ""
    """The client's `X-Purpose-Of-Use` where it is a plain word, else empty."""
    door: Door = "http"
    question: str = ""
    """What is asked: the trail keeps a keyed hash of it."""
    touched: set[str] = field(default_factory=set)
    """The ids of documents, entities and patients that were used."""
    more: bool = False
    """Whether more was touched than is remembered."""
    outcome: str = ""
    """Of a question: why it was not answered, in one word, or `answered`."""
    counts: dict[str, int] = field(default_factory=dict)
    """How many were added, deleted and so on."""

    def touch(self, ids: Iterable[str | None]) -> None:
        """Note what was used."""
        for id in ids:
            if id and len(self.touched) < MOST:
                self.touched.add(id)
            elif id and id not in self.touched:
                self.more = True

    def seen(self, body: _Body) -> _Body:
        """Note the ids in what is sent out, and give it back."""
        self.touch(_ids(body))
        return body

    def count(self, counts: Mapping[str, int]) -> None:
        """Note how many were changed, by what befell them."""
        for what, number in counts.items():
            if number:
                self.counts[what] = self.counts.get(what, 0) + number


_current: ContextVar[Visit | None] = ContextVar("visit", default=None)


def current() -> Visit | None:
    """What the running code works for, if a door said so."""
    return _current.get()


def asks(question: str, patient: str | None = None) -> None:
    """Note what is asked, and of whom, for whatever the running code works for."""
    if visit := _current.get():
        visit.question = question
        visit.touch([patient])


def ended(outcome: str) -> None:
    """Note what became of the question that is worked for."""
    if visit := _current.get():
        visit.outcome = outcome


def seen(body: _Body) -> _Body:
    """Note the ids in what is sent out for whatever the running code works for, and give it back."""
    visit = _current.get()
    return body if visit is None else visit.seen(body)


def noted(function: Callable[_Args, _Body]) -> Callable[_Args, _Body]:
    """A use case whose result goes out: the ids in it are noted for whatever the running code works for."""

    @functools.wraps(function)
    def called(*args: _Args.args, **options: _Args.kwargs) -> _Body:
        return seen(function(*args, **options))

    return called


@contextmanager
def working_for(visit: Visit) -> Iterator[Visit]:
    """Have what runs inside work for `visit`."""
    token = _current.set(visit)
    try:
        yield visit
    finally:
        _current.reset(token)


def request_id(sent: str) -> str:
    """What a request is called in the response, the log and the trail."""
    return sent if _ID.fullmatch(sent) else secrets.token_hex(8)


def purpose(sent: str) -> str:
    """What the client says that it asks for."""
    return sent if _PURPOSE.fullmatch(sent) else ""


_NAMED = frozenset({"id", "document", "source", "subject", "object", "entity", "patient", "entities"})


def _ids(value: object, name: str = "") -> Iterator[str]:
    """The ids of the graph's and the passages' things in a body, by the names of their fields."""
    match value:
        case BaseModel():
            for field_name in type(value).model_fields:
                yield from _ids(getattr(value, field_name), field_name)
        case str():
            if name in _NAMED and _CURIE.fullmatch(value):
                yield value
        case Mapping():
            for key, one in value.items():
                yield from _ids(one, str(key))
        case list() | tuple() | set() | frozenset():
            for one in value:
                yield from _ids(one, name)
        case _:
            return
