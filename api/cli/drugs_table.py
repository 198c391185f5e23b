"""How a check of drugs is printed for a person, in both languages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TypeVar

import click

from api.cli.common import clean, paragraph
from api.schemas.drugs import CheckOut, FollowsOut, PairOut, SearchedOut, StatedOut, UnknownOut
from qa.evidence.severity import CHINESE, SEVERITIES, Severity, worst

_Row = TypeVar("_Row", StatedOut, FollowsOut)

SHOWN = 4
"""So many statements, and derivations, of one pair where not all are asked for."""

_WORDS: dict[str, tuple[str, str]] = {
    "drugs": ("Drugs", "药物"),
    "unknown": ("Not known, and not checked", "未识别，未检查"),
    "untold": ("Conditions and allergies that nothing here is named", "未识别的疾病或过敏"),
    "recorded": ("From the record: {}", "据病历：{}"),
    "nearest": ("nearest: {}", "最接近：{}"),
    "none near": ("nothing is near", "无相近名称"),
    "read": ("read as {}", "按“{}”识别"),
    "food": ("a food, drink or herb: what is in it differs", "食物、饮料或草药，成分不一"),
    "also": ("also the name of {}: what is stated of it is shown, too", "亦为{}的名称：其陈述一并列出"),
    "holds": ("holds {}", "含{}"),
    "pairs": ("Interactions, the worst first", "相互作用（由重到轻）"),
    "one": ("One drug alone makes no pair.", "仅一种药物，不成药对。"),
    "derived": ("derived", "推导"),
    "derived alone": ("derived: no source states it of these two", "推导：无来源对此二药明确陈述"),
    "denied": ("not found, and a source states that there is none", "未找到，且有来源陈述无相互作用"),
    "stated": ("derived; what sources state is {}", "推导；来源所述为{}"),
    "disputed": ("sources disagree: {}", "来源不一致：{}"),
    "do": ("to do: {}", "处理：{}"),
    "chain": ("because {}", "依据：{}"),
    "says not": ("states that there is none", "陈述无相互作用"),
    "of": ("of {}", "针对{}"),
    "more": ("… and {} more: --all shows them", "……另有{}条：--all 可显示"),
    "folded": ("Folded: {} ({}); --all shows what is stated of them", "已折叠：{}（{}）；--all 可显示"),
    "absent": ("Not found", "未找到"),
    "nothing": ("Nothing follows either for {}: {}", "亦无推导，{}对：{}"),
    "alone": ("Derived alone, as above, for {}: {}", "仅有上述推导，{}对：{}"),
    "duplicates": ("Duplicates", "重复用药"),
    "ingredient": ("the same ingredient: {}", "相同成分：{}"),
    "class": ("one class: {}", "同类药物：{}"),
    "cautions": ("Contraindications and cautions", "禁忌与注意事项"),
    "contraindicated": ("contraindicated", "禁忌"),
    "caution": ("caution", "慎用"),
    "allergy": ("allergy", "过敏"),
    "cross-reactivity": ("may cross-react", "可能交叉过敏"),
    "genotype": ("genotype", "基因型"),
    "listed": (
        "What is told of the person and not listed matched nothing in the sources; that is no proof of safety.",
        "所述情况未列出者，在来源中无匹配；这不能证明安全。",
    ),
    "silent": ("Nothing listed is about: {}", "以上均未涉及：{}"),
    "searched": ("Sources searched", "已检索的来源"),
    "closed": ("Closed by their licence (--licence all opens them)", "因许可未检索（--licence all 可启用）"),
    "interactions": ("{} interactions", "{}条相互作用"),
    "undated": ("version unknown", "版本未知"),
    "no source": ("nothing loaded that could tell of interactions", "未载入可供判断的相互作用来源"),
}


def show(result: CheckOut, *, whole: bool, told: bool) -> None:
    """Print it. `whole` unfolds what is low; `told` says that something was told of the person."""
    table = _Table(result, whole)
    table.drugs()
    table.pairs()
    table.rest(told)
    table.sources()


class _Table:
    def __init__(self, result: CheckOut, whole: bool) -> None:
        self._result, self._whole = result, whole
        self._chinese = result.language == "zh"

    def _say(self, word: str, *values: object) -> str:
        return _WORDS[word][self._chinese].format(*values)

    def _severity(self, severity: Severity) -> str:
        return CHINESE[severity] if self._chinese else severity

    def _head(self, word: str) -> None:
        click.echo(f"\n{self._say(word)}")

    def drugs(self) -> None:
        click.echo(self._say("drugs"))
        for drug in self._result.drugs:
            told = [f"{drug.name} ({drug.id})"]
            held = [one.name for one in drug.ingredients if one.id != drug.id]
            told += [self._say("read", drug.read_as)] if drug.read_as else []
            told += [self._say("holds", ", ".join(held))] if held else []
            told += [self._say("food")] if drug.food else []
            told += [self._say("also", ", ".join(f"{one.name} ({one.id})" for one in drug.also))] if drug.also else []
            click.echo(paragraph(f"{drug.asked}: {'; '.join(told)}", "  "))
        self._unknown("unknown", self._result.unknown)
        self._unknown("untold", self._result.unknown_circumstances)
        if self._result.person.recorded:
            click.echo()
            click.echo(paragraph(self._say("recorded", "; ".join(self._result.person.recorded)), "  "))

    def _unknown(self, head: str, unknown: Sequence[UnknownOut]) -> None:
        if unknown:
            self._head(head)
        for one in unknown:
            near = self._say("nearest", ", ".join(one.nearest)) if one.nearest else self._say("none near")
            click.echo(paragraph(f"{one.asked}: {near}", "  "))

    def pairs(self) -> None:
        pairs = [pair for pair in self._result.pairs if not pair.same]
        told = [pair for pair in pairs if pair.statements or pair.follows]
        shown = [pair for pair in told if self._whole or not pair.low]
        if len(self._result.drugs) == 1:
            click.echo(f"\n{self._say('one')}")
        if shown:
            self._head("pairs")
        for pair in shown:
            self._pair(pair)
        self._folded([pair for pair in told if pair.low and not self._whole])
        self._absent([pair for pair in pairs if not pair.found])

    def _folded(self, pairs: Sequence[PairOut]) -> None:
        if pairs:
            counts = Counter(_gravest(pair) for pair in pairs)
            words = ", ".join(f"{self._severity(s)} {counts[s]}" for s in SEVERITIES if counts[s])
            click.echo()
            click.echo(paragraph(f"{self._say('folded', len(pairs), words)}: {_names(pairs)}", "  "))

    def _absent(self, pairs: Sequence[PairOut]) -> None:
        """Say in one place of which pairs no source states anything, and where was looked."""
        if pairs:
            self._head("absent")
            click.echo(paragraph(pairs[0].note, "  "))
        for word, some in (
            ("nothing", [p for p in pairs if not p.follows]),
            ("alone", [p for p in pairs if p.follows]),
        ):
            if some:
                click.echo(paragraph(self._say(word, len(some), _names(some)), "  "))

    def _pair(self, pair: PairOut) -> None:
        mark = ""
        if not pair.found:
            mark = f" [{self._say('derived alone' if pair.follows else 'denied')}]"
        elif _gravest(pair) != pair.severity or pair.derived:
            graded = worst(one.severity for one in pair.statements if one.polarity == "affirmed")
            mark = f" [{self._say('stated', self._severity(graded))}]"
        click.echo(clean(f"\n  {self._severity(_gravest(pair)).upper()}  {pair.a} + {pair.b}{mark}"))
        if pair.disputed:
            sides = "; ".join(f"{source} {self._severity(s)}" for source, s in pair.by_source.items())
            click.echo(paragraph(self._say("disputed", sides), "    "))
        for stated in self._some(pair.statements):
            self._stated(stated)
        self._more(len(pair.statements))
        for follows in self._some(pair.follows):
            self._follows(follows)
        self._more(len(pair.follows))

    def _some(self, rows: Sequence[_Row]) -> Sequence[_Row]:
        return rows if self._whole else rows[:SHOWN]

    def _more(self, count: int) -> None:
        if count > SHOWN and not self._whole:
            click.echo(f"    {self._say('more', count - SHOWN)}")

    def _stated(self, stated: StatedOut) -> None:
        grade = self._severity(stated.severity) + (f" “{stated.word}”" if stated.word else "")
        if stated.polarity == "negated":
            grade = self._say("says not")
        of = self._say("of", " + ".join(stated.of))
        click.echo(paragraph(f"{stated.source}: {grade}, {of}. {stated.mechanism}".strip(), "    "))
        if stated.literature:
            click.echo(paragraph(f"“{stated.text}”", "      "))
        if stated.management:
            click.echo(paragraph(self._say("do", stated.management), "      "))
        if stated.members:
            click.echo(paragraph(self._say("chain", "; ".join(link.words for link in stated.members)), "      "))

    def _follows(self, follows: FollowsOut) -> None:
        head = f"{self._say('derived')}: {self._severity(follows.severity)}. {follows.mechanism}"
        click.echo(paragraph(head, "    "))
        if follows.management:
            click.echo(paragraph(self._say("do", follows.management), "      "))
        chain = "; ".join(f"{link.words} [{link.source}]" for link in follows.path)
        click.echo(paragraph(self._say("chain", chain), "      "))

    def rest(self, told: bool) -> None:
        if self._result.duplicates:
            self._head("duplicates")
        for double in self._result.duplicates:
            click.echo(paragraph(f"{' + '.join(double.drugs)}: {self._say(double.kind, double.name)}", "  "))
        if self._result.contraindications:
            self._head("cautions")
        for row in self._result.contraindications:
            why = f" {row.why}" if row.why else ""
            line = f"{self._say(row.verdict).upper()}  {row.drug}: {row.condition}.{why} [{row.source}]"
            click.echo(paragraph(line, "  "))
        if told:
            click.echo()
        if self._result.silent:
            click.echo(paragraph(self._say("silent", "; ".join(self._result.silent)), "  "))
        if told:
            click.echo(paragraph(self._say("listed"), "  "))

    def sources(self) -> None:
        self._head("searched")
        for one in self._result.searched:
            click.echo(paragraph(self._source(one), "  "))
        if not self._result.searched:
            click.echo(f"  {self._say('no source')}")
        if self._result.closed:
            self._head("closed")
        for one in self._result.closed:
            click.echo(paragraph(self._source(one), "  "))

    def _source(self, one: SearchedOut) -> str:
        version = self._say("undated") if one.version == "unknown" else one.version
        when = ", ".join(filter(None, (version, str(one.year or ""))))
        told = [f"{one.title} ({one.source})" if one.title != one.source else one.source, when, one.licence]
        if one.interactions is not None:
            told.append(self._say("interactions", f"{one.interactions:,}"))
        return ", ".join(filter(None, told))


def _gravest(pair: PairOut) -> Severity:
    return worst((pair.severity, pair.derived_severity))


def _names(pairs: Iterable[PairOut]) -> str:
    return "; ".join(f"{pair.a} + {pair.b}" for pair in pairs)
