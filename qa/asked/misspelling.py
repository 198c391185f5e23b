"""How far a written word is from one that may have been meant: fewer slips, and slips of the common kinds, are nearer.

Letters that stand beside one another on a keyboard, vowels, letters that sound alike, doubled letters and neighbours
that changed places are slips that people make; another first letter is hardly ever one.
"""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from pathlib import Path

_ROWS = ("qwertyuiop", "asdfghjkl", "zxcvbnm")
_VOWELS = frozenset("aeiouy")
_ALIKE = frozenset(
    frozenset(pair) for pair in ("ck", "cs", "sz", "mn", "dt", "bp", "fv", "gj", "iy", "kq", "rl", "xz", "vw")
)
_SILENT = frozenset("he")
_SOUNDS = (("ph", "f"), ("ae", "e"), ("oe", "e"), ("ck", "k"), ("rh", "r"), ("th", "t"), ("qu", "kw"), ("x", "ks"))
_FIRST = 0.6
"""What another first letter adds."""
_ENDINGS = frozenset(
    (
        "ed",
        "ing",
        "y",
        "ly",
        "ic",
        "ics",
        "ical",
        "al",
        "er",
        "ers",
        "or",
        "ive",
        "ous",
        "ated",
        "ation",
        "ations",
        "ia",
        "ion",
        "ions",
        "ist",
        "ists",
        "ism",
        "ate",
        "ally",
    )
)
_BRITISH = (
    (re.compile(r"ae(?=[a-z])"), "e"), (re.compile(r"oe(?=[a-z])"), "e"), (re.compile(r"our$"), "or"),
    (re.compile(r"ours$"), "ors"), (re.compile(r"is(?=e[ds]?$|ing$|ation$)"), "iz"), (re.compile(r"^sulph"), "sulf"),
    (re.compile(r"e(?=m(?:ia|ic)s?$)"), "ae"), (re.compile(r"or$"), "our"), (re.compile(r"^edem"), "oedem"),
    (re.compile(r"^hem(?=[aoi])"), "haem"), (re.compile(r"rrhea"), "rrhoea"), (re.compile(r"^esoph"), "oesoph"),
    (re.compile(r"^sulf"), "sulph"), (re.compile(r"tre$"), "ter"), (re.compile(r"phagea"), "phagia"),
)  # fmt: skip


@cache
def _beside() -> frozenset[frozenset[str]]:
    pairs = {frozenset(row[at : at + 2]) for row in _ROWS for at in range(len(row) - 1)}
    for upper, lower in pairwise(_ROWS):
        pairs |= {frozenset((upper[at], lower[at])) for at in range(len(lower))}
        pairs |= {frozenset((upper[at + 1], lower[at])) for at in range(min(len(lower), len(upper) - 1))}
    return frozenset(pairs)


@cache
def common() -> frozenset[str]:
    """Ordinary English words, which are no misspelt names. Read when first asked for."""
    lines = Path(__file__).with_name("common.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def is_common(word: str) -> bool:
    """Whether a word in small letters is an ordinary one, or is made of one by an ending."""
    words = common()
    if word in words:
        return True
    for end, stems in (
        ("s", ("",)), ("es", ("",)), ("ed", ("", "e")), ("ing", ("", "e")), ("ly", ("",)), ("er", ("", "e")),
        ("ness", ("",)), ("ies", ("y",)), ("ied", ("y",)), ("ers", ("", "e")), ("able", ("", "e")),
    ):  # fmt: skip
        stem = word.removesuffix(end)
        if stem != word and len(stem) > 2 and any(stem + other in words for other in stems):
            return True
    return False


def otherwise_spelt(word: str) -> tuple[str, ...]:
    """A word in small letters as the other side of the Atlantic spells it, in the ways that may be."""
    return tuple(dict.fromkeys(other for cue, to in _BRITISH if (other := cue.sub(to, word)) != word))


def slips(written: str, meant: str) -> float:
    """How far `written` is from `meant`, both in small letters: 1 is about one odd letter, 0 the same."""
    plain = _cost(written, meant)
    sounds = (_sounding(written), _sounding(meant))
    if sounds != (written, meant):
        plain = min(plain, _cost(*sounds) + 0.4)
    return plain + (_FIRST if written[:1] != meant[:1] and _sounding(written)[:1] != _sounding(meant)[:1] else 0.0)


def another_form(written: str, meant: str) -> bool:
    """Whether a word is the other with another ending, such as constipated of constipation, and no slip of it."""
    written, meant = (word.replace("ae", "e").replace("oe", "e") for word in (written, meant))
    at = next(
        (at for at, (x, y) in enumerate(zip(written, meant, strict=False)) if x != y), min(len(written), len(meant))
    )
    ends = {written[at:], meant[at:]}
    shorter = {written[at - 1 :], meant[at - 1 :]} if at else ends
    return at > 4 and (ends <= _ENDINGS | {""} or shorter <= _ENDINGS)


def _sounding(word: str) -> str:
    for letters, sound in _SOUNDS:
        word = word.replace(letters, sound)
    return word


def _cost(a: str, b: str) -> float:
    before: list[float] = []
    last = [0.0]
    for at, letter in enumerate(b):
        last.append(last[-1] + _gap(b, at, letter))
    for i, x in enumerate(a):
        row = [last[0] + _gap(a, i, x)]
        for j, y in enumerate(b):
            best = min(last[j] + _swap(x, y), last[j + 1] + _gap(a, i, x), row[j] + _gap(b, j, y))
            if i and j and x == b[j - 1] and a[i - 1] == y and x != y:
                best = min(best, before[j - 1] + 0.7)
            row.append(best)
        before, last = last, row
    return last[-1]


def _swap(x: str, y: str) -> float:
    if x == y:
        return 0.0
    pair = frozenset((x, y))
    if pair in _ALIKE or pair <= _VOWELS:
        return 0.6
    return 0.8 if pair in _beside() else 1.0


def _gap(word: str, at: int, letter: str) -> float:
    if (at and word[at - 1] == letter) or word[at + 1 : at + 2] == letter:
        return 0.5
    return 0.7 if letter in _SILENT else 0.9
