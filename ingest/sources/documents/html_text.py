"""The blocks of an HTML page, as a reader sees them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import cast

from lxml import etree

from ingest.sources.documents.blocks import Block, Kind, broken
from ingest.sources.files.characters import visible
from ingest.sources.files.formulas import of_math
from ingest.sources.files.raised import lowered, raised

_SILENT = frozenset(
    ("head", "script", "style", "nav", "noscript", "template", "svg", "canvas", "iframe", "object", "select", "button",
     "audio", "video", "map", "title", "datalist", "del", "s", "strike")
)  # fmt: skip
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_BLOCKS = _HEADINGS | frozenset(
    ("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dialog", "div", "dl",
     "dt", "fieldset", "figcaption", "figure", "footer", "form", "header", "hgroup", "hr", "html", "legend", "li",
     "main", "menu", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul")
)  # fmt: skip
_HIDDEN = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|text-decoration(?:-line)?\s*:[^;]{0,100}line-through", re.IGNORECASE
)
_BREAK = "\x00"
"""A line break of the page, which its text cannot hold."""


def blocks(root: etree._Element) -> Iterator[Block]:
    """The blocks of a page or a part of one, in order."""
    yield from _Walk().blocks(root)


def line(element: etree._Element | None) -> str:
    """The text of an element as one line."""
    if element is None:
        return ""
    return " ".join("".join(cast(Iterator[str], element.itertext())).split())


class _Walk:
    """A walk over a page.

    It holds the text of the block that it stands in, the marks of the lists around it, and what of a raised text came.
    """

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._kind: Kind = "paragraph"
        self._mark = ""
        self._high = ""
        self._number = 0

    def blocks(self, root: etree._Element) -> Iterator[Block]:
        yield from self._of(root)
        yield from self._end()

    def within(self, element: etree._Element) -> Iterator[Block]:
        yield from self._children(element)
        yield from self._end()

    def _of(self, element: etree._Element) -> Iterator[Block]:
        tag = element.tag.lower() if isinstance(element.tag, str) else ""
        if tag == "math":
            self._pieces.append(of_math(element, "".join(self._pieces[-8:])))
        if not tag or tag == "math" or tag in _SILENT or _is_hidden(element):
            return
        match tag:
            case "br":
                self._pieces.append(_BREAK)
            case "input":
                if (element.get("type") or "").lower() in ("checkbox", "radio"):
                    self._pieces.append("[x] " if element.get("checked") is not None else "[ ] ")
            case "sup":
                self._raise(element)
            case "sub":
                lowered(self._pieces, " ".join(_flat(element).split()))
            case "tr" if not _is_layout(element):
                yield from self._end()
                cells = [" ".join(_flat(cell).split()) for cell in element if cell.tag in ("td", "th")]
                if any(cells):
                    yield Block("row", "\t".join(cells))
            case "pre":
                yield from self._end()
                written = "".join(cast(Iterator[str], element.itertext()))
                yield from broken("paragraph", visible(written).split("\n"))
            case _ if tag in _BLOCKS:
                yield from self._end()
                yield from self._block(element, tag)
                yield from self._end()
            case _:
                yield from self._children(element)

    def _block(self, element: etree._Element, tag: str) -> Iterator[Block]:
        outer = self._kind, self._mark
        if tag in _HEADINGS:
            self._kind = "heading"
        elif tag in ("li", "dd"):
            self._kind, self._mark = "entry", _mark(element, self._number)
        elif tag in ("td", "th", "table"):
            self._kind = "paragraph"
        yield from self._children(element)
        yield from self._end()
        self._kind, self._mark = outer

    def _children(self, element: etree._Element) -> Iterator[Block]:
        self._pieces.append(element.text or "")
        number = _first_number(element)
        for child in element:
            if child.tag == "li":
                self._number, number = number, number + 1
            yield from self._of(child)
            self._pieces.append(child.tail or "")

    def _raise(self, element: etree._Element) -> None:
        before, after = "".join(self._pieces[-8:]), element.tail or ""
        if not _is_reference(element):
            self._high += " ".join(_flat(element).split())
            following = element.getnext()
            if after or following is None or following.tag != "sup":  # one power may be cut in two
                self._pieces.append(raised(before, self._high, after))
                self._high = ""
        elif before[-1:].strip() and after[:1].isalnum():
            self._pieces.append(" ")

    def _end(self) -> Iterator[Block]:
        text, self._pieces = "".join(self._pieces), []
        for block in broken(self._kind, visible(text).split(_BREAK), self._mark):
            yield block
            self._mark = ""


def _flat(element: etree._Element) -> str:
    """The text of an element whose blocks do not matter, with blanks between them."""
    return " ".join(block.text for block in _Walk().within(element))


def _mark(element: etree._Element, number: int) -> str:
    parent = element.getparent()
    return "- " if parent is None or parent.tag != "ol" else f"{number}. "


def _first_number(element: etree._Element) -> int:
    start = element.get("start") or "1"
    return int(start) if start.isdecimal() and len(start) < 6 else 1


def _is_hidden(element: etree._Element) -> bool:
    kinds = (element.get("class") or "").split()
    if "katex-html" in kinds:  # a formula drawn, beside the same in MathML
        return True
    if element.get("hidden") is not None or (element.get("role") or "").lower() == "navigation":
        return True
    # Wikis hide the MathML of a formula behind a picture of it.
    drawn = any(kind.startswith("mwe-math-mathml") for kind in kinds)
    return bool(_HIDDEN.search(element.get("style") or "")) and not drawn


def _is_layout(row: etree._Element) -> bool:
    """Whether a row only places parts of the page side by side."""
    return next(row.iter("table", "ul", "ol", *_HEADINGS), None) is not None


def _is_reference(raised_text: etree._Element) -> bool:
    """Whether raised text only links to notes of the page: disease<sup><a href="#r1">1</a></sup>."""
    own = (raised_text.text or "") + "".join(child.tail or "" for child in raised_text)
    links = [link for link in raised_text.iter("a") if (link.get("href") or "").startswith("#")]
    return bool(links) and not re.search(r"\w", own)
