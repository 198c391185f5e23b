"""How a ranking of diseases reads in English and in Chinese: how probable each is, by what, and what to find out next.

Pure functions of names and numbers.
"""

from __future__ import annotations

from collections.abc import Sequence

from qa.evidence.judged import BY_JUDGEMENT
from qa.evidence.wording import UNEXPLAINED, Words, listed

PROBABLE, UNLIKELY = 0.5, 0.1
"""From the first on a disease is called probable, below the second improbable."""
NOTHING = Words(
    "No disease here is stated to have any of these findings",
    "此处没有疾病记载有其中任何一项表现",
)
FORMS = 3
"""Further forms of a disease named at most."""
_LEADS = {
    "probable": Words("Most probable", "最可能"),
    "first": Words("First to think of", "首先考虑"),
    "uncertain": Words("First, though not probable", "首先考虑，但可能性不高"),
    "less": Words("Less probable", "可能性较小"),
    "unlikely": Words("Improbable", "可能性很小"),
    "asked probable": Words("Asked about, probable", "所问疾病，很可能"),
    "asked": Words("Asked about, possible", "所问疾病，有可能"),
    "asked unlikely": Words("Asked about, less probable", "所问疾病，可能性较小"),
}


def percent(share: float) -> Words:
    """A probability in whole percent; what is near to none or all of it is not told as that."""
    if share < 0.01:
        return Words("under 1%", "不足1%")
    if share > 0.99:
        return Words("over 99%", "超过99%")
    return Words(f"{round(100 * share)}%", f"{round(100 * share)}%")


def lead(probability: float, place: int, *, missed: bool, asked: bool = False) -> Words:
    """What stands before a candidate: how probable it is, by its place in the ranking (0 is the first), and whether it
    must not be missed."""
    if asked:
        rank = "asked probable" if probability >= PROBABLE else "asked" if probability >= UNLIKELY else "asked unlikely"
    elif place == 0:
        rank = "probable" if probability >= PROBABLE else "first" if probability >= UNLIKELY else "uncertain"
    else:
        rank = "less" if probability >= UNLIKELY / 2 else "unlikely"
    word = _LEADS[rank]
    share = percent(probability)
    danger = Words(", must not be missed", "，不可漏诊") if missed else Words()
    return Words(f"{word.en} ({share.en}{danger.en}): ", f"{word.zh}（{share.zh}{danger.zh}）：")


def presents(name: Words, findings: Sequence[Words]) -> Words:
    """A disease with the findings of the case that it has; its name alone where there are none."""
    if not findings:
        return name
    english, chinese = [one.of("en") for one in findings], [one.of("zh") for one in findings]
    return Words(
        f"{name.of('en')} presents with {listed(english, 'en')}",
        f"{name.of('zh')}的表现包括：{listed(chinese, 'zh')}",
    )


def by_judgement() -> Words:
    """That the numbers before it are by judgement."""
    return Words(f", {BY_JUDGEMENT[0]}", f"，数字{BY_JUDGEMENT[1]}")


def unexplained(told: Sequence[str]) -> Words:
    """What a candidate does not explain, after it."""
    if not told:
        return Words()
    return Words(UNEXPLAINED[0] + listed(told, "en"), UNEXPLAINED[1] + listed(told, "zh"))


def despite(told: Sequence[str]) -> Words:
    """What speaks against a candidate: findings that it has and the case has not."""
    if not told:
        return Words()
    return Words(f"; against it: no {listed(told, 'en')}", f"；不支持：无{listed(told, 'zh')}")


def forms(names: Sequence[Words]) -> Words:
    """The other forms of the same disease, after the first."""
    if not names:
        return Words()
    more, names = len(names) - FORMS, names[:FORMS]
    english = ", ".join(name.of("en") for name in names) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(name.of("zh") for name in names) + (f"等，另有{more}种" if more > 0 else "")
    return Words(f"; together with its other forms {english}", f"；含其他类型：{chinese}")


def danger(why: Words) -> Words:
    """Why a candidate must not be missed, after it."""
    if not (why.en or why.zh):
        return Words()
    english, chinese = why.of("en").rstrip("."), why.of("zh").rstrip("。")
    return Words(f". Must not be missed: {english}", f"。不可漏诊：{chinese}")


def together(parts: Sequence[Words]) -> Words:
    """The parts of a sentence, one after the other."""
    return Words("".join(part.en for part in parts), "".join(part.zh for part in parts))


def alone(told: str, shares: Sequence[tuple[Words, float]], missed: Sequence[Words]) -> Words:
    """What little one finding tells."""
    english = ", ".join(f"{name.of('en')} ({percent(share).en})" for name, share in shares)
    chinese = "、".join(f"{name.of('zh')}（{percent(share).zh}）" for name, share in shares)
    words = Words(
        f"“{told}” alone tells little; first to think of: {english}",
        f"仅凭“{told}”说明不了多少；首先考虑：{chinese}",
    )
    if not missed:
        return words
    return Words(
        f"{words.en}; must not be missed: {listed([name.of('en') for name in missed], 'en')}",
        f"{words.zh}；不可漏诊：{listed([name.of('zh') for name in missed], 'zh')}",
    )


def compared(first: Words, second: Words, times: float) -> Words:
    """Which of two diseases is the more probable by what is told."""
    if times < 1.5:
        return Words(
            f"By what is told {first.of('en')} and {second.of('en')} are about equally probable",
            f"根据所述，{first.of('zh')}与{second.of('zh')}的可能性相近",
        )
    many = f"{times:.0f}" if times < 100 else "100"
    more = Words("" if times < 100 else "more than ", "" if times < 100 else "以上")
    return Words(
        f"By what is told {first.of('en')} is more probable than {second.of('en')}, {more.en}{many} times",
        f"根据所述，{first.of('zh')}比{second.of('zh')}更可能，约{many}倍{more.zh}",
    )


def alarm(names: Sequence[Words]) -> Words:
    """That a case may be an emergency, by what is probable and must not be missed."""
    return Words(
        f"This may be an emergency: {listed([name.of('en') for name in names], 'en')} cannot wait. If somebody has "
        "this now, get medical help at once",
        f"可能是急症：{listed([name.of('zh') for name in names], 'zh')}不能等待。如有人正处于此情况，请立即就医",
    )


def unranked(names: Sequence[str]) -> Words:
    """Diseases asked about of which no findings are stated."""
    return Words(
        f"No findings are stated here of {listed(names, 'en')}: whether it is that cannot be told",
        f"此处没有关于{listed(names, 'zh')}表现的记载：无法判断",
    )


def within(group: str, count: int) -> Words:
    """That only the members of a group were ranked, after what is probable."""
    return Words(
        f"Only what is a form of “{group}” was ranked, {count} in all: each percentage is that among these",
        f"仅在“{group}”的{count}种疾病中排序：百分比为其中所占比例",
    )


def onward(other: float, shown: int, questions: Sequence[Words]) -> Words:
    """How probable it is that it is something else, and what to ask to tell the candidates apart."""
    parts = []
    if shown:
        share = percent(other)
        parts.append(
            Words(f"Something else than these {shown}: {share.en}", f"以上{shown}种之外的其他疾病：{share.zh}")
        )
    if questions:
        parts.append(
            Words(
                "To tell more, find out next: " + " ".join(one.of("en") for one in questions),
                "为进一步鉴别，接下来可问：" + "".join(one.of("zh") for one in questions),
            )
        )
    return Words(". ".join(part.en for part in parts), "。".join(part.zh for part in parts))
