"""The running text of JATS elements: paragraphs, formulas, captions; what is no text is passed over."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TypeAlias

from lxml import etree

from ingest.sources.files.characters import character, collapse
from ingest.sources.files.formulas import is_math, of_math, of_tex
from ingest.sources.files.raised import end_of, lowered, raised

Captioned: TypeAlias = list[etree._Element]
"""Figures and tables met on the way, whose captions become sections of their own."""

_CAPTIONED = frozenset(("fig", "fig-group", "table-wrap", "table-wrap-group"))
_BLOCK = frozenset(
    ("p", "list", "list-item", "def-list", "def-item", "term", "def", "disp-quote", "boxed-text", "statement",
     "speech", "verse-group", "verse-line", "sec", "title", "fn", "code", "preformat", "caption", "app", "notes")
)  # fmt: skip
_SILENT = frozenset(
    ("graphic", "inline-graphic", "media", "object-id", "alt-text", "long-desc", "label", "table", "array",
     "ref-list", "ref", "permissions", "supplementary-material", "inline-supplementary-material", "table-wrap-foot",
     "attrib", "index-term")
)  # fmt: skip
_WORD = re.compile(r"\w")
_MARK = re.compile(r"[\[(]?\s*[0-9]{1,4}[a-z]?(?:\s*[,;–—-]\s*[0-9]{1,4}[a-z]?)*\s*[\])]?|[*†‡§¶#]{1,3}")
"""The number of a reference, a list or a range of such numbers, or a sign in their stead."""
_SENTENCE_END = re.compile(r"[.!?。][\s\xa0]+$")
_GOVERNS = re.compile(
    r"\b(?:in|by|of|from|and|or|with|to|as|than|at|study|studies|trial|trials|paper|report|table|figure|step|[0-9]+)\s*$",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"\b(?:refs?|references?|nos?|al|figs?|cf|see|citations?)\.?\s*$", re.IGNORECASE)


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
    elif is_math(child):
        pieces.append(of_math(child, "".join(pieces[-8:])))
    elif child.tag in ("tex-math", "alternatives"):
        pieces.append(_formula(child, "".join(pieces[-8:])))
    elif child.tag == "break":
        pieces.append(" ")
    elif not notes and child.tag in ("xref", "fn"):
        pass
    elif child.tag == "sup":
        _raise(child, pieces, notes)
    elif child.tag == "sub":
        low: list[str] = []
        _children(child, low, notes)
        lowered(pieces, "".join(low))
    elif child.tag == "xref" and child.get("ref-type") == "bibr" and _leaves(child, pieces):
        pieces.append(_gap(child, pieces))
    elif child.tag in _BLOCK or child.tag == "disp-formula":
        pieces.append(" ")
        _children(child, pieces, notes)
        pieces.append(" ")
    else:
        _children(child, pieces, notes)


def _formula(element: etree._Element, before: str) -> str:
    """A formula that is given once or several times, read once: MathML before TeX, and TeX before anything else.

    `before` is the text that it stands behind.
    """
    if element.tag == "tex-math":
        parent = element.getparent()
        beside = () if parent is None else tuple(parent)
        if any(is_math(one) and of_math(one).strip() for one in beside):
            return ""
        return of_tex("".join(str(text) for text in element.itertext()), before)
    forms = [(0 if is_math(form) else 1 if form.tag == "tex-math" else 2, form) for form in element]
    for _, form in sorted(forms, key=lambda one: one[0]):
        pieces = [before]
        _run(form, pieces, notes=True)
        if (text := "".join(pieces[1:])).strip():
            return text.rstrip()
    return ""


def _raise(child: etree._Element, pieces: list[str], notes: bool) -> None:
    """Add raised text; that of a run of raised elements when the last of them comes, for one power may be cut."""
    if _only_references(child) or _between_references(child):
        pieces.append(_gap(child, pieces))
        return
    previous = child.getprevious()
    text = inline(child, notes)
    if previous is not None and previous.tag == "sup" and not previous.tail and text.isdecimal():
        sign = pieces[-2] if len(pieces) > 1 else ""
        if sign in ("-", "−", "–", "+") and pieces[-1] == "":
            pieces[-2] = ""
            text = sign + text
    pieces.append(raised(end_of(pieces), text, child.tail or ""))


def _only_references(raised_text: etree._Element) -> bool:
    """Whether raised text is numbers of references, and so would run into the word before: disease<sup>1,2</sup>."""
    own = (raised_text.text or "") + "".join(child.tail or "" for child in raised_text)
    references = all(child.tag == "xref" and child.get("ref-type") == "bibr" for child in raised_text)
    marks = not _WORD.search(own) and own.strip(" ,;–-[]()") == ""
    return references and marks and (len(raised_text) > 0 or "," in own)


def _between_references(raised_text: etree._Element) -> bool:
    """Whether raised text is what parts the numbers of references that stand raised by themselves on either side."""
    before, after = raised_text.getprevious(), raised_text.getnext()
    if len(raised_text) or (raised_text.text or "").strip() not in (",", ";", "-", "–", "—", "−"):
        return False
    if before is None or after is None or before.tail or raised_text.tail:
        return False
    return all(beside.tag == "sup" and _only_references(beside) for beside in (before, after))


def _leaves(reference: etree._Element, pieces: list[str]) -> bool:
    """Whether a link to a reference is a mark, which goes, and no word of its sentence, which stays."""
    if len(reference) > 0 and all(child.tag == "sup" for child in reference) and not (reference.text or "").strip():
        return True
    mark = collapse("".join(str(text) for text in reference.itertext()))
    before = end_of(pieces)
    if not _MARK.fullmatch(mark):
        if before[-1:].isalnum() and mark[:1].isalnum():
            pieces.append(" ")  # a name, which begins a word of its own
        return False
    if not before.strip() or (before[-1] in "[(,;–—-" and _opened(before)):
        return False
    if _behind_mark(reference, pieces):
        return True
    return not before[-1].isspace() or _apart(before, reference.tail or "")


def _apart(before: str, after: str) -> bool:
    """Whether a number behind a blank is a mark: "We saw none 7." ends in one, "as told in 7." in a word."""
    if _ABBREVIATED.search(before):
        return False
    if _SENTENCE_END.search(before) and not after.lstrip(" .")[:1].islower():
        return True
    return after.lstrip()[:1] in (".", ";", ":") and not _GOVERNS.search(before)


def _opened(before: str) -> bool:
    """Whether a bracket is open at the end of `before`: [1, 2]."""
    return any(before.rfind(opening) > before.rfind(closing) for opening, closing in ("[]", "()"))


def _behind_mark(reference: etree._Element, pieces: list[str]) -> bool:
    """Whether nothing but a separator stands between this mark and one before it, which went; the separator goes."""
    previous = reference.getprevious()
    if previous is None or previous.tag != "xref" or previous.get("ref-type") != "bibr":
        return False
    between = previous.tail or ""
    if between.strip(" ,;–—-\n\t\xa0\u2009") or pieces[-2:-1] not in ([""], [" "]):
        return False
    if pieces[-1] == between:
        pieces[-1] = " " if between.strip() == "" and between else ""
    return True


def _gap(mark: etree._Element, pieces: list[str]) -> str:
    """A blank where a mark that goes stood alone between two words."""
    before = next((piece for piece in reversed(pieces) if piece), "")
    after = mark.tail or ""
    return " " if before and not before[-1].isspace() and after[:1].isalnum() else ""
