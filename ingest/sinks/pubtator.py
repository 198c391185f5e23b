"""PubTator text: title and abstract, a line a mention, a line a relation, and a blank line behind each document.

    12345678|t|A title.
    12345678|a|An abstract.
    12345678	2	7	title	Disease	D000001
    12345678	CID	D000002	D000001

A document is cut into the two at the end of its title, or else at its first line feed, or at the next one where that
stands in a mention: offsets are those of its text. What would break a line, or a cell, is written as one blank.

The form has words for six types and none for a denial: mentions of other types and denied relations are left out.
"""

from __future__ import annotations

import re
from urllib.parse import quote

from ingest.model import Document
from ingest.sinks.ids import Ids
from ingest.sinks.model import Place, Tagged, places, pubtator_type

# All that str.splitlines and universal newlines break at.
_LINE_END = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAKS_CELL = re.compile("[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_BREAKS_NAME = re.compile("[|\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]|^\\s|\\s$|^$")


class PubTator:
    """Keeps `ingest.sinks.model.Sink`."""

    version = "pubtator/1"

    def __init__(self, ids: Ids) -> None:
        self._ids = ids

    def opening(self) -> str:
        return ""

    def document(self, tagged: Tagged, *, first: bool) -> str:
        name = name_of(tagged.name)
        typed = [(place, type) for place in places(tagged) if (type := pubtator_type(place.mention))]
        mentions = [place for place, _ in typed]
        text = _unbroken(tagged.document.text, mentions)
        cut = _title_end(tagged.document, mentions)
        lines = [f"{name}|t|{text[:cut]}", f"{name}|a|{text[cut + 1 :]}"]
        for place, type in typed:
            surface = text[place.start : place.end]
            lines.append(f"{name}\t{place.start}\t{place.end}\t{surface}\t{type}\t{self._joined(place)}")
        stated: dict[str, None] = {}
        for finding in tagged.findings:
            if finding.polarity == "affirmed":
                ends = f"{_cell(self._ids.written(finding.subject))}\t{_cell(self._ids.written(finding.object))}"
                stated[f"{name}\t{_cell(finding.label or finding.predicate)}\t{ends}"] = None
        return "\n".join((*lines, *stated, "\n"))

    def closing(self) -> str:
        return ""

    def _joined(self, place: Place) -> str:
        return "|".join(dict.fromkeys(_cell(self._ids.written(entity)) for entity in place.entities)) or "-"


def name_of(name: str | int) -> str:
    """A document's name as it can stand at the beginning of a line; percent signs escape what cannot."""
    plain = str(name)
    return quote(plain, safe="/:") if _BREAKS_NAME.search(plain) else plain


def _title_end(document: Document, mentions: list[Place]) -> int:
    """The end of the title, or the first line feed behind it that stands in no mention, or the end."""
    text, sections = document.text, document.sections
    end = len(sections[0].text) if sections and sections[0].name == "title" else text.find("\n")
    while 0 <= end < len(text) and any(place.start <= end < place.end for place in mentions):
        end = text.find("\n", end + 1)
    return end if end >= 0 else len(text)


def _unbroken(text: str, mentions: list[Place]) -> str:
    """The text on one line; a tab within a mention is a blank too."""
    text = _LINE_END.sub(" ", text)
    for place in mentions:
        if "\t" in text[place.start : place.end]:
            inside = text[place.start : place.end].replace("\t", " ")
            text = text[: place.start] + inside + text[place.end :]
    return text


def _cell(text: str) -> str:
    return _BREAKS_CELL.sub(lambda match: quote(match[0]), text)
