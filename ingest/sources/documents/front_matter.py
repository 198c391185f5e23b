"""The front matter of Markdown: metadata in YAML (`---`), TOML (`+++`) or JSON, before the text.

A rule at the top of a text is none, and neither is a heading underlined with dashes: front matter stands on the first
line, no empty line follows its fence, and what is in it is keys and values.
"""

from __future__ import annotations

import json
import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from ingest.sources.records import NO_YAML, proved

LIMIT = 1 << 16
"""The longest front matter, in characters."""

_FENCED = re.compile(r"(---|\+\+\+)[ \t]*\n(?![ \t]*\n)(?:(.*?)\n)??(---|\+\+\+|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
# Much of what is meant as YAML is none, such as a colon in a title without quotes.
_KEYED = re.compile(r"[\w.-][\w .-]*:(?:\s.*)?|\s+\S.*|\s*-\s.*|\s*#.*|\s*")
_PAIR = re.compile(r"([\w.-]+)[ \t]*:[ \t]+(.*\S)")


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What front matter says. `end` is where the text begins, 0 where there is none."""

    end: int
    values: Mapping[str, Any] = field(default_factory=dict)
    """By key in lower case."""

    @property
    def title(self) -> str:
        title = self.values.get("title")
        try:
            return " ".join(proved(str(title)).split()) if isinstance(title, str | int | float) else ""
        except ValueError:  # half of a surrogate pair, or a number of too many digits
            return ""


def front_matter(text: str) -> FrontMatter:
    """The front matter of `text`, whose lines end with line feeds."""
    if text.startswith("{"):
        return _json(text)
    fenced = _FENCED.match(text, 0, min(len(text), LIMIT))
    if fenced is None or (fenced[1] == "+++") != (fenced[3] == "+++"):
        return FrontMatter(0)
    body = fenced[2] or ""
    values = _toml(body) if fenced[1] == "+++" else _yaml(body)
    return FrontMatter(0) if values is None else FrontMatter(fenced.end(), _lower(values))


def _json(text: str) -> FrontMatter:
    try:
        values, end = json.JSONDecoder().raw_decode(text[:LIMIT])
    except (ValueError, RecursionError):
        return FrontMatter(0)
    line, _, _ = text[end:].partition("\n")
    if not isinstance(values, dict) or not values or line.strip():
        return FrontMatter(0)
    return FrontMatter(min(len(text), end + len(line) + 1), _lower(values))


def _toml(body: str) -> Mapping[str, Any] | None:
    try:
        return tomllib.loads(body)
    except (ValueError, RecursionError):
        return None


def _yaml(body: str) -> Mapping[str, Any] | None:
    import yaml

    try:
        # Merged again and again, what an anchor stands for doubles with each line. No front matter refers to itself.
        if any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(body, yaml.SafeLoader)):
            return None
        values = yaml.safe_load(body)
    except (yaml.YAMLError, *NO_YAML):
        lines = body.split("\n")
        if not all(_KEYED.fullmatch(line) for line in lines) or not any(_PAIR.match(line) for line in lines):
            return None
        pairs = (_PAIR.fullmatch(line) for line in lines)
        return {pair[1]: pair[2].strip("\"'") for pair in pairs if pair}
    if values is None:
        return {}
    return values if isinstance(values, dict) else None


def _lower(values: Mapping[Any, Any]) -> dict[str, Any]:
    return {key.strip().lower(): value for key, value in values.items() if isinstance(key, str)}
