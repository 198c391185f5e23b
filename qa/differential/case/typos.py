"""Words of a text that are misspelt, put right where that gives a name that doctors or patients use.

A word counts as misspelt that no phrase has and that is one slip from one that has (two, where it is long): a letter
too many, too few or wrong, or two in the wrong order (Damerau 1964). The first letter is seldom wrong.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from qa.asked.vocabulary import SMALL
from qa.differential.case.phrases import phrases
from text.names import Token, is_chinese

_SHORTEST, _LONG = 5, 9
"""The shortest word that is meant; from how many letters on two slips may be in one."""
_RIGHT = """
cancer fewer
couch coach tried staff spell breeding blending bloom brood sweet swear steep chess cheat height favour favor
crouch hearth heard beard board broad brand drawn drown grown flown trial triad treat trend heath breathe breadth
bread break dread tread sleet sheep sweep slight flight fright bright height weighs caught taught couched touch
pouch vouch slept swept spoil small smell shell shall stall stale state skill spill still chill hills drill house
horse nurse purse curse course coarse place plate plane blend blind bland brain drain train strain grain clear
clean cleared walks talks works weeks cheeks chicks checks thinks drinks parts hearts starts charts
value event while quite quit check novel lives clinic fatal tract though thank doing states tests levels alone toxic
washed overnight shimmering grease faint feint wasting passing panting pointing lighter fighter tighter slower shower
flower hammer banging hanging ringing bringing swinging singing winging sitting hitting getting letting setting
knock knocks shock stock clock block black slack track crack stuck truck struck trunk drunk shrunk stung swung
colon thirty denied infected worked showed describe deceased receiving evaluation recessive always infects tells tall
"""
_WORDS = frozenset(_RIGHT.split())
"""Words that are one slip from another and right."""


def put_right(words: Sequence[Token], read: Collection[tuple[int, int]]) -> list[Token]:
    """`words` with those put right that stand outside the places `read`; offsets stay those of the text."""
    right = []
    for word in words:
        if not any(start <= word.start < end for start, end in read) and (meant := _meant(word.norm)):
            word = replace(word, norm=meant)
        right.append(word)
    return right


@lru_cache(maxsize=4096)
def _meant(word: str) -> str:
    """The word that is meant by one that is no word; empty where it is one, or where nothing is near."""
    if len(word) < _SHORTEST - 1 or is_chinese(word) or not word.isalpha() or word in SMALL or word in _WORDS:
        return ""
    near = _vocabulary().get(word[0], {})
    if word in near:
        return ""
    from rapidfuzz.distance import OSA

    most = 2 if len(word) >= _LONG else 1
    best = min(
        (
            (OSA.distance(word, other, score_cutoff=most), -often, other)
            for other, often in near.items()
            if len(other) >= _SHORTEST
        ),
        default=(9, 0, ""),
    )
    return best[2] if best[0] <= most else ""


@cache
def _vocabulary() -> Mapping[str, Mapping[str, int]]:
    """By first letter the English words of the phrases, with in how many each is."""
    by_letter: dict[str, dict[str, int]] = {}
    for phrase in phrases():
        for word in () if is_chinese(phrase) else phrase.split():
            if word.isalpha():
                of_letter = by_letter.setdefault(word[0], {})
                of_letter[word] = of_letter.get(word, 0) + 1
    return by_letter
