"""How a text becomes the words of the full-text index, and a question the words to look for. Pure functions.

The index itself splits at blanks and punctuation, lowers, drops accents and stems (SQLite's `porter unicode61`). What
it cannot do is done here first: width and compatibility forms, Greek letters (TNF-α = TNF-alpha), traditional
characters, and Chinese, which has no blanks: a run of characters is written as its overlapping pairs, which serves
retrieval as well as segmentation into words does (Nie, Gao, Zhang, Zhou 2000, "On the use of words and n-grams for
Chinese information retrieval").
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from text.scripts import CJK, CJK_LATER, GREEK, simplified, simplified_version

_RUN = re.compile(f"[{CJK}{CJK_LATER}]+")
_GREEK_LETTER = re.compile("[α-ωΑ-ΡΣ-Ω]")
_WORD = re.compile(r"[^\W_]+")

_ENGLISH_STOP = """
    a about after all also am an and any are as at be because been before being between both but by can could did do
    does doing during each for from further had has have having he her here hers him his how i if in into is it its me
    more most my no nor not of on once only or other our ours over own same she should so some such than that the their
    theirs them then there these they this those through to too under until up us very was we were what when where
    which while who whom why will with would you your yours s t
"""
STOPWORDS = frozenset(_ENGLISH_STOP.split())
"""English words that say nothing of what a passage is about, those in which questions are asked among them."""

_CHINESE_STOP = re.compile(
    "什么时候|为什么|有没有|能不能|是不是|什么|怎么办|怎么样|怎么|怎样|如何|哪些|哪种|哪个|是否|可以|应该|需要|请问|多少|或者|以及|吗|呢|吧|的"
)


def fold(text: str) -> str:
    """`text` as the full-text index is given it."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKC", text)
    text = _GREEK_LETTER.sub(lambda letter: f" {GREEK[letter.group().lower()]} ", text)
    if _RUN.search(text):
        text = _RUN.sub(lambda run: f" {_pairs(run.group())} ", simplified(text))
    return text


def query_words(text: str) -> list[str]:
    """The words of a question to look for: lowered, in order, without duplicates and words that say nothing."""
    if not text.isascii():
        text = text.encode(errors="replace").decode()  # half characters (lone surrogates) are no words
        text = _CHINESE_STOP.sub(" ", simplified(unicodedata.normalize("NFKC", text)))
    words = (word.lower() for word in _WORD.findall(fold(text)))
    return list(dict.fromkeys(word for word in words if word not in STOPWORDS))


@cache
def fold_version() -> str:
    """What the outcome of `fold` depends on: an index made under another version is made anew."""
    return f"1 unicode {unicodedata.unidata_version} {simplified_version()}"


def _pairs(run: str) -> str:
    return run if len(run) == 1 else " ".join(run[i : i + 2] for i in range(len(run) - 1))
