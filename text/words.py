"""The content words of a text in the form in which they are compared, and the lists of words that go with them.

A word is compared in the form that `text.names` gives it, a content word by its stem. A list of words is put into the
form of what it is compared with when it is made, by `folded` or `stemmed`: `denies` in a list of words is never met by
a token, which reads `deny`. Chinese has no blanks between words, so pairs of neighbouring characters stand for them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from text.names import is_chinese, normalise, tokens
from text.remembered import remembered


@dataclass(frozen=True, slots=True)
class Word:
    """A content word: `text[start:end]` is how it is written, `form` how it is compared."""

    start: int
    end: int
    form: str


def folded(listed: str) -> frozenset[str]:
    """The words of a list, which are separated by blanks, in the form of `text.names.Token.norm`."""
    return frozenset(normalise(word) for word in listed.split()) - {""}


def stemmed(listed: str) -> frozenset[str]:
    """The words of a list, which are separated by blanks, in the form of `content_words`."""
    return frozenset(stem(word) for word in folded(listed))


FUNCTION_WORDS = folded(
    "a an the this that these those it its itself they them their there here he she his her we our us you your i "
    "my me is are was were be been being am do does did done doing have has had having can could may might must "
    "shall should will would of in on at to for from with without within by as into onto over under between "
    "among against during before after since until through about above below up down out off and or nor but if "
    "then than so because while whereas although though when where which who whom whose what why how all any "
    "both each few more most other another some such only own same too very also just not no never neither "
    "cannot don doesn didn isn aren wasn weren haven hasn hadn won wouldn shouldn couldn t s e g etc vs via per "
    "however thus therefore hence moreover furthermore whether either one ones s"
)
"""Words that carry no medical content. Negation is among them because it is compared apart, by `text.context`."""

_CHINESE_FUNCTION = frozenset(
    "的了着过和与及或在是有为以于对把被从向到而且但若如则也都就还又很更最这那其之该此等个种者由"
)


def content_words(text: str) -> list[str]:
    """The content words of `text` in order, each in its form: the stem of a Latin word that is no function word, or a
    pair of neighbouring Chinese characters. Numbers are not among them; see `text.numbers`."""
    return [word.form for word in content(text)]


def content(text: str) -> list[Word]:
    """The content words of `text` in order, with their places."""
    folded_tokens = tokens(text)
    words = []
    for index, token in enumerate(folded_tokens):
        if not is_chinese(token.norm):
            if token.norm not in FUNCTION_WORDS and not token.norm.isdigit() and len(token.norm) > 1:
                words.append(Word(token.start, token.end, stem(token.norm)))
        elif index + 1 < len(folded_tokens):
            following = folded_tokens[index + 1]
            joined = following.start == token.end and is_chinese(following.norm)
            if joined and _CHINESE_FUNCTION.isdisjoint((token.norm, following.norm)):
                words.append(Word(token.start, following.end, token.norm + following.norm))
    return words


@remembered(50_000)
def stem(word: str) -> str:
    """The stem of an English word in small letters, so that treat, treated and treating meet; other words stay.

    Porter's second algorithm (https://snowballstem.org/algorithms/english/stemmer.html).
    """
    import snowballstemmer

    # A stemmer keeps the word it works on, so no two threads may share one.
    return str(snowballstemmer.stemmer("english").stemWord(word)) if word.isascii() else word


def quoted(text: str) -> list[str]:
    """What stands between “ and ” in `text`."""
    return re.findall(r"“([^”]*)”", text)
