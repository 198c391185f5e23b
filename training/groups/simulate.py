"""Texts of patients as they might come: findings drawn by how often a condition has them, in either language."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from training.groups.names import Condition, Names

ASKED = {"history": 0.75, "exam": 0.6, "bedside": 0.4, "lab": 0.25, "imaging": 0.15, "invasive": 0.05}
"""How often a text tells of what there is to tell, by how it is found out."""
MOST = 9
"""Findings that a text tells of at most."""
DENIED = 0.5
"""So many texts deny something."""
_STAGES = ((0.0, 0.08), (0.08, 2.0), (2.0, 12.0), (12.0, 18.0), (18.0, 40.0), (40.0, 65.0), (65.0, 92.0))
_LASTED = {
    "minutes": (("minutes",), ("分钟",), 60),
    "hours": (("hours", "hrs", "h"), ("小时", "个小时"), 24),
    "days": (("days", "d"), ("天", "日"), 10),
    "weeks": (("weeks", "wks"), ("周", "个星期"), 8),
    "months": (("months",), ("个月", "月"), 11),
    "years": (("years", "yrs"), ("年",), 12),
}


@dataclass(frozen=True, slots=True)
class Text:
    """A text to learn from: its language, its group, and the disease that it must not be split from."""

    text: str
    language: str
    group: str
    disease: str
    weight: float = 1.0


def patients(condition: Condition, group: str, disease: str, names: Names, count: int, seed: str) -> list[Text]:
    """So many texts of a condition in each language; the same for the same seed."""
    random = Random(f"{seed} {condition.id}")  # noqa: S311 not for secrets
    return [
        Text(_patient(condition, names, language, random), language, group, disease)
        for _ in range(count)
        for language in ("en", "zh")
    ]


def rare(terms: Sequence[str], group: str, disease: str, names: Names, seed: str, weight: float) -> list[Text]:
    """A text in each language of a disease whose findings alone are given."""
    random = Random(f"{seed} {disease}")  # noqa: S311 not for secrets
    texts: list[Text] = []
    for language in ("en", "zh"):
        some = random.sample(list(terms), min(len(terms), random.randint(3, MOST)))
        present = [random.choice(called) for each in some if (called := names.of(each, language))]
        if present:
            who = _who(random.choices(_STAGES, (2, 3, 5, 2, 2, 1, 0.3))[0], random.random() < 0.5, language, random)
            texts.append(Text(_written(who, present, [], "", language, random), language, group, disease, weight))
    return texts


def _patient(condition: Condition, names: Names, language: str, random: Random) -> str:
    bands = random.choices(_STAGES, [max(each, 0.001) for each in condition.stages])[0]
    who = _who(bands, random.random() * 100 < condition.female, language, random)
    present: list[str] = []
    absent: list[str] = []
    for finding, percent, kind in condition.findings:
        called = names.of(finding, language)
        if called and random.random() < ASKED.get(kind, 0.3):
            (present if random.random() * 100 < percent else absent).append(random.choice(called))
    random.shuffle(present)
    random.shuffle(absent)
    background = [
        random.choice(called)
        for factor, ratio in condition.factors
        if (called := names.of(factor, language)) and random.random() < min(0.4, 0.08 * ratio**0.5)
    ]
    denied = absent[: random.randint(1, 3)] if random.random() < DENIED else []
    text = _written(
        who, present[:MOST] or absent[:1], denied, _lasted(condition.tempos, language, random), language, random
    )
    return text + _history(background[:3], language, random)


def _who(band: tuple[float, float], woman: bool, language: str, random: Random) -> str:
    age = random.uniform(*band)
    if random.random() < 0.12:
        return ""
    if language == "zh":
        old = (
            f"{int(age)}岁"
            if age >= 2
            else f"{max(1, round(age * 12))}个月"
            if age >= 0.08
            else f"生后{int(age * 365) + 1}天"
        )
        sex = random.choice(
            ("女", "女性", "女孩" if age < 16 else "女士") if woman else ("男", "男性", "男孩" if age < 16 else "先生")
        )
        return random.choice((f"{old}{sex}", f"患者{sex[0]}，{old}", f"{sex}，{old}", old))
    old = f"{int(age)}" if age >= 2 else ""
    small = f"{max(1, round(age * 12))} month old" if age >= 0.08 else f"{int(age * 365) + 1} day old"
    adult = ("woman", "female", "lady") if woman else ("man", "male", "gentleman")
    sex = random.choice(adult if age >= 16 else ("girl", "female") if woman else ("boy", "male"))
    if not old:
        return random.choice((f"{small} {sex}", f"My baby, {small}", f"{small} baby {sex}"))
    return random.choice(
        (
            f"{old} year old {sex}",
            f"{old}yo {sex}",
            f"{old}{'F' if woman else 'M'}",
            f"{old} y/o {sex}",
            f"I am a {old}-year-old {sex}",
        )
    )


def _lasted(tempos: Sequence[str], language: str, random: Random) -> str:
    tempo = random.choice(tempos)
    if random.random() < 0.4:
        return ""
    if tempo not in _LASTED:
        return random.choice(
            ("反复发作", "时好时坏") if language == "zh" else ("on and off", "comes and goes", "in episodes")
        )
    english, chinese, most = _LASTED[tempo]
    number = random.randint(1, most)
    return f"{number}{random.choice(chinese)}" if language == "zh" else f"{number} {random.choice(english)}"


def _written(
    who: str, present: Sequence[str], denied: Sequence[str], lasted: str, language: str, random: Random
) -> str:
    if language == "zh":
        joint = random.choice(("，", "、", "，伴", "，还有"))
        words = joint.join(present)
        since = random.choice((f"{lasted}。", f"，已{lasted}。", f"，{lasted}了。")) if lasted else "。"
        none = random.choice(("无", "没有", "否认")) if denied else ""
        return f"{who}{'，' if who else ''}{words}{since}{none}{'、'.join(denied)}{'。' if denied else ''}"
    joint = random.choice((", ", ", ", " and ", "; ", ". "))
    words = joint.join(each if each.isupper() else each[0].lower() + each[1:] for each in present)
    lead = random.choice((" with ", ": ", ", ", " presents with ", " c/o ", " has ")) if who else ""
    since = random.choice((f" for {lasted}.", f" x {lasted}.", f", {lasted}.")) if lasted else "."
    none = ""
    if denied:
        low = [each[0].lower() + each[1:] for each in denied]
        none = (
            random.choice((" No " + ", no ".join(low), " Denies " + " or ".join(low), " No " + " or ".join(low))) + "."
        )
    return f"{who}{lead}{words}{since}{none}"


def _history(background: Sequence[str], language: str, random: Random) -> str:
    if not background:
        return ""
    if language == "zh":
        return random.choice(("既往", "有", "病史：")) + "、".join(background) + "。"
    return random.choice((" PMH ", " History of ", " Background: ")) + ", ".join(background) + "."
