"""The parts of a text of which nothing was understood, so that they are named and not dropped.

A part is what stands between two marks of punctuation. One of which anything was read, a number with its unit as well
as an age, is not named, nor one that only says who is ill, since when, or that all else is well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from itertools import pairwise

from qa.asked.vocabulary import SMALL
from qa.differential.case import duration, person, setting
from text.names import is_chinese, tokens

MOST = 20
"""So many parts of a text are named at most, and so many characters of each."""
_LONGEST = 80
_PARTS = re.compile(r"[,，;；。、!?！？\n\r\t]+|[.:](?!\d)|\s(?:and|but)\s")
_ENGLISH = """
feel feels feeling felt well ok okay fine otherwise today yesterday tonight since ago now then still again went
came come comes started starts start began day night morning evening afternoon hour minute weekend last past few
couple several doctor gp hospital clinic ward admitted presented presents presenting presentation brought seen
him her she baby son daughter husband wife partner mum dad mom yr yrs year month mth week day yo pt
complains complaining complaint pmh hx history examination exam obs vital sign thing nothing else get gets
getting got going always often sometimes maybe think help please thanks thank hello worried really
usually regular meds nkda nil nad wnl unremarkable healthy background known previously there here this that
what which could would might may cause causes caused disease diseases diagnosis differential condition likely
ros hpi fhx pmhx plan impression ill neonate newborn infant toddler life born birth lad
caucasian asian lady gentleman elderly middle aged ambulance home work works retired married single lasting
"""
_SMALL = SMALL | frozenset(_ENGLISH.split())
_SMALL_CHINESE = re.compile(
    r"患者|患儿|新生儿|婴儿|幼儿|出生|生后|病人|先生|女士|主诉|现病史|既往史?|体健|查体|体格检查|辅助检查|入院|就诊|来诊|门诊|急诊|医院|医生|"
    r"今天|昨天|前天|今晨|今早|昨晚|昨夜|现在|目前|最近|近来|近期|以来|开始|出现|发现|突然|突发|反复|持续|伴有?|无明显诱因|"
    r"一般情况|可以|尚可|正常|自诉|家属|代诉|诉|孩子|宝宝|小孩|儿子|女儿|妈妈|爸爸|母亲|父亲|爷爷|奶奶|老公|老婆|"
    r"丈夫|妻子|我家?|他|她|男性?|女性?|婴|童|老年|中年|青年|已婚|未婚|退休|农民|工人|学生|职员|汉族|"
    r"请问|谢谢|你好|您好|怎么回事|怎么办|是什么病|什么病|怎么了|什么疾病|哪种病|哪些病|[是会]?哪一?[种类型个]|何病|什么原因|什么引起|可能|"
    r"应该?考虑|考虑|鉴别|诊断|最|没有?其他|其他|特殊|情况|余|等|"
    r"[的了着过在是有也都就还和及与或个次约余多第]|[\d一二三四五六七八九十两几半]+|小时|分钟|天|日|周|月|年|岁|前|后|时"
)

_EDGES = re.compile(rf"^(?:会|{_SMALL_CHINESE.pattern})+|(?:{_SMALL_CHINESE.pattern}|会|吗|呢|啊)+$")


def unread(text: str, places: Collection[tuple[int, int]]) -> list[str]:
    """The parts of `text` that none of `places` touches and that tell more than who, when and where, as they are
    written; the first MOST."""
    read = [*places, *person.age_places(text), *((match.start(), match.end()) for match in duration.stretches(text))]
    parts: list[str] = []
    for start, end in _parts(text):
        part = text[start:end].strip()
        if any(one < end and start < other for one, other in places) or not _tells(part, text, start, read):
            continue
        if setting.season(part) or setting.region(part):
            continue
        part = _trimmed(part)
        parts.append(part if len(part) <= _LONGEST else part[: _LONGEST - 1] + "…")
    return list(dict.fromkeys(parts))[:MOST]


def _trimmed(part: str) -> str:
    """The part from its first to its last word that is not small, without the words that only ask."""
    if is_chinese(part):
        return _EDGES.sub("", part)
    words = [word for word in tokens(part) if word.norm not in _SMALL]
    start = max(part.rfind(" ", 0, words[0].start), part.rfind("(", 0, words[0].start)) + 1 if words else 0
    return part[start : words[-1].end] if words else part


def _parts(text: str) -> Sequence[tuple[int, int]]:
    cuts = [(0, 0), *(mark.span() for mark in _PARTS.finditer(text)), (len(text), len(text))]
    return [(before[1], behind[0]) for before, behind in pairwise(cuts) if before[1] < behind[0]]


def _tells(part: str, text: str, at: int, read: Collection[tuple[int, int]]) -> bool:
    """Whether a part has a word left that is neither read nor small."""
    if is_chinese(part):
        return len(re.findall(r"[\u4e00-\u9fff]", _SMALL_CHINESE.sub("", part))) >= 2
    offset = at + len(text[at:]) - len(text[at:].lstrip())
    return any(
        len(word.norm) > 2 and word.norm.isalpha() and word.norm not in _SMALL
        for word in tokens(part)
        if not any(one <= offset + word.start < other for one, other in read)
    )
