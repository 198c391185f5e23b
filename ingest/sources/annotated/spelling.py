"""Whether two texts are the same letters in two spellings.

Annotations are often made on a copy of the text in which dashes, Greek letters, quotes, ligatures or accents were
written in ASCII, while the passage came with the publisher's own. Case, digits and punctuation count: another spelling
never excuses another place.
"""

from __future__ import annotations

import unicodedata
from itertools import product

from text.scripts import GREEK

_DASHES = "-‐‑‒–—―−﹣－⁃­"
_SINGLE = "'’‘‚‛′`´ʹʻʼ＇"
_DOUBLE = '"“”„‟″«»＂'
_PLAIN = {ord(c): " " for c in _DASHES} | {ord(c): "'" for c in _SINGLE} | {ord(c): '"' for c in _DOUBLE}
_LETTERS = {
    "ø": "o", "Ø": "O", "æ": "ae", "Æ": "AE", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ð": "d",
    "þ": "th", "ı": "i", "×": "x", "⁄": "/", "…": "...", "·": ".", "•": ".", "∙": ".", "⋅": ".",
}  # fmt: skip
_GERMAN = {"ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "å": "aa", "Å": "Aa", "ø": "oe"}
_LATIN = {letter: name[0] for letter, name in GREEK.items()} | {"η": "h", "θ": "q", "ω": "w", "ξ": "x", "χ": "x"}


def alike(one: str, other: str) -> bool:
    """Whether both are written with the same letters, however dashes, quotes, Greek letters and accents are spelt."""
    return one == other or not _keys(one).isdisjoint(_keys(other))


def _keys(text: str) -> set[str]:
    """The ASCII spellings of `text`."""
    if text.isascii():
        return {_ascii(text, GREEK, {}, "ss")}
    return {
        _ascii(text, greek, umlauts, sharp)
        for greek, umlauts, sharp in product((GREEK, _LATIN, _INITIALS), ({}, _GERMAN), ("ss", "b", "beta"))
    }


_INITIALS = {letter: name[0] for letter, name in GREEK.items()}


def _ascii(text: str, greek: dict[str, str], umlauts: dict[str, str], sharp: str) -> str:
    text = unicodedata.normalize("NFKC", text.translate(_PLAIN)).translate(_PLAIN)
    made = []
    for character in text:
        if unicodedata.category(character) == "Cf":  # joiners and marks of direction are not seen
            continue
        if character == "ß":
            made.append(sharp)
        elif character in umlauts:
            made.append(umlauts[character])
        elif character in _LETTERS:
            made.append(_LETTERS[character])
        elif character.lower() in greek:
            name = greek[character.lower()]
            made.append(name if character.islower() else name.capitalize())
        else:
            made.extend(
                _LETTERS.get(part, part)
                for part in unicodedata.normalize("NFKD", character)
                if not unicodedata.combining(part)
            )
    return "".join(made)
