"""Whether a text tells that the patient is pregnant, and how far, or has given birth of late: states that change the
odds of much.

`pregnant` alone is no name that is looked for in a text, and the week of a pregnancy is told in many ways.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping

_PREGNANCY, _EARLY, _LATE = "MEDGRAPH:pregnancy", "MEDGRAPH:factor-early-pregnancy", "MEDGRAPH:factor-late-pregnancy"
_HALF = 20
"""The week from which a pregnancy is a late one: what bleeds then is no miscarriage."""
_WEEKS = re.compile(r"(\d{1,2})(?:\s*\+\s*\d)?\s*(?:/\s*40|weeks?\b|wks?\b|w\b|周)", re.IGNORECASE)
_MONTHS = re.compile(r"(\d{1,2})\s*(?:months?\b|个多?月|月)", re.IGNORECASE)
_FIRST = re.compile(r"\b(?:first|1st) trimester\b|\bearly pregnan|早孕|孕早期|妊娠早期|早期妊娠", re.IGNORECASE)
_THIRD = re.compile(r"\b(?:third|3rd|last) trimester\b|\blate pregnan|晚孕|孕晚期|妊娠晚期|晚期妊娠", re.IGNORECASE)
_STATES: tuple[tuple[str, re.Pattern[str]], ...] = (
    (
        _PREGNANCY,
        re.compile(
            r"\b\d{1,2}(?:\+\d)?\s*(?:/\s*40|weeks?|wks?|months?)\s*(?:pregnant|gestation|gravid)\w*|"
            r"(?<![/\d])\b(?:[4-9]|[1-3]\d|4[0-3])(?:\+\d)?/40\b(?! (?:standing|sitting|lying|mm))|"
            r"\bpregnant\b|\bgravid\b|\b(?:first|second|third|1st|2nd|3rd) trimester\b|"
            r"(?:怀孕|妊娠|孕)\s*(?:约|已)?\s*\d{1,2}\s*\+?\d?\s*(?:周|个多?月|月)|孕妇|孕(?:早|中|晚)期|怀孕",
            re.IGNORECASE,
        ),
    ),
    (
        "MEDGRAPH:factor-postpartum",
        re.compile(
            r"\bpost-?(?:partum|natal)\b|\b(?:after|post|since)\s+(?:a |her |the )?(?:c-?section|cesarean|caesarean|"
            r"delivery|childbirth|giving birth)\b|"
            r"\bgave birth\b|\b(?:delivered|had) (?:a |her )?baby\b|产后|分娩后|剖宫产(?:术)?后|生完孩子|刚生完",
            re.IGNORECASE,
        ),
    ),
)
_NOT = re.compile(
    r"\b(?:not|never|isn't|wasn't|denies being|could (?:i|she) be|might be|may be|when|previously|wife|sister|mother|"
    r"trying to (?:get|become)|wants to be|after being|was|if)\s+(?:\w+\s+)?$|"
    r"(?:未|没|没有|不是|否认|备|母亲|妻子|妹妹|姐姐|是否|是不是|想|可能)$",
    re.IGNORECASE,
)
_AFTER = re.compile(r"\s*(?:test|\?|wife|sister|mother|women|history)|[吗史？前试]", re.IGNORECASE)


def states(text: str, known: Collection[str]) -> list[tuple[int, int, str]]:
    """Where a text tells of such a state, and its id; only those of `known`, each once."""
    told = []
    for id, pattern in _STATES:
        for match in pattern.finditer(text) if id in known else ():
            before = text[max(0, match.start() - 24) : match.start()]
            if not _NOT.search(before) and not _AFTER.match(text, match.end()):
                told.append((*match.span(), id))
                break
    return told


def staged(factors: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Factors by the name as told, a pregnancy with how far it is where its name tells that."""
    return {
        name: tuple(dict.fromkeys((*ids, _PREGNANCY, *_stage(name)))) if {_PREGNANCY, _EARLY, _LATE} & {*ids} else ids
        for name, ids in factors.items()
    }


def _stage(name: str) -> tuple[str, ...]:
    if _FIRST.search(name):
        return (_EARLY,)
    if _THIRD.search(name):
        return (_LATE,)
    weeks, months = _WEEKS.search(name), _MONTHS.search(name)
    if weeks or months:
        # A month of pregnancy is four weeks of it, as people count.
        week = int(weeks[1]) if weeks else 4 * int(months[1]) if months else 0
        return (_LATE,) if week >= _HALF else (_EARLY,)
    return ()
