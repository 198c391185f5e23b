"""Formulas in one line of text, so that every number in them stays the number it is.

MathML elements as in https://www.w3.org/TR/mathml-core/. What stands above, below or under a root is put in brackets
where it is more than one thing: `(a+b)/2`. TeX is turned into MathML by `latex2mathml`, and goes the same way.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

from lxml import etree

from ingest.sources.files.characters import character, collapse
from ingest.sources.files.raised import raised

_PASSED = frozenset(("annotation", "annotation-xml", "mphantom", "none", "mprescripts"))
_INVISIBLE = {"\u2061": " ", "\u2062": "×", "\u2063": ",", "\u2064": " "}
"""What the operators that are not drawn are between numbers: application, times, a comma, plus as in 2½."""
_APPLIED = "\u2061"
_UNSEEN = re.compile("(?P<between>(?<=[0-9])[\u2061-\u2064](?=[0-9]))|[\u2061-\u2064]")
_FRACTION = re.compile(r"[0-9]+\s?[/⁄∕]\s?[0-9]")
_ONE = re.compile(r"[-−]?[\w.·,°%′∞√∛∜⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻₀₁₂₃₄₅₆₇₈₉]+(\^[-−]?\w+)?")
_SUPERSCRIPT = str.maketrans("0123456789+-−", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻")
_SUBSCRIPT = str.maketrans("0123456789+-−", "₀₁₂₃₄₅₆₇₈₉₊₋₋")
_ROOTS = {"2": "√", "3": "∛", "4": "∜"}
_SCRIPTED = {"msup": 2, "msub": 2, "msubsup": 3, "munder": 2, "mover": 2, "munderover": 3}
_ACCENTS = "^ˆ~˜¯‾→⃗˙.―‒—_ˉ´`"
"""What stands above a letter as an accent of it."""
_ROWS = frozenset(("math", "mrow", "mstyle", "mpadded", "semantics"))
_APART = frozenset(("mfrac", "msqrt", "mroot", "msup", "msub", "msubsup", "mmultiscripts"))
_DOCUMENT = re.compile(r"\\begin\s*\{document\}(.*?)\\end\s*\{document\}", re.DOTALL)
_OUTER = re.compile(r"^(?:\$\$?|\\\(|\\\[)(.*?)(?:\$\$?|\\\)|\\\])$", re.DOTALL)
_EQUATION = re.compile(r"\\(?:begin|end)\s*\{(?:equation|displaymath|math|gather|multline)\*?\}|\\label\s*\{[^}]*\}")
_LONGEST = 4_000
"""Characters of a formula in TeX; a longer one stays as it is."""
_IN_TEXT = re.compile(
    r"\\documentclass(?:(?!\\documentclass).)*?\\end\s*\{document\}|\\\((?:(?!\\\().)+?\\\)|\\\[(?:(?!\\\[).)+?\\\]"
    r"|\$\$?(?=[^$]*(?:\\[A-Za-z]|\^|_\{|[A-Za-z]_\w))[^$\n]{1,400}?\$\$?(?!\d)",
    re.DOTALL,
)


def of_math(element: etree._Element, before: str = "") -> str:
    """A formula, or a part of one, in one line. `before` is the text that it stands behind."""
    text = _line(element)
    return _behind(before, element, text) if before[-1:].strip() else text


def _line(element: etree._Element) -> str:
    if isinstance(element, etree._Entity):
        return _plain(character(element))
    if not isinstance(element.tag, str):
        return ""
    name = _name(element)
    if name in _PASSED:
        return ""
    parts = [child for child in element if isinstance(child.tag, str) or isinstance(child, etree._Entity)]
    texts = [_line(part) for part in parts]
    if name in _SCRIPTED and len(texts) == _SCRIPTED[name]:
        texts[0] = _base(parts[0], texts[0])
        return _scripted(name, texts)
    if name == "mmultiscripts" and texts:
        return _scripts(texts[0], parts, texts)
    match name, texts:
        case "mfrac", [over, under]:
            return _fraction(over, under, element.get("linethickness", ""))
        case "mroot", [under, index]:
            return _root(_under(parts[:1], under), index)
        case "msqrt", _:
            return f"√{_under(parts, _row(parts, texts))}"
        case "mfenced", _:
            between = (element.get("separators", ",").strip() or "")[:1]
            return f"{element.get('open', '(')}{between.join(texts)}{element.get('close', ')')}"
        case (("mspace" | "mtd" | "mtr"), _):
            return _row(parts, texts) + " "
        case "semantics", [first, *_] if first:
            return first
    return _plain(collapse(element.text or "")) + _row(parts, texts)


def of_tex(source: str, before: str = "") -> str:
    """A formula written in TeX, with or without the document around it. What cannot be parsed stays as it is.

    `before` is the text that it stands behind, without a blank.
    """
    from latex2mathml.converter import convert

    formula = _DOCUMENT.search(source)
    tex = _EQUATION.sub(" ", formula[1] if formula else source).strip()
    while outer := _OUTER.match(tex):
        tex = outer[1].strip()
    if len(tex) > _LONGEST:
        return collapse(tex)
    tex = tex.replace("$", "{}")  # dollars within are no part of the formula
    if not tex.strip("{}"):
        return ""
    try:
        math = convert(tex)
        text = of_math(etree.fromstring(math, etree.XMLParser(resolve_entities=False, no_network=True)), before)
    except Exception:  # noqa: BLE001  # its parser lets errors of many kinds through
        return collapse(tex)
    for relation in "=<>":
        if f" {relation} " in tex:
            text = re.sub(rf"\s*{relation}\s*", f" {relation} ", text)
    return (" " if before and text.startswith(" ") else "") + collapse(text)


def without_tex(text: str) -> str:
    """`text` with the formulas that stand in it in TeX, between dollars or as a document, written out."""
    if "\\" not in text and "$" not in text:
        return text
    return _IN_TEXT.sub(lambda formula: of_tex(formula[0], text[max(0, formula.start() - 8) : formula.start()]), text)


def is_math(element: etree._Element) -> bool:
    """Whether the element is the outermost one of a formula in MathML."""
    return isinstance(element.tag, str) and _name(element) == "math"


def _plain(text: str) -> str:
    """Letters of mathematical alphabets as the letters they are, and nothing that cannot be seen."""
    if any("\U0001d400" <= letter <= "\U0001d7ff" for letter in text):
        text = "".join(unicodedata.normalize("NFKC", c) if "\U0001d400" <= c <= "\U0001d7ff" else c for c in text)
    return _UNSEEN.sub(lambda unseen: _INVISIBLE[unseen[0]] if unseen["between"] else "", text)


def _behind(before: str, element: etree._Element, text: str) -> str:
    """The `text` of a formula behind other text: its power where it has no base of its own, a fraction, or as it is."""
    while _name(element) in _ROWS and len(element) and isinstance(element[0].tag, str):
        element = element[0]
    if _name(element) == "msup" and len(element) == 2 and not _line(element[0]).strip():
        above = _line(element[1]).strip().replace("∘", "°")
        after = text.strip().removeprefix(above)
        return raised(before, above, after) + after
    beside = before[-1].isdecimal() and (_name(element) == "mfrac" or _FRACTION.match(text))
    return f" {text}" if beside else text


def _fraction(over: str, under: str, line: str) -> str:
    return (
        f"({over} choose {under})"
        if line.startswith("0") and not line.strip("0.ptemx")
        else f"{_one(over)}/{_product(under)}"
    )


def _product(under: str) -> str:
    """What a fraction is over; a product in brackets, as a/2b is another number than a/(2b)."""
    under = under.strip()
    return f"({under})" if re.fullmatch(r"[0-9.]+[A-Za-zα-ωΑ-Ω]\w*", under) else _one(under)


def _under(parts: Sequence[etree._Element], text: str) -> str:
    """What stands under a root: a product in brackets, as √2n is another number than √(2n)."""
    return _one(text) if _is_single(parts) or text.isdecimal() else f"({text})"


def _base(part: etree._Element, text: str) -> str:
    """What has a power: a product in brackets, not its last factor alone."""
    return f"({text})" if re.match(r"[0-9.]+[^\W\d]", text) and not _is_single((part,)) else text


def _root(under: str, index: str) -> str:
    return f"{_ROOTS[index]}{under}" if index in _ROOTS else f"{under}^(1/{_one(index)})"


def _scripted(name: str, texts: Sequence[str]) -> str:
    """A base with what stands above and below it."""
    base, first, last = texts[0], texts[1], texts[-1]
    if name in ("msubsup", "munderover") and len(base) == 1 and not base.isalnum():
        return f"{base}_{_one(first)}^{_one(last)} "  # a sum over i
    if name == "mover" and first and all(letter in _ACCENTS for letter in first):
        return base
    match name:
        case "msup":
            return _power(base, first)
        case "msub":
            return _index(base, first)
        case "msubsup":
            return _power(_index(base, first), last)
        case "munderover":
            return f"{base}_{_one(first)}^{_one(last)}"
    sign = "_" if name == "munder" else "^"
    return f"{base}{sign}{_one(first)}" if first[-1:].isalnum() else base + first


def _name(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _row(parts: Sequence[etree._Element], texts: Sequence[str]) -> str:
    """What stands side by side: a blank or a sign where two numbers would otherwise become one."""
    line = last = unseen = ""
    for part, text in zip(parts, texts, strict=True):
        name = "" if isinstance(part, etree._Entity) else _inner(part)
        unseen = _unseen(part) or unseen
        if line and text:
            if unseen and line[-1].isdigit() and text[0].isdigit():
                line += _INVISIBLE[unseen]
            elif _runs_on(line, text, last, name) or (unseen == _APPLIED and line[-1].isalnum() and text[0].isalnum()):
                line += " "
            unseen = ""
        line += text + _tail(part)
        last = name if text else last
    return line


def _unseen(part: etree._Element) -> str:
    """The operator that `part` is, if it is one that is not drawn."""
    if isinstance(part, etree._Entity):
        return ""
    told = (part.text or "") + "".join(character(one) for one in part if isinstance(one, etree._Entity))
    return told.strip() if told.strip() in _INVISIBLE else ""


def _runs_on(line: str, text: str, last: str, name: str) -> bool:
    if last not in _APART and name not in _APART:
        return False
    if "mfrac" in (last, name) or last in ("msqrt", "mroot"):
        return line[-1].isalnum() and text[0].isalnum()
    split = name == "msup" and text[0] == "0"  # the digits of one number, each by itself
    return line[-1].isdigit() and text[0].isdigit() and not split


def _is_single(parts: Sequence[etree._Element]) -> bool:
    """Whether parts are one number, one name or one of them with what belongs to it, and no product."""
    while len(parts) == 1 and _name(parts[0]) in _ROWS:
        parts = list(parts[0])
    return sum(1 for part in parts if len(part) or (part.text or "").strip()) < 2


def _inner(part: etree._Element) -> str:
    """The name of an element, or of the only one within it."""
    while _name(part) in ("mrow", "mstyle", "mpadded") and len(part) == 1 and isinstance(part[0].tag, str):
        part = part[0]
    return _name(part)


def _tail(part: etree._Element) -> str:
    """The text behind a reference within a token."""
    return collapse(part.tail or "") if isinstance(part, etree._Entity) else ""


def _one(text: str) -> str:
    text = text.strip()
    return text if _ONE.fullmatch(text) or _enclosed(text) else f"({text})"


def _enclosed(text: str) -> bool:
    """Whether one pair of brackets holds all of `text`."""
    if not (text.startswith("(") and text.endswith(")")):
        return False
    depth = 0
    for at, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return at == len(text) - 1
    return False


def _power(base: str, above: str) -> str:
    base, above = base.strip(), above.strip().replace("∘", "°")
    if not base or not any(letter.isalnum() for letter in above):
        return base + above  # a prime, a star, a degree, a genotype; or a number before its element
    if above[-1] in "+-−" and base[-1].isalpha():
        return base + above  # a charge
    if base and not _bare(base):
        base = f"({base})"
    power = above.translate(_SUPERSCRIPT) if above.isdecimal() else above
    power = raised(base, above) if base[-1].isdecimal() else power
    return base + (power if power != above and "^" not in power else f"^{_one(above)}")


def _bare(base: str) -> bool:
    return bool(re.fullmatch(r"[^\W⁰¹²³⁴-⁹]+|[\w.·,%′₀-₉]*[^\W\d⁰¹²³⁴-⁹]|[0-9.·,]+%?|.", base)) or (
        base[-1:] in ")]}|" and base[:1] in "([{|"
    )


def _index(base: str, below: str) -> str:
    below = below.strip()
    if base[-1:].isdecimal() and below[:1].isdecimal():
        return f"{base}_{below}"
    return base + (
        below if re.fullmatch(r"[\w.,·∞+−*-]*", below) and not re.search(r"\w[+−-]\w", below) else f"_({below})"
    )


def _scripts(base: str, parts: Sequence[etree._Element], texts: Sequence[str]) -> str:
    """An element with what stands around it: ¹⁴₆C."""
    names = [_name(part) for part in parts]
    cut = names.index("mprescripts") if "mprescripts" in names else len(names)
    behind, front = texts[1:cut], texts[cut + 1 :]
    line = "".join(above.translate(_SUPERSCRIPT) + below.translate(_SUBSCRIPT) for below, above in _pairs(front)) + base
    for below, above in _pairs(behind):
        line = _index(line, below) if below else line
        line = _power(line, above) if above else line
    return line


def _pairs(texts: Sequence[str]) -> list[tuple[str, str]]:
    return [(texts[at], texts[at + 1]) for at in range(0, len(texts) - 1, 2)]
