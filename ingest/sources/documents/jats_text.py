"""The running text of JATS elements: paragraphs, formulas, captions; what is no text is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from ingest.sources.files.markup import character, collapse, raised

Captioned: TypeAlias = list[etree._Element]
"""Figures and tables met on the way, whose captions become sections of their own."""

_MATH = "{http://www.w3.org/1998/Math/MathML}"
_CAPTIONED = frozenset(("fig", "fig-group", "table-wrap", "table-wrap-group"))
_BLOCK = frozenset(
    ("p", "list", "list-item", "def-list", "def-item", "term", "def", "disp-quote", "boxed-text", "statement",
     "speech", "verse-group", "verse-line", "sec", "title", "fn", "code", "preformat", "caption", "app", "notes")
)  # fmt: skip
# A formula stands in a file two or three times, as alternatives: MathML is read, the others are not.
_SILENT = frozenset(
    ("tex-math", "graphic", "inline-graphic", "media", "object-id", "alt-text", "long-desc", "label", "table", "array",
     "ref-list", "ref", "permissions", "supplementary-material", "inline-supplementary-material", "table-wrap-foot",
     "attrib", "index-term", f"{_MATH}annotation", f"{_MATH}annotation-xml")
)  # fmt: skip
_WORD = re.compile(r"\w")


def blocks(element: etree._Element, captioned: Captioned) -> Iterator[str]:
    """The paragraphs in `element`, in order; figures and tables met go to `captioned`."""
    if element.tag in _CAPTIONED:
        captioned.append(element)
        return
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return
    if element.tag not in _BLOCK:
        if text := inline(element):
            yield text
        return
    pieces = [element.text or ""]
    for child in element:
        if child.tag in _CAPTIONED:
            captioned.append(child)
        elif child.tag in _BLOCK:
            if text := collapse("".join(pieces)):
                yield text
            pieces = []
            yield from blocks(child, captioned)
        else:
            _run(child, pieces, notes=True)
        pieces.append(child.tail or "")
    if text := collapse("".join(pieces)):
        yield text


def inline(element: etree._Element | None, notes: bool = True) -> str:
    """The text of an element as one line, without raised reference numbers; without notes and marks if not `notes`."""
    if element is None:
        return ""
    pieces: list[str] = []
    _children(element, pieces, notes)
    return collapse("".join(pieces))


def caption(element: etree._Element) -> Iterator[tuple[str, str]]:
    """(`figure` or `table`, label and caption) for a figure or table, and for each in a group of them."""
    kind = "figure" if element.tag in ("fig", "fig-group") else "table"
    within: Captioned = []
    described = element.find("caption")
    lines = list(blocks(described, within)) if described is not None else []
    if lines:
        label = inline(element.find("label"))
        yield kind, collapse(f"{label} {lines[0]}") + "".join(f"\n{line}" for line in lines[1:])
    for child in (*within, *(child for child in element if child.tag in _CAPTIONED)):
        yield from caption(child)


def _children(element: etree._Element, pieces: list[str], notes: bool) -> None:
    pieces.append(element.text or "")
    for child in element:
        _run(child, pieces, notes)
        pieces.append(child.tail or "")


def _run(child: etree._Element, pieces: list[str], notes: bool) -> None:
    """Add the text of `child`, which stands within a line."""
    if isinstance(child, etree._Entity):
        pieces.append(character(child))
    elif not isinstance(child.tag, str) or child.tag in _SILENT or child.tag in _CAPTIONED:
        pass
    elif child.tag.startswith(_MATH):
        pieces.append(_math(child))
    elif child.tag == "break":
        pieces.append(" ")
    elif not notes and child.tag in ("xref", "fn"):
        pass
    elif child.tag == "sup":
        if not _only_references(child):
            before = next((piece for piece in reversed(pieces) if piece), "")
            pieces.append(raised(before, inline(child, notes)))
    elif child.tag == "xref" and child.get("ref-type") == "bibr" and _is_raised(child):
        pass
    elif child.tag in _BLOCK or child.tag == "disp-formula":
        pieces.append(" ")
        _children(child, pieces, notes)
        pieces.append(" ")
    else:
        _children(child, pieces, notes)


def _only_references(raised_text: etree._Element) -> bool:
    """Whether raised text is numbers of references, and so would run into the word before: disease<sup>1,2</sup>."""
    own = (raised_text.text or "") + "".join(child.tail or "" for child in raised_text)
    references = all(child.tag == "xref" and child.get("ref-type") == "bibr" for child in raised_text)
    marks = not _WORD.search(own) and own.strip(" ,;–-") == ""
    return references and marks and (len(raised_text) > 0 or "," in own)


def _is_raised(reference: etree._Element) -> bool:
    return len(reference) > 0 and all(child.tag == "sup" for child in reference) and not (reference.text or "").strip()


def _math(element: etree._Element) -> str:
    """A formula in one line: powers raised, fractions with a stroke."""
    if not isinstance(element.tag, str) or element.tag in _SILENT:
        return character(element) if isinstance(element, etree._Entity) else ""
    name = element.tag.removeprefix(_MATH)
    parts = [_math(child) for child in element]
    if name == "msup" and len(parts) == 2:
        power = raised(parts[0], parts[1])
        return parts[0] + (power if power != parts[1] else f"^{power}")
    if name == "mfrac" and len(parts) == 2:
        return f"{parts[0]}/{parts[1]}"
    if name == "mfenced":
        return f"{element.get('open', '(')}{','.join(parts)}{element.get('close', ')')}"
    if name in ("mspace", "mtd", "mtr"):
        parts.append(" ")
    return collapse(element.text or "") + "".join(parts)
