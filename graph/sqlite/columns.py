"""Which field of the model is which column of the SQLite store, and how it is encoded: said here once.

The tables, the statements that fill and read them, and the rows on either side are made from these.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import fields as model_fields
from operator import attrgetter
from typing import Any, Generic, TypeVar, cast, get_args

from graph.model import Assertion, Entity, Mention, Name, PassageNode, Source
from text.context.judgement import Certainty, Experiencer, Polarity

Row = tuple[Any, ...]
T = TypeVar("T")
_TEXT, _NUMBER, _REAL = "TEXT NOT NULL", "INTEGER NOT NULL", "REAL NOT NULL"


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `field` is the model's, empty where the store adds the column.

    `given`: what is kept is a key, which the writer gives; `shown` is then the expression that is read in its place.
    """

    name: str
    type: str
    field: str = ""
    given: bool = False
    shown: str = ""
    encode: Callable[[Any], Any] | None = None
    decode: Callable[[Any], Any] | None = None


class Table(Generic[T]):
    """A table that keeps things of one class; `alias` is its name in statements that read it."""

    def __init__(self, name: str, alias: str, made: Callable[..., T], columns: Sequence[Column]) -> None:
        self.name, self._made = name, made
        self._columns = columns
        by_field = {column.field: column for column in columns}
        fields = [by_field[field.name] for field in model_fields(cast(Any, made)) if field.name in by_field]
        names = [column.field for column in fields]
        self._read = [(place, column.decode) for place, column in enumerate(fields) if column.decode]
        self._access = names.index("access") if "access" in names else None
        written = [column for column in columns if not column.given]
        self._values = attrgetter(*(column.field for column in written))
        self._encoded = [(place, column.encode) for place, column in enumerate(written) if column.encode]
        order = [column.name for column in written] + [column.name for column in columns if column.given]
        self._order = order
        self._given = order[len(written) :]
        self.shown = ", ".join(column.shown or f"{alias}.{column.name}" for column in fields)
        """What `thing` makes a thing of, to stand in a SELECT."""
        self.definition = ", ".join(f"{column.name} {column.type}" for column in columns)

        self.excluded = ", ".join(f"{name} = excluded.{name}" for name in order)
        """To stand after ON CONFLICT DO UPDATE SET."""

    def insert(self, verb: str = "INSERT") -> str:
        """The statement that writes what `row` gives."""
        places = ", ".join("?" * len(self._order))
        return f"{verb} INTO {self.name} ({', '.join(self._order)}) VALUES ({places})"

    def row(self, thing: T, **given: object) -> Row:
        """`given` holds the keys by the names of their columns."""
        values = [*self._values(thing), *map(given.__getitem__, self._given)]
        for place, encode in self._encoded:
            values[place] = encode(values[place])
        return tuple(values)

    def thing(self, row: Iterable[Any], labels: Callable[[int], frozenset[str]]) -> T:
        """`labels` gives the access labels of a key."""
        values = list(row)
        for place, decode in self._read:
            values[place] = decode(values[place])
        if self._access is not None:
            values[self._access] = labels(values[self._access])
        return self._made(*values)  # in the order of the model's fields, as `shown` is


def _word(name: str, words: Sequence[str]) -> Column:
    """A word of a short list, kept as its place there."""
    codes: Mapping[str, int] = {word: code for code, word in enumerate(words)}
    return Column(name, _NUMBER, name, encode=codes.__getitem__, decode=words.__getitem__)


_POLARITY = _word("polarity", get_args(Polarity))
_CERTAINTY = _word("certainty", get_args(Certainty))
_EXPERIENCER = _word("experiencer", get_args(Experiencer))
_ACCESS = Column("access", _NUMBER, "access", given=True)
AFFIRMED, NEGATED = (get_args(Polarity).index(word) for word in ("affirmed", "negated"))


def _pairs(text: str) -> tuple[tuple[str, str], ...]:
    return tuple((name, value) for name, value in json.loads(text)) if text else ()


