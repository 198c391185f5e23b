"""The narratives in FHIR resources: text attached to a DocumentReference or a DiagnosticReport.

They are taken as they were written. Names and dates in them are not masked, so they carry the patient's access label
like everything else about the patient.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Iterable, Mapping
from html.parser import HTMLParser
from typing import Any

from ingest.model import Section
from ingest.sources.fhir.facts import Refused
from ingest.sources.fhir.resource import Resource

PLAIN = ("text/plain", "text/markdown")
HTML = ("text/html", "application/xhtml+xml")

_MIME = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
_CHARSET = re.compile(r"charset=\"?([\w-]{1,30})", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")
_BLOCKS = frozenset((
    "address", "article", "blockquote", "br", "dd", "div", "dl", "dt", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "li",
    "ol", "p", "pre", "section", "table", "tr", "ul",
))  # fmt: skip
_SILENT = frozenset(("script", "style", "title", "head"))


def notes(resource: Resource) -> list[Section]:
    """The sections of a DocumentReference's or DiagnosticReport's narrative; empty where a report has none.

    The attachments of a resource are one text in several forms: the plainest that can be read is taken. Raises Refused
    where there is none, with the content types that are there.
    """
    if resource["resourceType"] == "DocumentReference":
        attached = [content.get("attachment") or {} for content in resource.get("content", ())]
        return [Section("note", _plainest(attached))]
    sections = []
    if isinstance(conclusion := resource.get("conclusion"), str) and (text := _tidy(conclusion)):
        sections.append(Section("conclusion", text))
    if forms := resource.get("presentedForm"):
        sections.append(Section("note", _plainest(forms)))
    return sections


def flatten(html: str) -> str:
    """The text of an HTML page: a line for each block, without scripts and styles."""
    parser = _Text()
    parser.feed(html)
    parser.close()
    return _tidy("\n".join(" ".join(line.split()) for line in "".join(parser.parts).split("\n")))


def _plainest(attached: Iterable[Mapping[str, Any]]) -> str:
    readable: list[tuple[int, str, Mapping[str, Any]]] = []
    others: list[str] = []
    for attachment in attached:
        content_type = str(attachment.get("contentType") or "")
        type = content_type.split(";")[0].strip().lower()
        if type not in PLAIN + HTML:
            others.append(type if _MIME.fullmatch(type) else "no content type")
        elif not attachment.get("data"):
            others.append(
                f"{type} by address, which is not fetched" if attachment.get("url") else f"{type} without data"
            )
        else:
            readable.append((type in HTML, content_type, attachment))
    if not readable:
        raise Refused(f"no attached text; there is: {', '.join(others) or 'nothing'}")
    html, content_type, attachment = min(readable, key=lambda form: form[0])
    charset = _CHARSET.search(content_type)
    try:
        text = base64.b64decode("".join(str(attachment["data"]).split()), validate=True).decode(
            charset[1] if charset else "utf-8-sig"
        )
    except (binascii.Error, UnicodeDecodeError, LookupError) as error:
        raise Refused(f"attached {content_type.split(';')[0]} that cannot be decoded ({type_of(error)})") from None
    text = flatten(text) if html else _tidy(text)
    if not text:
        raise Refused("attached text that is empty")
    return text


def type_of(error: Exception) -> str:
    """What went wrong, without the bytes it went wrong on."""
    if isinstance(error, UnicodeDecodeError):
        return f"not {error.encoding}"
    return "unknown character set" if isinstance(error, LookupError) else "not base64"


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.parts.append("\n")
        elif tag in ("td", "th"):
            self.parts.append(" ")

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in _SILENT and self._silent > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            # A line feed in HTML is a blank; the blocks make the lines.
            self.parts.append(data.replace("\n", " "))
