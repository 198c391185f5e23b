"""Equations of Word (Office Math, ECMA-376 part 1, 22.1) as lines of text: turned into MathML, then read as it is."""

from __future__ import annotations

from lxml import etree

from ingest.sources.files.formulas import of_math

_SHAPES: dict[str, tuple[str, tuple[str, ...]]] = {
    "sSup": ("msup", ("e", "sup")),
    "sSub": ("msub", ("e", "sub")),
    "sSubSup": ("msubsup", ("e", "sub", "sup")),
    "f": ("mfrac", ("num", "den")),
    "limLow": ("munder", ("e", "lim")),
    "limUpp": ("mover", ("e", "lim")),
}
"""The element of MathML, and what its children are made of, in its order."""


def of_omml(element: etree._Element, before: str = "") -> str:
    """An equation (`m:oMath`) in one line; `before` is the text that it stands behind."""
    math = etree.Element("math")
    _add(element, math)
    return of_math(math, before)


def _add(element: etree._Element, to: etree._Element) -> None:
    """Add what `element` holds to a row of MathML."""
    for child in element:
        name = etree.QName(child).localname if isinstance(child.tag, str) else ""
        if name in _SHAPES:
            shape, parts = _SHAPES[name]
            made = etree.SubElement(to, shape)
            for part in parts:
                _row(child.find(f"{{*}}{part}"), made)
            if name == "f" and _property(child, "type") == "noBar":
                made.set("linethickness", "0")
            continue
        match name:
            case "t":
                etree.SubElement(to, "mn").text = child.text
            case "rad":
                _radical(child, to)
            case "d":
                _fenced(child, to)
            case "nary":
                _operator(child, to)
            case "func":
                _row(child.find("{*}fName"), to)
                etree.SubElement(to, "mo").text = "\u2061"
                _row(child.find("{*}e"), to)
            case "mr" | "eqArr":
                for cell in child.iterfind("{*}e"):
                    _row(cell, etree.SubElement(to, "mtd"))
            case "sPre":
                made = etree.SubElement(to, "mmultiscripts")
                _row(child.find("{*}e"), made)
                etree.SubElement(made, "mprescripts")
                _row(child.find("{*}sub"), made)
                _row(child.find("{*}sup"), made)
            case "del" | "moveFrom" | "phant":
                pass
            case _ if not name.endswith("Pr"):
                _add(child, to)


def _operator(nary: etree._Element, to: etree._Element) -> None:
    """A sum or an integral, with the limits that it has."""
    below, above = (nary.find(f"{{*}}{name}") for name in ("sub", "sup"))
    limits = [limit for limit in (below, above) if _has_text(limit)]
    name = "munderover" if len(limits) == 2 else "munder" if limits == [below] else "mover"
    made = etree.SubElement(to, name) if limits else to
    etree.SubElement(made, "mo").text = _property(nary, "chr", "∫")
    for limit in limits:
        _row(limit, made)
    _row(nary.find("{*}e"), to)


def _has_text(part: etree._Element | None) -> bool:
    return part is not None and "".join(str(text) for text in part.itertext()).strip() != ""


def _radical(root: etree._Element, to: etree._Element) -> None:
    degree = root.find("{*}deg")
    indexed = _has_text(degree)
    made = etree.SubElement(to, "mroot" if indexed else "msqrt")
    _row(root.find("{*}e"), made)
    if indexed:
        _row(degree, made)


def _fenced(fence: etree._Element, to: etree._Element) -> None:
    etree.SubElement(to, "mo").text = _property(fence, "begChr", "(")
    for number, part in enumerate(fence.iterfind("{*}e")):
        if number:
            etree.SubElement(to, "mo").text = _property(fence, "sepChr", "|")
        _row(part, to)
    etree.SubElement(to, "mo").text = _property(fence, "endChr", ")")


def _row(part: etree._Element | None, to: etree._Element) -> None:
    row = etree.SubElement(to, "mrow")
    if part is not None:
        _add(part, row)


def _property(element: etree._Element, name: str, default: str = "") -> str:
    """The value that the element's properties give, or the default where they give none."""
    one = element.find(f"{{*}}{etree.QName(element).localname}Pr/{{*}}{name}")
    if one is None:
        return default
    return next((str(value) for key, value in one.attrib.items() if etree.QName(key).localname == "val"), "")
