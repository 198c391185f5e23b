"""What stands raised in a line of text: a power, a charge, an ordinal, or the mark of a reference.

Markup alone does not tell them apart. A power keeps its place, for `106` is another number than 10⁶; the mark of a
reference goes, for it would join words and sentences; all else stays as it is written.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OVER = re.compile(r"(?<=[0-9])\s?([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,2})\s?[/⁄∕]\s?$")
_PLAIN = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")
_BESIDE = re.compile(r"1\s?[/⁄∕]\s?[2-9]|2\s?[/⁄∕]\s?[35]|3\s?[/⁄∕]\s?[458]|5\s?[/⁄∕]\s?[68]|7\s?[/⁄∕]\s?8")
_UNDER = re.compile(r"[/⁄∕][0-9]")
_COUNTED = re.compile(
    r"[\s-]*(?:years?|yrs?|months?|weeks?|days?|hours?|hrs?|h|minutes?|min|tablets?|pills?|inch(?:es)?|times|fold|cups?|"
    r"teaspoons?|tablespoons?|of)\b",
    re.IGNORECASE,
)
"""What follows a number that is counted, and no power of one."""
_WHOLE = re.compile("[-+−–]?[0-9]+")
_SUPERSCRIPT = str.maketrans("0123456789+-−–", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻")

_AMOUNT = r"[-+−–]?\s?[0-9]+(?:[.·∙,][0-9]+)?"
_POWER = re.compile(rf"{_AMOUNT}(?:\s?(?:[-–—−/~±×*+]|to|and|or)\s?{_AMOUNT})*", re.IGNORECASE)
"""A number, a range of them or a sum. A sign at the end would be a charge."""
_SYMBOL = r"(?:[ΔδΑ-Ωα-ω]+\s?[A-Za-z]{0,3}|[i-np-zN-Z])"
_LETTERS = re.compile(rf"[-+−–]?\s?(?:[0-9.]*\s?{_SYMBOL})(?:\s?[-+−–/×]\s?(?:[0-9.]+|{_SYMBOL}))*")
"""A power with letters, such as `n`, `−ΔΔCt` or `n+1`. Letters at the beginning of the alphabet are notes."""
_SIGNED = re.compile(rf"[-+−–]\s?(?:{_SYMBOL}|[A-Za-z]{{1,3}}|[0-9.·]+\s?[A-Za-z]{{0,2}})(?:\s?[/×·*+−–-]\s?[\w.]+)*")
_COMPOUND = re.compile(r"\s|\w\s?[+/×*]\s?\w|[^\W\d]\s?·|·\s?[^\W\d]|[^\W\d]\w*\s?[-−–]|\w\s?[-−–]\s?[0-9.]*[^\W\d]")
"""What a power may not be without brackets: a sum, a product, a fraction. A range of numbers and `9.2±0.3` stay."""
_NUMBER = re.compile(r"(?<![\w.·,-])[-−]?[0-9]+(?:[.·][0-9]+)?$")
_SPACED = re.compile(r"(?<![\w.·,])10[ \xa0\u2009]$")
_ELEMENT = re.compile("(?:[CFHIKNOPSY]|Br|Ca|Co|Cr|Cu|Fe|Ga|In|Kr|Lu|Na|Ra|Rb|Se|Sr|Tc|Tl|Xe|Zr)(?![A-Za-z])")
_TOKEN = re.compile(r"\w+$")
_YEAR = re.compile("1[89][0-9]{2}|20[0-9]{2}")

_MARK = re.compile(r"[\[(]?\s*[0-9]{1,3}(?:\s*(?:[,;–—-]|and)\s*[0-9]{1,3})*\s*[\])]?[,;]?")
_BEHIND = re.compile(r"[.,;:?!”’\"»。,;:]$")
_WORD = re.compile(r"[^\W\d_]{3}")
_LOOKED_AT = 300
"""Characters before what is raised that tell what it is, of about as many pieces of a line at most."""
_RESIDUES = frozenset(
    ("ala", "arg", "asn", "asp", "cys", "gln", "glu", "gly", "his", "ile", "leu", "lys", "met", "phe", "pro",
     "pyl", "sec", "ser", "thr", "trp", "tyr", "val")
)  # fmt: skip
_UNITS = frozenset(
    ("mol", "mmol", "nmol", "pmol", "µmol", "μmol", "sec", "min", "hour", "hr", "day", "week", "month", "year",
     "meter", "metre", "meters", "metres", "inch", "inches", "feet", "foot", "pixel", "pixels", "mile", "miles",
     "centimeter", "centimetre", "millimeter", "millimetre", "centimeters", "centimetres", "millimeters",
     "millimetres", "micron", "microns", "chi", "eta", "sin", "cos", "tan", "log", "exp", "mmhg", "cmh", "vol",
     "dpi")
)  # fmt: skip

_LONG = 20
"""Characters of a number that is none of those above a word."""


def end_of(pieces: Sequence[str]) -> str:
    """The end of a line that is made of pieces, as far as anybody looks back for what is raised behind it."""
    count = 8
    while count < min(len(pieces), _LOOKED_AT) and sum(map(len, pieces[-count:])) < _LOOKED_AT:
        count *= 2
    return "".join([piece[-_LOOKED_AT:] for piece in pieces[-count:]])[-_LOOKED_AT:]


def raised(before: str, text: str, after: str = "") -> str:
    """`text` as it is to be written after `before`, where it stands raised; empty for the mark of a reference.

    `after` is what follows in the line. A whole number above a number is in superscript characters, another power
    follows a caret: `10^6.3`.
    """
    if before[-1:].isdecimal() and _is_beside(text, after):
        return f" {text}"
    if before[-1:].isalpha() and text.isdecimal() and len(text) < _LONG and int(text) > 10 and _ELEMENT.match(after):
        return f" {text}"  # an isotope, whose number begins a word
    if is_mark(before, text):
        return _gap(before, after)
    if before[-1:].isdecimal() and _WHOLE.fullmatch(text):
        return text.translate(_SUPERSCRIPT)
    if _SPACED.search(before) and _WHOLE.fullmatch(text) and not after[:1].isalnum():
        return text.translate(_SUPERSCRIPT)
    if _NUMBER.search(before) and (_POWER.fullmatch(text) or _LETTERS.fullmatch(text)):
        return _with_brackets(text)
    return _above_letters(before, text)


def _above_letters(before: str, text: str) -> str:
    """A power that is no whole number, of a short symbol: kg^0.75. Whole ones are written as units are."""
    base = _TOKEN.search(before)
    if base is None or not base[0].isalpha() or len(base[0]) > 3:
        return text
    if "." in text or "·" in text:
        return f"^{text}" if _POWER.fullmatch(text) else text
    if base[0] in ("e", "x", "y") and _SIGNED.fullmatch(text):
        return _with_brackets(text)
    return text


def _with_brackets(power: str) -> str:
    return f"^({power})" if _COMPOUND.search(power) else f"^{power}"


def _is_beside(text: str, after: str) -> bool:
    """Whether raised text is, or begins, the fraction of a mixed number: 2 and raised 1/2 years."""
    if text.isdecimal() and (rest := _UNDER.match(after)):
        text, after = text + rest[0], after[rest.end() :]
    return bool(_BESIDE.fullmatch(text) and _COUNTED.match(after))


def lowered(pieces: list[str], text: str) -> None:
    """Add `text`, which stands lowered, to the pieces of a line; under what is raised it may make a fraction."""
    if text.strip().isdecimal() and (over := _OVER.search(end := "".join(pieces[-6:]))):
        pieces[-6:] = [end[: len(end) - len(over[0])], " ", over[1].translate(_PLAIN), "/"]
    pieces.append(text)


def is_mark(before: str, text: str) -> bool:
    """Whether `text`, raised after `before`, is the number of a reference, or a list or range of such numbers."""
    text = text.strip()
    if not _MARK.fullmatch(text) or not before or before[-1].isspace():
        return False
    several = not text.isdecimal()
    if _BEHIND.search(before) or (text[0] in "[(" and before[-1].isalpha()):
        return True
    if before[-1] in ")]":
        return _brackets_word(before) or several
    if number := _NUMBER.search(before):
        listed = several and ("," in text or ";" in text or text[0] in "[(")
        return number[0] != "10" and (listed or bool(_YEAR.fullmatch(number[0])))
    token = _TOKEN.search(before)
    return token is not None and _is_mark_of(token[0], text)


def _brackets_word(before: str) -> bool:
    """Whether `before` ends in a bracket that holds a word."""
    opening = "(" if before[-1] == ")" else "["
    start = before.rfind(opening)
    return start > before.rfind(before[-1], 0, -1) and _WORD.search(before, start) is not None


def _is_mark_of(word: str, text: str) -> bool:
    """Whether the numbers `text` above a word are of references; a unit and an acronym may have a power."""
    several = not text.isdecimal()
    if not word.isalpha() or word.lower() in _RESIDUES:
        return several
    if len(word) < 3 or word.lower() in _UNITS:
        return False
    return several or not word.isupper() or len(text) >= _LONG or int(text) > 3


def _gap(before: str, after: str) -> str:
    """A blank where a mark stood alone between two words."""
    return " " if before[-1:] and after[:1].isalnum() and not before[-1].isspace() else ""
