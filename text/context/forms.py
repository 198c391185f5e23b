"""What a form or a check list says of a mention, by the marks that stand at it.

"Fever: N, cough: Y", "(-) fever, (+) cough", "fever-, cough+", "发热（-）": the mark alone decides, whatever the
words around it are. It belongs to what stands before it or behind it, which the first mark of the line tells.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass

from text.context.judgement import Polarity

_NO = (
    r"no|n|none|neg|negative|denies|denied|absent|nil|false|not present|not detected|none (?:seen|noted|detected|"
    r"found|reported)|"
    r"无|否|没有|阴性|未见|未检出|否认|-|−|–|—|－"
)
_YES = r"yes|y|pos|positive|present|true|有|是|阳性|\+{1,4}|＋"
# Behind an answer nothing more is said of it.
_CLOSED = r"(?=[ \t]*(?:$|[,;.，；。、|)\n\t]|[ \t]{2,}|[^\W\d_][\w ]{0,30}[:：=]|and\b|but\b))"
_NAMED = re.compile(rf"[ \t]*(?:[:：=|\t]|[ \t][-–—][ \t])[ \t]*(?:(?P<no>{_NO})|(?P<yes>{_YES})){_CLOSED}")
_EMPTY = r"[(（\[][ \t]*[)）\]]|☐|□|_{2,}"
_MARK = re.compile(
    rf"(?:[(（\[][ \t]*(?:(?P<no>{_NO}|0)|(?P<yes>{_YES}|x|v|√|✓|✔))[ \t]*[)）\]])|"
    rf"(?P<empty>{_EMPTY})|(?P<crossed>[✗✘])|(?P<ticked>[☑☒■✓✔√])"
)
# Where one of these marks may begin, the shortest way to tell; a row of underscores is looked at a character at a time.
_MAY_BE = re.compile(
    rf"[(（\[_☐□✗✘☑☒■✓✔√](?:(?<=[(（\[])(?=[ \t]*+(?:(?:{_NO}|0|{_YES}|x|v|√|✓|✔)[ \t]*+)?[)）\]])|(?<=_)(?=_)|"
    r"(?<=[☐□✗✘☑☒■✓✔√]))"
)
# "fever-, cough+": a sign at the very end of a word; "fever -ve".
_SIGN = re.compile(r"(?:(?P<no>[-−－])|(?P<yes>\+{1,4}|＋))(?=[,;，；、.]|[ \t]|$)")
_SIGNED = re.compile(r"\w(?:[-−－]|\+{1,4}|＋)(?=[,;，；、. \t]|$)")
_GRADED = re.compile(r"[ \t]*(?:(?P<no>[-−])|(?P<yes>\+))ve\b")
_OPENS = re.compile(r"(?:^|[:：,，;；、.。|\t])[ \t]*(?:[-*•·][ \t]+)?$")
_LIST = re.compile(
    r"[^\W\d_](?:[\w /'-]*[^\W\d_])?(?:[ \t]*(?:[,，、/]|and\b|"
    r"or\b)[ \t]*[^\W\d_][\w /'-]*)*[,，、/ \t]*(?:and |or )?"
)
# "ROS: + headache, - photophobia": with both signs a dash is no bullet.
_PLUS_MINUS = re.compile(r"(?:(?<=[:：,，;；、|\s(])|^)(?:(?P<no>[-−–])|(?P<yes>[+＋]))[ \t]?(?=[^\W\d_])")
_PLUS = re.compile(r"[+＋][ \t]?(?=[^\W\d_])")
_WORDS = 2


class Form:
    """A text in small letters, each line of which is looked through once for what may be a mark."""

    def __init__(self, folded: str) -> None:
        self._folded = folded
        self._lines: dict[int, _Line] = {}

    def marked(self, start: int, end: int) -> Polarity | None:
        """What the mark at the mention `start`-`end` says; None where there is none."""
        first = self._folded.rfind("\n", 0, start) + 1
        last = self._folded.find("\n", end)
        line = self._folded[first : last if last >= 0 else len(self._folded)]
        known = self._lines.get(first)
        if known is None or len(known.text) != len(line):  # a mention that goes on in the next line has a longer one
            known = self._lines[first] = _line(line)
        low = 0
        if len(line) > 2000:  # a form has short lines; so the work stays linear
            low, line = max(0, start - first - 300), line[max(0, start - first - 300) : end - first + 300]
        start, end = start - first - low, end - first - low
        marks, signs = (_within(places, low, low + len(line)) for places in (known.marks, known.signs))
        found = _behind(line, start, end, marks=marks) or (_before(line, start) if marks else None)
        return found or (_signed(line, start) if signs else None)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line, and where in it marks and plus signs before a word may begin: most lines have neither."""

    text: str
    marks: tuple[int, ...]
    signs: tuple[int, ...]


def _line(text: str) -> _Line:
    return _Line(text, *(tuple(match.start() for match in some.finditer(text)) for some in (_MAY_BE, _PLUS)))


def _within(places: Sequence[int], low: int, high: int) -> bool:
    at = bisect_left(places, low)
    return at < len(places) and places[at] < high


def marked(folded: str, start: int, end: int) -> Polarity | None:
    """What the mark at the mention `start`-`end` of `folded` (small letters) says; None where there is none."""
    return Form(folded).marked(start, end)


def _behind(line: str, start: int, end: int, *, marks: bool) -> Polarity | None:
    if match := _NAMED.match(line, end) or _GRADED.match(line, end):
        return _polarity(match)
    if (match := _SIGN.match(line, end)) and (line[match.end() : match.end() + 1] not in ("", " ") or _several(line)):
        return _polarity(match)
    if not marks:
        return None
    match = _MARK.match(line, len(line[:end]) + len(line[end:]) - len(line[end:].lstrip(" \t")))
    if match and not _leading(line):
        return _polarity(match) if match.lastgroup != "empty" or _ticked(line) else None
    return None


def _before(line: str, start: int) -> Polarity | None:
    if not _leading(line):
        return None
    marks = list(_MARK.finditer(line, 0, start))
    if not marks:
        return None
    between = line[marks[-1].end() : start].lstrip(" \t")
    item = re.split("[,，、/]", between)[-1]
    if len(item.split()) > _WORDS or not (not between or _LIST.fullmatch(between)):
        return None
    return _polarity(marks[-1])


def _signed(line: str, start: int) -> Polarity | None:
    """The sign before the mention, in a line that tells with + and - what is there and what is not."""
    signs = list(_PLUS_MINUS.finditer(line))
    both = {match.lastgroup for match in signs} == {"yes", "no"}
    if not signs or not both or not _OPENS.search(line, 0, signs[0].start()):
        return None
    before = [match for match in signs if match.end() <= start]
    if not before or len(line[before[-1].end() : start].split()) > _WORDS or "," in line[before[-1].end() : start]:
        return None
    return _polarity(before[-1])


def _leading(line: str) -> bool:
    """Whether the marks of the line stand before what they are about."""
    first = _MARK.search(line)
    return first is not None and _OPENS.search(line, 0, first.start()) is not None


def _several(line: str) -> bool:
    return sum(1 for _ in _SIGNED.finditer(line)) > 1


def _ticked(line: str) -> bool:
    """Whether some box of the line is ticked, or there are several: an empty bracket alone says nothing."""
    marks = [match.lastgroup for match in _MARK.finditer(line)]
    return len(marks) > 1


def _polarity(match: re.Match[str]) -> Polarity:
    return "affirmed" if match.lastgroup in ("yes", "ticked") else "negated"
