"""What of a case was taken from the question, and what of it was not understood: nothing told is dropped in silence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from qa.differential.model import Case, Finding, Unknown
from qa.evidence.kinds import ToldEvidence
from qa.evidence.wording import Words

_SEXES = {"female": Words("female", "女性"), "male": Words("male", "男性")}
_SEASONS = {
    "winter": Words("winter", "冬季"), "spring": Words("spring", "春季"), "summer": Words("summer", "夏季"),
    "autumn": Words("autumn", "秋季"),
}  # fmt: skip
_REGIONS = {
    "tropics": Words("the tropics", "热带"), "africa": Words("Africa", "非洲"),
    "south-asia": Words("South Asia", "南亚"),
    "east-asia": Words("East Asia", "东亚"), "latin-america": Words("Latin America", "拉丁美洲"),
    "mediterranean": Words("the Mediterranean", "地中海地区"), "north-america": Words("North America", "北美"),
    "altitude": Words("high altitude", "高海拔"), "rural": Words("the country", "农村"),
}  # fmt: skip
_TEMPOS = {
    "minutes": Words("for minutes", "病程数分钟"), "hours": Words("for hours", "病程数小时"),
    "days": Words("for days", "病程数日"), "weeks": Words("for weeks", "病程数周"),
    "months": Words("for months", "病程数月"), "years": Words("for years", "病程数年"),
    "episodes": Words("in episodes", "反复发作"),
}  # fmt: skip


def taken(case: Case) -> list[ToldEvidence]:
    """What the ranking rests on."""
    there = _names(case.observed)
    findings = {finding.told for finding in case.observed}
    parts = [Words(f"Counted as there: {', '.join(there)}", f"按存在计入：{'、'.join(there)}")] if there else []
    if absent := _names(case.excluded):
        parts.append(Words(f"as absent: {', '.join(absent)}", f"按不存在计入：{'、'.join(absent)}"))
    about = [
        *([_age(case.age)] if case.age is not None else []),
        *(table[key] for table, key in (
            (_SEXES, case.sex), (_TEMPOS, case.tempo), (_SEASONS, case.season), (_REGIONS, case.region)
        ) if key in table),
        *(Words(name, name) for name in dict.fromkeys((*case.factors, *case.drugs)) if name not in findings),
    ]  # fmt: skip
    if about:
        parts.append(
            Words(
                f"of the person: {', '.join(one.of('en') for one in about)}",
                f"患者情况：{'、'.join(one.of('zh') for one in about)}",
            )
        )
    said = [Words("; ".join(part.en for part in parts), "；".join(part.zh for part in parts))] if parts else []
    return [_told(one) for one in (*said, *_notes(case))]


def not_understood(case: Case) -> list[ToldEvidence]:
    """What was told and is no name here, with the names nearest to it."""
    counted = {finding.told.casefold() for finding in (*case.observed, *case.excluded)}
    unknown = _widest([one for one in case.unknown if one.told.casefold() not in counted])
    if not unknown:
        return []
    english, chinese = [], []
    for one in unknown:
        near = ", ".join(one.nearest)
        english.append(f"“{one.told}”" + (f" (nearest: {near})" if near else ""))
        chinese.append(f"“{one.told}”" + (f"（最接近：{near}）" if near else ""))
    return [
        _told(
            Words(f"Not understood, and not counted: {', '.join(english)}", f"未能识别，未计入：{'、'.join(chinese)}")
        )
    ]


def _widest(unknown: Sequence[Unknown]) -> list[Unknown]:
    """Each once: the reader of the question and that of the case may cut the same words differently."""
    widest: list[Unknown] = []
    for one in sorted(unknown, key=lambda one: -len(one.told)):
        if not any(one.told.casefold() in other.told.casefold() for other in widest):
            widest.append(one)
    return [one for one in unknown if one in widest]


def _notes(case: Case) -> Iterable[Words]:
    if case.notes:
        yield Words("; ".join(note.of("en") for note in case.notes), "；".join(note.of("zh") for note in case.notes))


def _age(years: float) -> Words:
    if years < 28 / 365:
        return Words("a newborn", "新生儿")
    if years < 2:
        months = max(1, round(12 * years))
        return Words(f"{months} month{'s' * (months != 1)} old", f"{months}个月")
    return Words(f"{int(years)} years old", f"{int(years)}岁")


def _names(findings: Iterable[Finding]) -> list[str]:
    return [f"{finding.told} ({finding.read})" if finding.read else finding.told for finding in findings if finding.ids]


def _told(said: Words) -> ToldEvidence:
    return ToldEvidence("", (), (said.en, said.zh))
