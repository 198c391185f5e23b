"""Names of drugs by their place: what stands where a question has the name of a drug, though nothing bears it.

"Is Zentravil effective for migraine?" asks about Zentravil, whatever it is: told of migraine alone, an answer would
read as one about it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.asked.names import Span
from qa.asked.partners import NO_NAME
from qa.asked.vocabulary import SMALL
from text.names import normalise

_NAME = r"([A-Za-z][A-Za-z0-9-]{4,})"
_DOES = (
    r"effective|efficacious|work(?:s|ing)?|help(?:s|ful)?|useful|any good|good|beneficial|indicated|approved|"
    r"licen[sc]ed|treats?|cures?|relieves?|prevents?|be (?:taken|used|given|combined|prescribed|mixed)|interacts?|safe|"
    r"contra-?indicated|causes?|harm(?:s|ful)?"
)
_ENGLISH = (
    re.compile(rf"\b(?:is|are|does|do|can|could|may|might|will|would|should|has)\s+{_NAME}\s+(?:{_DOES})\b", re.I),
    re.compile(rf"\b(?:can|could|may|should|do)\s+{_NAME}\s+(?:and|or|with)\s+\S+\s+(?:be|interact|go)\b", re.I),
    re.compile(rf"\b(?:can|could|may|should|do)\s+\S+\s+(?:and|or|with)\s+{_NAME}\s+(?:be|interact|go)\b", re.I),
    re.compile(
        r"\b(?:side[- ]effects?|adverse (?:\w+ )?(?:effects?|events?|reactions?)|dos(?:e|es|age)|indications?|"
        r"mechanism(?: of action)?|alternatives?|contra-?indications?|efficacy|effectiveness)\s+(?:of|for|to)\s+"
        rf"{_NAME}(?=\s*(?:[?.,;!]|$|\s(?:and|in|for|during|with|when|used)\b))",
        re.I,
    ),
    re.compile(rf"\bhow does\s+{_NAME}\s+(?:work|act)\b|\bwhat is\s+{_NAME}\s+(?:used |indicated )?for\b", re.I),
)
_START = r"(?:^|[，。；：、？！\s])(?:请问)?(?:服用|吃|用|打)?"
_CHINESE = (
    re.compile(
        rf"{_START}([\u4e00-\u9fff]{{2,10}}?)(?:(?:都?有(?:哪些|什么)|的|会有什么)?(?:常见|主要|严重)?"
        r"(?:的)?(?:副作用|不良反应|毒副作用|适应[症证]|作用机制|禁忌|用法用量))"
    ),
    re.compile(
        rf"{_START}([\u4e00-\u9fff]{{2,10}}?)(?:(?:能不能|可不可以|是否可以?|能否|能|可以?)?(?:对|治疗?|用于))"
        r"[^，。？！]{1,20}?(?:有没有效|有效|有用|管用|有没有用|的?效果|疗效|吗)"
    ),
)
_FORM = re.compile(r"(?:缓释|控释|肠溶|分散|咀嚼)?(?:片剂?|胶囊|颗粒|注射液|口服液|滴丸|丸|散|膏|冲剂)$")
_MADE_UP = re.compile(r"[宁灵康乐平定通欣舒素林清安泰]")
"""How names of products end: behind the name of a drug, they make another name."""


def strange_drugs(text: str, spans: Sequence[Span]) -> dict[str, tuple[int, int]]:
    """The names, as written, that stand where a drug is asked about and that nothing in `spans` covers, each with its
    place; of a longer name of which only the beginning is known, the whole."""
    strange: dict[str, tuple[int, int]] = {}
    for match in (one for pattern in _ENGLISH for one in pattern.finditer(text)):
        group = next(number for number, value in enumerate(match.groups(), 1) if value)
        if normalise(match[group]) not in SMALL and _is_free(match.span(group), spans):
            strange[match[group]] = match.span(group)
    for match in (one for pattern in _CHINESE for one in pattern.finditer(text)):
        if NO_NAME.search(match[1]) is None and (_is_free(match.span(1), spans) or _is_longer(text, match, spans)):
            strange.setdefault(match[1], match.span(1))
    return strange


def _is_free(place: tuple[int, int], spans: Sequence[Span]) -> bool:
    return all(place[1] <= span.start or span.end <= place[0] for span in spans)


def _is_longer(text: str, match: re.Match[str], spans: Sequence[Span]) -> bool:
    """Whether the name goes on behind that of a drug as the name of another product does."""
    start, end = match.span(1)
    inside = [span for span in spans if span.start < end and start < span.end]
    if len(inside) != 1 or inside[0].start != start or not any(e.type == "Drug" for e in inside[0].entities):
        return False
    rest = _FORM.sub("", text[inside[0].end : end])
    return len(rest) == 1 and _MADE_UP.fullmatch(rest) is not None
