"""When two names are the same. Pure functions, no state, no file.

A name is compared as a sequence of normalised tokens, so that a match in a text always begins and ends at a token and
offsets stay those of the text as written. What is folded away: case, width (ＡＢＣ), compatibility forms (²), accents,
dashes and other punctuation, the English possessive and plural, Greek letters (β = beta), and traditional Chinese
characters. Each Chinese character is a token of its own, so Chinese needs no word segmentation.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from text.remembered import remembered
from text.scripts import CJK, GREEK, simplified

# One CJK character, one Greek letter, or a run of other letters, digits and their combining marks.
_TOKEN = re.compile(
    rf"[{CJK}]|[\u0370-\u03ff\u1f00-\u1fff]|(?:(?![{CJK}\u0370-\u03ff\u1f00-\u1fff])[^\W_][\u0300-\u036f]*)+"
)
_POSSESSIVE = re.compile(r"['’ʼ＇]s\b", re.IGNORECASE)
# Words in which a final s is no plural: glass, virus, hepatitis; nor is it in words of up to four letters: AIDS, SARS.
_NO_PLURAL = ("ss", "us", "is")


@dataclass(frozen=True, slots=True)
class Token:
    """A token of a text: `text[start:end]` is how it is written, `norm` how it is compared."""

    start: int
    end: int
    norm: str


def tokens(text: str) -> list[Token]:
    """The tokens of `text` in order. Punctuation, and the English possessive ’s, belong to none."""
    possessives = {match.start() + 1 for match in _POSSESSIVE.finditer(text)} if "s" in text or "S" in text else set()
    folded = []
    for match in _TOKEN.finditer(text):
        if match.start() in possessives:
            continue
        norm = _fold(match.group())
        if norm:
            folded.append(Token(match.start(), match.end(), norm))
    return folded


def normalise(name: str) -> str:
    """The form in which two spellings of one name are equal: normalised tokens joined by one blank.

    Empty where the name has no letter or digit. Normalising twice changes nothing.
    """
    return " ".join(token.norm for token in tokens(name))


def is_chinese(text: str) -> bool:
    """Whether `text` holds at least one Chinese character."""
    return _CHINESE.search(text) is not None


_CHINESE = re.compile(f"[{CJK}]")


@remembered(200_000)
def _fold(word: str) -> str:
    if len(word) == 1 and is_chinese(word):
        return simplified(unicodedata.normalize("NFKC", word))
    decomposed = unicodedata.normalize("NFKD", word).casefold()
    plain = "".join(c for c in decomposed if not unicodedata.combining(c))
    if plain in GREEK:
        return GREEK[plain]
    plain = "".join(GREEK.get(c, c) for c in plain if c.isalnum())
    return _singular(plain)


def _singular(word: str) -> str:
    if len(word) <= 4 or not word.endswith("s") or word.endswith(_NO_PLURAL):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1]
