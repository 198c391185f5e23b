"""How interactions read in English and in Chinese: what is stated of two drugs, what follows, and what was not found.

Pure functions. The words are what writers say and what the check recognises.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from graph.model import Entity, Source
from qa.evidence.kinds import FactEvidence
from qa.evidence.reasons import Interacts, Together
from qa.evidence.severity import CHINESE, Severity
from qa.evidence.statement import clause
from qa.evidence.wording import Words, name_in

PAIRS = 6
"""Pairs named in one sentence at most."""

MECHANISM = (". Mechanism: {}", "。机制：{}")
MANAGEMENT = (". What to do: {}", "。处理：{}")
MILDER = (
    ". What to do, by a source that grades it otherwise ({severity}): {}",
    "。处理（据分级不同的来源，{severity}）：{}",
)
"""The advice of a source that grades it lower than the worst."""
MARKS = ("Derived:", "推导：")
"""How a sentence says that no source states what it says."""
FOLLOWS = (". It follows from: {}", "。依据：{}")
BY_CLASSES = ("; the source means these by its own classes: {}", "；来源以其自己的类别指这些药：{}")
NO_PROOF = ("that is no proof of safety", "这不能证明安全")
DIFFERENTLY = ("Sources grade {} differently: {}", "各来源对{}的分级不同：{}")
STATED_BY = ("According to {}: {}", "据{}记载：{}")
UNGRADED = ("an interaction is stated, how severe is not", "有相互作用的记载，未说明严重程度")
LISTED = ("Stated of {x}, {severity}: {list}", "据记载，与{x}存在相互作用，{severity}：{list}")
DENIED = ("the source states no interaction", "来源称无相互作用")
INTERACTING = tuple(
    re.sub(r"\{\w*\}", "，", words)
    for pair in (MECHANISM, MANAGEMENT, MILDER, DIFFERENTLY, STATED_BY, UNGRADED, LISTED, DENIED, NO_PROOF)
    for words in pair
)
"""The words around what is said of an interaction, which any sentence on one may use."""


def together(drugs: Together, language: str) -> str:
    """`Warfarin with Aspirin`, `华法林与阿司匹林`."""
    a, b = (drug.of(language) for drug in drugs)
    return f"{a}与{b}" if language == "zh" else f"{a} with {b}"


def names(entity: Entity) -> Words:
    """The entity's name in both languages."""
    return Words(name_in(entity, "en"), name_in(entity, "zh"))


def graded(severity: Severity, language: str) -> str:
    """How severe in words; that it is not said, where it is not."""
    if severity == "unknown":
        return UNGRADED[language == "zh"]
    return CHINESE[severity] if language == "zh" else severity


def explained(mechanism: Words, management: Words, language: str) -> str:
    """Mechanism and what to do behind a clause, as far as they are there, without the last full stop."""
    chinese = language == "zh"
    parts = [
        pattern[chinese].format(bare(words.of(language)))
        for pattern, words in ((MECHANISM, mechanism), (MANAGEMENT, management))
        if words.of(language)
    ]
    return "".join(parts)


def bare(text: str) -> str:
    """On one line, without the last full stop."""
    return " ".join(text.split()).rstrip("。. ")


def interaction(because: Interacts, plain: tuple[str, str], entities: Mapping[str, Entity]) -> tuple[str, str]:
    """The clauses of a stated interaction with its severity on the one scale, mechanism, management, memberships."""
    said = []
    for language, stated in zip(("en", "zh"), plain, strict=True):
        chinese = language == "zh"
        grade = ""
        if because.severity not in ("unknown", because.word.lower()):
            words = graded(because.severity, language)
            grade = f"（分级：{words}）" if chinese else f" (graded {words})"
        if because.members:
            links = ("；" if chinese else "; ").join(clause(row, language, entities) for row in because.members)
            stated = f"{together(because.drugs, language)}{'：' if chinese else ': '}{stated}" + BY_CLASSES[
                chinese
            ].format(links)
        said.append(stated + grade + explained(because.mechanism, because.management, language))
    return said[0], said[1]


def derivation(
    drugs: Together, severity: Severity, mechanism: Words, management: Words, chain: Sequence[FactEvidence]
) -> tuple[str, str]:
    """The clauses of what follows, with what it follows from."""
    said = []
    for chinese, language in enumerate(("en", "zh")):
        head = f"{MARKS[chinese]}{'' if chinese else ' '}{together(drugs, language)}{'：' if chinese else ': '}"
        links = ("；" if chinese else "; ").join(bare(link.clauses[chinese]) for link in chain)
        said.append(
            head
            + (graded(severity, language) if severity != "unknown" else _UNGRADED[chinese])
            + explained(mechanism, management, language)
            + FOLLOWS[chinese].format(links)
        )
    return said[0], said[1]


_UNGRADED = ("severity unknown", "严重程度未知")


def search(
    source: Source,
    absent: Sequence[Together],
    unchecked: Sequence[str],
    nearest: Sequence[str] = (),
    *,
    closed: bool,
) -> tuple[str, str]:
    """The clauses of a source that was searched in vain, or that was left out by its licence."""
    title = source.title or source.id
    named = f"{title} {source.version}".strip()
    if closed:
        what = (f" for {pairs(absent, 'en')}; {NO_PROOF[0]}", f"：{pairs(absent, 'zh')}；{NO_PROOF[1]}")
        return (
            f"{named} is loaded, but closed by its licence ({source.licence}), and was not searched"
            + (what[0] if absent else ""),
            f"{named}已载入，但因许可（{source.licence}）未开放，没有检索" + (what[1] if absent else ""),
        )
    english, chinese = [], []
    if absent:
        english.append(f"Not found in {named}: {pairs(absent, 'en')}; {NO_PROOF[0]}")
        chinese.append(f"在{named}中未找到：{pairs(absent, 'zh')}；{NO_PROOF[1]}")
    if unchecked:
        english.append(unknown(unchecked, nearest, "en"))
        chinese.append(unknown(unchecked, nearest, "zh"))
    return ". ".join(english), "。".join(chinese)


def unknown(unchecked: Sequence[str], nearest: Sequence[str], language: str) -> str:
    """That names are unknown and were not looked up, and which names are nearest to them."""
    if language == "zh":
        near = f"（最接近的药名：{'、'.join(nearest)}，可能是其中之一，请确认）" if nearest else ""
        return f"未知药名，未核对：{'、'.join(unchecked)}{near}；{NO_PROOF[1]}"
    near = f" (nearest names: {', '.join(nearest)}; please confirm which is meant)" if nearest else ""
    return f"Unknown name, not checked: {', '.join(unchecked)}{near}; {NO_PROOF[0]}"


def pairs(absent: Sequence[Together], language: str) -> str:
    """Pairs in a row, and how many more there are."""
    shown = [together(drugs, language) for drugs in absent[:PAIRS]]
    more = len(absent) - len(shown)
    if language == "zh":
        return "、".join(shown) + (f"等，另有{more}对" if more else "")
    return ", ".join(shown) + (f" and {more} more" if more else "")
