"""The blocks of a DOCX document's parts."""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import etree

from ingest.sources.documents.blocks import Block, Kind, broken
from ingest.sources.documents.docx_formulas import of_omml
from ingest.sources.documents.docx_symbols import symbol
from ingest.sources.files.characters import visible
from ingest.sources.files.raised import lowered, raised

_HEADING = re.compile(r"(?:heading|überschrift|titre|标题)\s*\d?", re.IGNORECASE)
_TITLE = re.compile(r"(?:title|titel)", re.IGNORECASE)
# What was deleted or moved away, codes of fields, and what is drawn a second time for older programs.
_SILENT = frozenset(
    ("del", "delText", "moveFrom", "instrText", "Fallback", "pPr", "rPr", "sectPr", "tblPr", "tcPr", "trPr", "sdtPr",
     "footnoteReference", "endnoteReference", "separator", "continuationSeparator")
)  # fmt: skip
_CHARACTERS = {"tab": " ", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


class Styles:
    """What the styles of a document make of a paragraph, by the id of the style."""

    def __init__(self, part: etree._Element | None) -> None:
        self._kinds: dict[str, Kind] = {}
        for style in part.iter("{*}style") if part is not None else ():
            name = _value(style.find("{*}name")) or ""
            outline = style.find("{*}pPr/{*}outlineLvl")
            kind: Kind | None = None
            if _TITLE.fullmatch(name):
                kind = "title"
            elif _HEADING.fullmatch(name) or (outline is not None and _value(outline) != "9"):
                kind = "heading"
            elif style.find("{*}pPr/{*}numPr") is not None:
                kind = "entry"
            if kind is not None:
                self._kinds[_value(style, "styleId") or ""] = kind

    def kind(self, paragraph: etree._Element) -> Kind:
        """What a paragraph is."""
        properties = paragraph.find("{*}pPr")
        if properties is None:
            return "paragraph"
        kind = self._kinds.get(_value(properties.find("{*}pStyle")) or "")
        outline = properties.find("{*}outlineLvl")
        if kind in ("title", "heading") or (outline is not None and _value(outline) != "9"):
            return kind or "heading"
        numbered = properties.find("{*}numPr/{*}numId")
        if numbered is not None:
            return "entry" if _value(numbered) != "0" else "paragraph"
        return kind or "paragraph"


def blocks(element: etree._Element, styles: Styles) -> Iterator[Block]:
    """The blocks of a part, in order."""
    joined: list[etree._Element] = []
    for child in element:
        name = _name(child)
        if name == "p":
            joined.append(child)
            # Where the end of a paragraph was deleted, the next one goes on in it.
            if child.find("{*}pPr/{*}rPr/{*}del") is None or _name(child.getnext()) != "p":
                yield from _paragraph(joined, styles)
                joined = []
        elif name == "tbl":
            yield from _table(child, styles)
        elif name not in _SILENT:
            yield from blocks(child, styles)


def _paragraph(parts: list[etree._Element], styles: Styles) -> Iterator[Block]:
    boxes: list[etree._Element] = []
    pieces: list[str] = []
    for part in parts:
        _pieces(part, pieces, boxes)
    kind = styles.kind(parts[-1])
    yield from broken(kind, visible("".join(pieces)).split("\n"), "- " if kind == "entry" else "")
    for box in boxes:
        yield from blocks(box, styles)


def _table(table: etree._Element, styles: Styles) -> Iterator[Block]:
    for row in table.iter("{*}tr"):
        if next(row.iterancestors("{*}tbl")) is not table or row.find("{*}trPr/{*}del") is not None:
            continue
        cells = [list(blocks(cell, styles)) for cell in _cells(row)]
        # A table with lists or headings in it only places parts of the page side by side.
        if any(block.kind in ("heading", "entry", "row") for cell in cells for block in cell):
            yield from (block for cell in cells for block in cell)
        elif any(cells):
            yield Block("row", "\t".join(" ".join(block.text for block in cell) for cell in cells))


def _cells(row: etree._Element) -> Iterator[etree._Element]:
    for child in row:
        if _name(child) == "tc":
            yield child
        elif _name(child) not in _SILENT:
            yield from _cells(child)


def _pieces(element: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    for child in element:
        name = _name(child)
        if name == "t":
            pieces.append(child.text or "")
        elif name in _CHARACTERS:
            pieces.append(_CHARACTERS[name])
        elif name == "sym":
            pieces.append(symbol(_value(child, "font") or "", _value(child, "char") or ""))
        elif name == "oMath":
            pieces.append(of_omml(child, "".join(pieces[-8:])))
        elif name == "txbxContent":
            boxes.append(child)
        elif name == "r":
            _run(child, pieces, boxes)
        elif name not in _SILENT:
            _pieces(child, pieces, boxes)


def _run(run: etree._Element, pieces: list[str], boxes: list[etree._Element]) -> None:
    if _is_left_out(run):
        return
    match _place(run):
        case "subscript":
            lowered(pieces, _text(run, boxes))
        case "superscript":
            if _place(_beside(run, before=True)) == "superscript":
                return  # one power may be cut in two, and was read with its first part
            above, behind = _text(run, boxes), _beside(run)
            while behind is not None and _place(behind) == "superscript":
                above, behind = above + _text(behind, boxes), _beside(behind)
            after = "" if behind is None else "".join(str(text) for text in behind.itertext("{*}t"))
            pieces.append(raised("".join(pieces[-8:]), above, after))
        case _:
            _pieces(run, pieces, boxes)


def _is_left_out(run: etree._Element) -> bool:
    """Whether a run is hidden or struck out."""
    return any(_is_on(run.find(f"{{*}}rPr/{{*}}{name}")) for name in ("vanish", "strike", "dstrike"))


def _text(run: etree._Element, boxes: list[etree._Element]) -> str:
    pieces: list[str] = []
    _pieces(run, pieces, boxes)
    return "".join(pieces)


def _place(run: etree._Element | None) -> str | None:
    """Whether a run is raised (superscript), lowered (subscript) or neither."""
    return None if run is None or _is_left_out(run) else _value(run.find("{*}rPr/{*}vertAlign"))


def _beside(run: etree._Element, *, before: bool = False) -> etree._Element | None:
    """The run that stands beside one; marks of proofs and places between them are no text."""
    beside = run.getprevious() if before else run.getnext()
    while beside is not None and _name(beside) in ("proofErr", "bookmarkStart", "bookmarkEnd"):
        beside = beside.getprevious() if before else beside.getnext()
    return beside if _name(beside) == "r" else None


def _is_on(switch: etree._Element | None) -> bool:
    return switch is not None and _value(switch) not in ("0", "false", "off")


def _text_behind(run: etree._Element) -> str:
    behind = run.getnext()
    return "" if behind is None or _name(behind) != "r" else "".join(str(text) for text in behind.itertext("{*}t"))


def _name(element: etree._Element | None) -> str:
    return etree.QName(element).localname if element is not None and isinstance(element.tag, str) else "del"


def _value(element: etree._Element | None, attribute: str = "val") -> str | None:
    """An attribute, whatever its namespace: Strict and Transitional differ in it."""
    if element is None:
        return None
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == attribute), None)