def _synonyms(names: Iterable[Name]) -> str:
    return json.dumps([[name.text, name.language] for name in dict.fromkeys(names)])


def _names(text: str) -> tuple[Name, ...]:
    return () if text == "[]" else tuple(Name(*pair) for pair in json.loads(text))


SOURCE = Table(
    "source",
    "s",
    Source,
    (
        Column("id", f"{_TEXT} UNIQUE", "id"),
        Column("kind", _TEXT, "kind"),
        Column("title", _TEXT, "title"),
        Column("version", _TEXT, "version"),
        Column("licence", _TEXT, "licence"),
        Column("year", "INTEGER", "year"),
        Column("language", _TEXT, "language"),
        Column("url", _TEXT, "url"),
        Column("retracted", _NUMBER, "retracted", encode=int, decode=bool),
        _ACCESS,
    ),
)
DECLARATION = Table(
    "declaration",
    "d",
    Entity,
    (
        Column("entity", _NUMBER, given=True),
        Column("place", _NUMBER, given=True),
        Column("source", _TEXT, given=True),
        Column("declared", _TEXT, "id"),
        Column("type", _TEXT, "type"),
        Column("name", _TEXT, "name"),
        Column("synonyms", _TEXT, "synonyms", encode=_synonyms, decode=_names),
        Column(
            "xrefs",
            _TEXT,
            "xrefs",
            encode=lambda xrefs: json.dumps(sorted(set(xrefs))),
            decode=lambda text: () if text == "[]" else tuple(json.loads(text)),
        ),
        Column("definition", _TEXT, "definition"),
        _ACCESS,
    ),
)
PASSAGE = Table(
    "passage",
    "p",
    PassageNode,
    (
        Column("id", _TEXT, "id"),
        Column("source", _NUMBER, "document", given=True, shown="s.id"),
        Column("section", _TEXT, "section"),
        Column("start_at", _NUMBER, "start"),
        Column("end_at", _NUMBER, "end"),
        Column("text", _TEXT, "text"),
        _ACCESS,
    ),
)
MENTION = Table(
    "mention",
    "m",
    Mention,
    (
        Column("source", _NUMBER, given=True),
        Column("passage", _TEXT, "passage"),
        Column("start_at", _NUMBER, "start"),
        Column("end_at", _NUMBER, "end"),
        Column("entity", _NUMBER, "entity", given=True, shown="e.id"),
        Column("surface", _TEXT, "surface"),
        Column("score", _REAL, "score"),
        _POLARITY,
        _CERTAINTY,
        _EXPERIENCER,
        Column("tagger", _TEXT, "tagger"),
        Column("reason", _TEXT, "reason"),
        Column("access", _NUMBER, given=True),
    ),
)
ASSERTION = Table(
    "assertion",
    "a",
    Assertion,
    (
        Column("source", _NUMBER, "source", given=True, shown="c.id"),
        Column("id", _TEXT, "id"),
        Column("subject", _NUMBER, "subject", given=True, shown="s.id"),
        Column("predicate", _NUMBER, "predicate", given=True, shown="p.name"),
        Column("object", _NUMBER, "object", given=True, shown="o.id"),
        _POLARITY,
        _CERTAINTY,
        _EXPERIENCER,
        Column("confidence", _REAL, "confidence"),
        _ACCESS,
        Column("sentence", _TEXT, "sentence"),
        Column(
            "qualifiers",
            _TEXT,
            "qualifiers",
            encode=lambda pairs: json.dumps(pairs) if pairs else "",
            decode=_pairs,
        ),
        Column("passage", _TEXT, "passage"),
        Column("start_at", _NUMBER, "start"),
        Column("end_at", _NUMBER, "end"),
        Column("record", _TEXT, "record"),
        Column("extractor", _TEXT, "extractor"),
    ),
)
"""Short columns first: what a relation is computed from is read without the texts."""
