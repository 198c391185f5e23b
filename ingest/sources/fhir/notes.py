"""The narratives in FHIR resources: text attached to a DocumentReference or a DiagnosticReport.

They are taken as they were written. Names and dates in them are not masked, so they carry the patient's access label
like everything else about the patient.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Mapping
from typing import Any

from ingest.model import Section
from ingest.sources.documents.html import page_text
from ingest.sources.fhir.resource import Resource
from ingest.sources.fhir.standing import Refused
from ingest.sources.records import Wrong, proved

PLAIN = ("text/plain", "text/markdown")
HTML = ("text/html", "application/xhtml+xml")

_MIME = re.compile(r"[\w.+-]{1,60}/[\w.+-]{1,60}")
_CHARSET = re.compile(r"charset=\"?([\w-]{1,30})", re.IGNORECASE)
_ENCODED = 16
"""No shorter text, in characters, is taken for one that is encoded."""
_BASE64 = re.compile(r"[A-Za-z0-9+/]+={0,2}")
_PAGE = re.compile(r"\s*<(?:!doctype html|html|head|body|p|div|h[1-6]|ul|ol|table|span)\b[^<>]*>", re.IGNORECASE)
_BLANK_LINES = re.compile(r"\n\s*\n\s*\n+")


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
        proved(text)  # a character set such as unicode_escape makes half of a surrogate pair
    except (ValueError, LookupError) as error:
        raise Refused(f"attached {content_type.split(';')[0]} that cannot be decoded ({type_of(error)})") from None
    text = _once(text)
    try:
        text = page_text(text) if html or _PAGE.match(text) else _tidy(text)
        if html and _PAGE.match(text):
            text = page_text(text)  # a page that was escaped into another
    except Wrong as wrong:
        raise Refused(f"attached {content_type.split(';')[0]} with {wrong}") from None
    if not text:
        raise Refused("attached text that is empty")
    return text


def type_of(error: Exception) -> str:
    """What went wrong, without the bytes it went wrong on."""
    if isinstance(error, UnicodeDecodeError):
        return f"not {error.encoding}"
    if isinstance(error, UnicodeError | Wrong):
        return "not what its character set says"
    return "unknown character set" if isinstance(error, LookupError) else "not base64"


def _tidy(text: str) -> str:
    lines = [line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    return _BLANK_LINES.sub("\n\n", "\n".join(lines)).strip()


def _once(text: str) -> str:
    """The text that was meant where an attachment was encoded once too often; else the text as it is.

    Only a text of one piece that decodes to words is taken for one: a short word may well look encoded.
    """
    packed = "".join(text.split())
    if len(packed) < _ENCODED or " " in text.strip() or not _BASE64.fullmatch(packed):
        return text
    try:
        inner = base64.b64decode(packed, validate=True).decode("utf-8-sig")
    except ValueError:
        return text
    shown = "".join(inner.split())
    return inner if shown.isprintable() and (len(shown) < len(inner) or not shown.isascii()) else text
