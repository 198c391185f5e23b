"""The lines of an OBO file (https://owlcollab.github.io/oboformat/doc/obo-syntax.html): stanzas, values, quoted texts.

Real files escape half of what they should: a quote within a quoted text, braces in a name. So an end is looked for from
what must follow it, and what cannot be told is reported with its line and not dropped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ingest.model import Failure
from ingest.sources.files.files import lines

_ESCAPE = re.compile(r"\\(.)")
_CONTINUED = re.compile(r"(?<!\\)(?:\\\\)*\\$")
# Modifiers are `{name="value", …}`; braces without an equals sign are part of a name.
_TRAILING = re.compile(
    r'\s*(?<!\\)\{(?=[^{}]*=)(?:[^{}"\\]|\\.|"(?:[^"\\]|\\.)*")*\}\s*(?:(?<!\\)!(?:\s.*)?)?$|\s+(?<!\\)!\s.*$|\s+!$'
)
_STRICT = re.compile(r'"((?:[^"\\]|\\.)*)"(?=\s*(?:$|[\[{!]|[A-Za-z_]))\s*(.*)')
_SCOPED = re.compile(r'"(.*?)(?<!\\)"\s+((?:EXACT|BROAD|NARROW|RELATED)\b.*)')
_LISTED = re.compile(r'"(.*?)(?<!\\)"\s*(\[[^\[\]]*\]\s*(?:\{.*\}\s*)?(?:!.*)?)$')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a stanza, continued ones joined: the number of its first, and all of it."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Stanza:
    """`[Term]` with its lines; the header has no name."""

    name: str
    number: int
    lines: tuple[Line, ...]


def stanzas(path: Path, failures: list[Failure]) -> Iterator[Stanza]:
    """The header, then the stanzas.

    Lines that cannot be read go to `failures`. The stanza in which a damaged file ends is not given: it may lack lines.
    """
    name, number, body, whole = "", 1, list[Line](), True
    before: Line | None = None
    for item in lines(path):
        if isinstance(item, Failure):
            failures.append(item)
            whole = False
            continue
        text = item[1].strip()
        line = Line(before.number, before.text + text) if before else Line(item[0], text)
        before = Line(line.number, line.text[:-1]) if _CONTINUED.search(line.text) else None
        if before:
            continue
        if line.text.startswith("["):
            if whole:
                yield Stanza(name, number, tuple(body))
            name, number, body, whole = line.text.partition("]")[0] + "]", line.number, [], True
        elif line.text and not line.text.startswith("!"):
            body.append(line)
    if before:
        body.append(before)
    if whole:
        yield Stanza(name, number, tuple(body))


def bare(value: str) -> str:
    """The value without its trailing modifiers and comment, escapes still in it."""
    return _TRAILING.sub("", value).strip()


def plain(text: str) -> str:
    """The text without its escapes: `\\n` is a blank, any other escaped character is itself."""
    return _ESCAPE.sub(lambda m: " " if m[1] in "nWt" else m[1], text) if "\\" in text else text


def quoted(value: str) -> tuple[str, str] | None:
    """The quoted text at the beginning of a value, without escapes, and what follows it; None where its end cannot be
    told. A quote that is not escaped ends the text only where a scope or a list of references follows."""
    match = _SCOPED.match(value) or _STRICT.match(value) if '"' in value else None
    if match and match.re is _STRICT and '"' in match[2].partition("[")[0] and "{" not in match[2]:
        match = None
    match = match or _LISTED.match(value)
    return (plain(match[1]).strip(), match[2]) if match else None
