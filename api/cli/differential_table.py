"""How a differential is printed for a person, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import click

from api.cli.common import clean, paragraph
from api.schemas.differential import CandidateOut, DifferentialOut, DiseaseGroupOut, ExplainedOut, FindingOut
from qa.differential.model import by_number
from qa.differential.phrased import KINDS
from qa.evidence.wording import Words

_BAR = 20
_REASONS = 8
_EXPECTED = 4

_WORDS: dict[str, tuple[str, str]] = {
    "case": ("The case", "病例"),
    "there": ("there: {}", "存在：{}"),
    "absent": ("not there: {}", "不存在：{}"),
    "person": ("person: {}", "患者：{}"),
    "years": ("{} years", "{}岁"),
    "months": ("{} months", "{}个月"),
    "days": ("{} days", "{}天"),
    "female": ("female", "女"),
    "male": ("male", "男"),
    "factors": ("counts for the odds: {}", "影响概率：{}"),
    "unknown": ("Not understood, and not counted", "未识别，未计入"),
    "nearest": ("nearest: {}", "最接近：{}"),
    "none near": ("nothing is near", "无相近名称"),
    "read": ("read as {}", "识别为{}"),
    "notes": ("To note", "说明"),
    "thin": ("This says little", "参考价值有限"),
    "candidates": (
        "What may explain it: the most probable, then what must not be missed",
        "可能的解释：最可能者，其后为不可漏诊者",
    ),
    "other": ("something else", "其他疾病"),
    "missed": ("MUST NOT BE MISSED", "不可漏诊"),
    "explains": ("explains: {}", "解释：{}"),
    "wider": ("only in general: {}", "仅大类相符：{}"),
    "kin": ("others of its class explain: {}", "同类疾病可解释：{}"),
    "against": ("against it: no {}", "不支持：无{}"),
    "unexplained": ("does not explain: {}", "不能解释：{}"),
    "expected": ("usual, and not told: {}", "常见而未提及：{}"),
    "denied": ("usual, and denied: {}", "常见而已否认：{}"),
    "untold": ("how often is not told", "频率不详"),
    "inherited": ("inheritance: {}", "遗传方式：{}"),
    "onset": ("onset: {}", "起病：{}"),
    "genes": ("genes: {}", "基因：{}"),
    "rate": ("{} new cases a year per 100,000", "每年每10万人新发{}例"),
    "judged": (", by judgement", "，据判断"),
    "same": ("also {}", "亦为{}"),
    "groups": ("Forms of one disease", "同一疾病的类型"),
    "speaks": ("What the text speaks of, as a whole", "全文所指的疾病类别"),
    "next": ("What to find out next", "下一步"),
    "changes": ("What the answer changed", "回答带来的变化"),
}


_TOLD = {
    "minutes": Words("for minutes", "数分钟"), "hours": Words("for hours", "数小时"), "days": Words("for days", "数天"),
    "weeks": Words("for weeks", "数周"), "months": Words("for months", "数月"), "years": Words("for years", "数年"),
    "episodes": Words("in episodes", "反复发作"), "winter": Words("winter", "冬季"), "spring": Words("spring", "春季"),
    "summer": Words("summer", "夏季"), "autumn": Words("autumn", "秋季"), "tropics": Words("tropics", "热带"),
    "africa": Words("Africa", "非洲"), "south-asia": Words("South Asia", "南亚"),
    "east-asia": Words("East Asia", "东亚"), "latin-america": Words("Latin America", "拉丁美洲"),
    "mediterranean": Words("Mediterranean", "地中海地区"), "north-america": Words("North America", "北美"),
    "altitude": Words("high altitude", "高海拔"), "rural": Words("in the country", "农村"),
}  # fmt: skip
"""How long, when and where, in words."""


class Table:
    """A differential as a person reads it."""

    def __init__(self, body: DifferentialOut) -> None:
        self._body, self._chinese = body, body.language == "zh"
        self._comma = "，" if self._chinese else ", "

    def show(self) -> None:
        """Print all of it."""
        self._case()
        self._candidates()
        self._next()

    def brief(self) -> None:
        """Print the ranking alone, as it is after an answer."""
        self._told("unknown", [f"{one.told}: {self._near(one.nearest)}" for one in self._body.unknown])
        click.echo()
        for one in self._body.candidates[:5]:
            click.echo(clean(self._line(one)))
        self._other()

    def _say(self, word: str, *values: object) -> str:
        return _WORDS[word][self._chinese].format(*values)

    def _told(self, head: str, lines: Sequence[str]) -> None:
        if lines:
            click.echo(f"\n{self._say(head)}")
        for line in lines:
            click.echo(paragraph(line, "  "))

    def _near(self, names: Sequence[str]) -> str:
        return self._say("nearest", self._comma.join(names)) if names else self._say("none near")

    def _case(self) -> None:
        case = self._body.case
        click.echo(self._say("case"))
        for word, findings in (("there", case.findings), ("absent", case.absent)):
            if findings:
                click.echo(paragraph(self._say(word, "; ".join(map(self._finding, findings))), "  "))
        person = [self._age(case.age)] if case.age is not None else []
        person += [self._say(case.sex)] if case.sex else []
        person += [
            _TOLD.get(word, Words(word)).of(self._body.language)
            for word in (case.tempo, case.season, case.region)
            if word
        ]
        if person:
            click.echo(paragraph(self._say("person", self._comma.join(person)), "  "))
        if case.factors:
            click.echo(paragraph(self._say("factors", self._comma.join(one.told for one in case.factors)), "  "))
        self._told("unknown", [f"{one.told}: {self._near(one.nearest)}" for one in self._body.unknown])
        self._told("notes", self._body.notes)
        self._told("thin", self._body.thin)

    def _finding(self, one: FindingOut) -> str:
        if one.told == one.id:
            told = [f"{one.name} ({one.id})"]
        else:
            told = [f"{one.told} ({one.name}, {one.id})" if one.name.casefold() != one.told.casefold() else one.told]
        told += [self._say("read", one.read_as)] if one.read_as and one.read_as != one.name else []
        return self._comma.join(told)

    def _age(self, age: float) -> str:
        if age >= 2:
            return self._say("years", f"{age:.3g}")
        if age >= 1 / 12:
            return self._say("months", f"{age * 12:.2g}")
        return self._say("days", f"{age * 365.25:.2g}")

    def _candidates(self) -> None:
        if not self._body.candidates:
            return
        click.echo(f"\n{self._say('candidates')}")
        for one in self._body.candidates:
            click.echo(clean(self._line(one)))
            self._reasons(one)
        self._other()
        self._told(
            "groups",
            [f"{group.name}: {_percent(group.probability)} ({len(group.members)})" for group in self._body.groups],
        )
        self._told("speaks", [self._spoken(each) for each in self._body.disease_groups])

    def _spoken(self, group: DiseaseGroupOut) -> str:
        words = self._comma.join(word.text for word in group.words)
        return f"{_percent(group.probability)} {group.zh if self._chinese else group.name} ({words})"

    def _line(self, one: CandidateOut) -> str:
        mark = f"  [{self._say('missed')}]" if one.must_not_be_missed else ""
        return f"  {_percent(one.probability):>6}  {_bar(one.probability)}  {one.name} ({one.id}){mark}"

    def _other(self) -> None:
        click.echo(f"  {_percent(self._body.other):>6}  {_bar(self._body.other)}  {self._say('other')}")

    def _reasons(self, one: CandidateOut) -> None:
        explains = [self._explained(each) for each in one.explained if each.wider is None]
        wider = [f"{each.finding} {_times(each.ratio)}" for each in one.explained if each.wider is not None]
        measured = {each.told: each.name for each in self._body.case.absent if by_number(each.told)}
        against = [f"{measured.get(each.finding, each.finding)} {_times(each.ratio)}" for each in one.against]
        unexplained = [f"{each.finding} {_times(each.ratio)}" for each in one.unexplained if not each.of_its_class]
        kin = [f"{each.finding} {_times(each.ratio)}" for each in one.unexplained if each.of_its_class]
        asked = [f"{each.name} ({_percent(each.frequency)})" for each in one.expected if not each.denied]
        denied = [f"{each.name} ({_percent(each.frequency)})" for each in one.expected if each.denied]
        if one.why_not_missed:
            self._reason(one.why_not_missed)
        for word, some in (
            ("explains", explains[:_REASONS]), ("wider", wider), ("against", against),
            ("kin", kin), ("unexplained", unexplained), ("expected", asked[:_EXPECTED]), ("denied", denied[:_EXPECTED]),
        ):  # fmt: skip
            if some:
                self._reason(self._say(word, self._comma.join(some)))
        self._besides(one)

    def _besides(self, one: CandidateOut) -> None:
        if one.inheritance:
            self._reason(self._say("inherited", self._comma.join(row.name for row in one.inheritance)))
        if one.genes:
            self._reason(self._say("genes", self._comma.join(sorted((row.name for row in one.genes), key=_is_id))))
        if one.onset:
            self._reason(self._say("onset", self._comma.join(row.name for row in one.onset)))
        if one.rate is not None and one.rate.incidence is not None:
            judged = self._say("judged") if one.rate.by_judgement else ""
            self._reason(self._say("rate", f"{one.rate.incidence:g}") + judged)
        others = [id for id in one.ids if id != one.id]
        if others:
            self._reason(self._say("same", ", ".join(others)))

    def _reason(self, text: str) -> None:
        click.echo(paragraph(text, " " * 11))

    def _explained(self, each: ExplainedOut) -> str:
        often = _percent(each.frequency) if each.frequency_told and each.frequency is not None else self._say("untold")
        same = each.by.name.casefold() in (each.finding.casefold(), "")
        told = [often] if same else [each.by.name, often]
        told += [each.statement.source] if each.statement else []
        return f"{each.finding} {_times(each.ratio)} ({self._comma.join(told)})"

    def _next(self) -> None:
        lines: Iterable[str] = (
            f"{place}. {one.question} ({KINDS[one.kind].of(self._body.language)}, {one.id})"
            for place, one in enumerate(self._body.next, 1)
        )
        self._told("next", list(lines))


def _is_id(name: str) -> bool:
    """Whether nobody says what a gene is called; such ones stand last."""
    return ":" in name


def _percent(share: float) -> str:
    """A share in percent, with the digits that mean something; never 0 or 100 where it is neither."""
    if 0 < share < 0.001:
        return "<0.1%"
    if 0.999 <= share < 1:
        return ">99%"
    return f"{share * 100:.1f}%" if share < 0.0995 else f"{share * 100:.0f}%"


def _times(ratio: float) -> str:
    return f"×{ratio:.0f}" if ratio >= 10 else f"×{ratio:.2g}"


def _bar(share: float) -> str:
    full = round(share * _BAR)
    return "█" * full + "·" * (_BAR - full)
