"""How far a denial reaches in the telegraphic prose of a case: over a list, and not into what is told after it.

A record lists what is not there after one `no`; somebody who tells of an illness begins anew after each comma:
`no blood in it, dry mouth, vomiting for 2 days` denies the blood alone. What reads as a list stays one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from text.context.judgement import Judgement
from text.names import is_chinese

_STOPS = re.compile(r"[.。;；!！?？\n](?!\d)|\bbut\b|\bhowever\b|但是?|不过", re.IGNORECASE)
_COMMAS = re.compile(r"[,，、]")
_DENIES = re.compile(
    r"\b(?:no|not|non|without|w/o|never|denie[sd]|denying|nil|none|negative|absent|absence|neither|nor|free of|"
    r"rules? out|lacks?|lacking|cannot|can't)\b|n't\b|无|没|未|不|否认|非|阴性|（-）|\(-\)",
    re.IGNORECASE,
)
_ANNOUNCES = re.compile(
    r"\b(?:denie[sd]|denying|negative for|absence of|free of|none of|no (?:evidence|signs?|history) of)\b|否认",
    re.IGNORECASE,
)
_NARROW = re.compile(r"\b(?:without|w/o)\b", re.IGNORECASE)
_OR = re.compile(r"\b(?:or|nor)\b", re.IGNORECASE)
_ANEW = re.compile(
    r"\d|\b(?:for|since|after|when|on|in|at|with|his|her|my|the|is|are|has|have|had|now|today|yet|feels?|very|really|bad|"
    r"severe|mild|started|keeps?|worse|lots?|all over|everywhere|again|still|sudden(?:ly)?|left|right)\b|"
    r"^\W*\w+ing \w|^\W*(?:i|he|she|it|they)\b",
    re.IGNORECASE,
)
"""What a bare member of a list does not have."""
_ANNOUNCED = re.compile(
    r"(?:^|[.。;；!?\n])\W*(?:(?:pertinent |relevant )?negatives?|not (?:present|found|seen)|absent|"
    r"excluded|denied|denies|negative for|阴性(?:症状|体征)?|否认|未见|无)\s*[:：][^.。;；!?\n]*$",
    re.IGNORECASE,
)
"""A list under a word that denies it: `Not present: cleft palate, heart defect.`"""
_ASKED = re.compile(
    r"\b(?:r/o|rule out|query)\s+[^:：.。;；\n]{1,40}(?:[:：]|,(?=\s*\d{1,3}\s*(?:[- ]?y(?:ea)?r?s?\b|y/?o\b|[mf]\b)))",
    re.IGNORECASE,
)
"""Why a patient is sent, before the case: `r/o PE: 35F, sudden pain`."""
_CANNOT = re.compile(
    r"\b(?:can(?:no|['’])?t|can not|could ?n['’]?t|could not|(?:un|not )able to|wo ?n['’]?t|will not)\b"
    r"(?!\s+(?:\w+ )?(?:see|feel|find|hear|detect|elicit|notice|recall|remember|identify|demonstrate|complain|report|"
    r"have)\b)",
    re.IGNORECASE,
)
"""What somebody is not able to do, which denies no finding behind it: `can't get out of bed, hips stiff`."""
_UNABLE = re.compile(r"不(?:[肯能爱想愿敢让会下上来起住了动开清出]|太|怎么|得不|知)[^无没未否]*$")
"""What Chinese says of who will not or cannot, which denies nothing behind the next mark: 不肯吃奶、嗜睡."""
_FAR = 400
"""Characters before and behind a place that are looked at."""
_CHANGE = re.compile(r"\bchanges? in\b", re.IGNORECASE)


def reached(text: str, places: Sequence[tuple[int, int]], judged: Sequence[Judgement]) -> list[Judgement]:
    """The judgements of the places of a text, affirmed where a denial was carried past its list, certain where a
    question was that was asked before it, and denied where the list is announced as what is not there."""
    return [_reached(text, place, verdict) for place, verdict in zip(places, judged, strict=True)]


def _reached(text: str, place: tuple[int, int], verdict: Judgement) -> Judgement:
    before = text[max(0, place[0] - _FAR) : place[0]]
    if verdict.polarity == "affirmed" and _ANNOUNCED.search(before):
        return replace(verdict, polarity="negated")
    if verdict.polarity == "negated" and (_beyond(text, *place) or _behind_cannot(_STOPS.split(before)[-1])):
        return replace(verdict, polarity="affirmed")
    if verdict.certainty == "hypothetical" and _ASKED.search(_STOPS.split(before)[-1]):
        return replace(verdict, certainty="certain")
    return verdict


def _behind_cannot(before: str) -> bool:
    """Whether what a sentence says before a place denies last that somebody can do something."""
    cannot = [match.end() for match in _CANNOT.finditer(before)]
    return bool(cannot) and cannot[-1] >= max((match.end() for match in _DENIES.finditer(before)), default=0)


def _beyond(text: str, start: int, end: int) -> bool:
    """Whether a place stands after the list that is denied, which nothing in its own part of the sentence denies."""
    first = max(
        (stop.end() for stop in _STOPS.finditer(text, max(0, start - _FAR), start)), default=max(0, start - _FAR)
    )
    after = _STOPS.search(text, end, end + _FAR)
    stop = after.start() if after else min(len(text), end + _FAR)
    cuts = [comma.start() for comma in _COMMAS.finditer(text, first, stop)]
    bounds = [first, *(cut + 1 for cut in cuts), stop + 1]
    parts = [text[a : b - 1] for a, b in pairwise(bounds)]
    here = max(at for at, bound in enumerate(bounds[:-1]) if bound <= start)
    denying = [at for at, part in enumerate(parts) if _DENIES.search(part)]
    if here in denying or _DENIES.search(text, start, end) or not (before := [at for at in denying if at < here]):
        return False
    opening = before[-1]
    last = next((at for at in denying if at > here), len(parts)) - 1
    if is_chinese(text[start:end]):
        return _behind_two(parts, before)
    return not _listed(parts, opening, here, last)


def _behind_two(parts: Sequence[str], before: Sequence[int]) -> bool:
    """Whether Chinese parts that deny stand two in a row before, or the last one only tells what somebody cannot do."""
    return _UNABLE.search(parts[before[-1]]) is not None or before[-1] - 1 in before


def _listed(parts: Sequence[str], opening: int, here: int, last: int) -> bool:
    """Whether the parts of a sentence from `opening`, which denies, are members of one list as far as `here`."""
    if any(_OR.search(part) for part in parts[here : last + 1]):
        return True
    if _ANNOUNCES.search(parts[opening]):
        return True
    if _OR.search(parts[opening]) or _NARROW.search(parts[opening]) or (opening and _DENIES.search(parts[opening - 1])):
        return False
    denied = _DENIES.split(_CHANGE.sub("", parts[opening]))[-1]
    return not any(map(_ANEW.search, (denied, *parts[opening + 1 : last + 1])))
