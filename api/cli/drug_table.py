"""How a drug's page and the drugs for a disease are printed for a person, in both languages."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from itertools import groupby

import click

from api.cli.common import clean, paragraph
from api.schemas.drug_pages import (
    AlternativeOut,
    BehindOut,
    DrugOut,
    FactOut,
    HitOut,
    MechanismOut,
    StepOut,
    UseOut,
    UsesOut,
)
from api.schemas.drugs import SearchedOut, UnknownOut
from graph.schema import PREDICATES
from qa.drugs.page.model import SECTIONS, Section
from qa.drugs.severity import CHINESE, SEVERITIES
from qa.evidence.wording import listed

SHOWN = 8
"""So many facts of a section where none is asked for by itself."""
TOLD: tuple[Section, ...] = ("indications", "effects", "contraindications", "circumstances", "interactions")
"""The sections of which it is told that there is nothing: silence would read as an answer."""
QUOTED = 2
"""So many sentences of documents of one fact, of what is known from documents alone."""

_WORDS: dict[str, tuple[str, str]] = {
    "classes": ("Classes", "类别"),
    "products": ("Preparations that hold it", "含有该药的制剂"),
    "authorisations": ("Authorisations (EMA)", "上市许可（EMA）"),
    "indications": ("Indications", "适应证"),
    "denied": ("Stated not to be for", "明确不适用于"),
    "mechanisms": ("Mechanism", "作用机制"),
    "targets": ("Targets", "靶点"),
    "enzymes": ("Enzymes and carriers", "代谢酶与转运体"),
    "expression": ("Changes how much cells make of", "影响表达的基因"),
    "effects": ("Side effects, the most frequent first", "不良反应（由多到少）"),
    "contraindications": ("Contraindications and cautions", "禁忌证与慎用"),
    "circumstances": ("Pregnancy, lactation, age, kidney, liver", "妊娠、哺乳、年龄、肝肾功能"),
    "allergies": ("Cross-reactivity in allergy", "交叉过敏"),
    "genotypes": ("Advice by genotype", "基因型用药建议"),
    "interactions": ("Interactions that sources state", "来源所载相互作用"),
    "follows": ("Derived from its classes: no source states these of the drug", "由类别推导（无来源对此药明确陈述）"),
    "alternatives": ("Alternatives", "替代药物"),
    "members": ("Drugs of the class", "该类药物"),
    "names": ("names: {}", "名称：{}"),
    "holds": ("holds {}", "含{}"),
    "also": ("also the name of {}", "亦为{}的名称"),
    "read": ("read as {}", "按“{}”识别"),
    "class": ("a class: what is stated of the class as such; its drugs have pages of their own", "药物类别：以下为对该类别的陈述；各药另有页面"),
    "more": ("… and {} more: --section {} shows them", "……另有{}条：--section {} 可显示"),
    "more here": ("… and {} more: --limit shows more", "……另有{}条：--limit 可显示更多"),
    "nothing": ("nothing stated in the sources read; that says nothing of what others state", "所读来源均无陈述；不代表没有"),
    "labelled": ("labelled", "说明书"),
    "listed": ("listed", "收录"),
    "literature": ("literature alone", "仅见于文献"),
    "disputed": ("disputed by {}", "{}持相反陈述"),
    "placebo": ("placebo {}", "安慰剂{}"),
    "untold": ("frequency not told", "频率未注明"),
    "contraindicated_in": ("CONTRAINDICATED", "禁忌"),
    "cautioned_in": ("CAUTION", "慎用"),
    "via": ("as {}", "因属{}"),
    "of": ("of {}", "指{}"),
    "do": ("to do: {}", "处理：{}"),
    "counts": ("{}: {}", "{}：{}"),
    "beside": ("besides: {}", "另有：{}"),
    "same class": ("of the same class", "同类"),
    "other class": ("of another class", "其他类"),
    "interacts": ("interacts with {}", "与{}有相互作用"),
    "grave": ("interacting gravely with what is taken", "与所用药物有严重相互作用"),
    "sources": ("Sources", "来源"),
    "closed": ("Closed by their licence (--licence all opens them)", "因许可未读取（--licence all 可启用）"),
    "for": ("Drugs for {}", "用于{}的药物"),
    "kinds": ("{} kinds of it were looked at, too", "另含其{}个亚类"),
    "kind": ("for {}", "用于{}"),
    "not for": ("Stated not to be for it", "明确不适用"),
    "set aside": ("Set aside: they interact gravely with what is taken, stated or derived", "已排除：与所用药物有严重相互作用（明确或推导）"),
    "unknown": ("Not known, and not looked for", "未识别，未检查"),
    "nearest": ("nearest: {}", "最接近：{}"),
    "none near": ("nothing is near", "无相近名称"),
    "none": ("no drug is stated to be for it in the sources read", "所读来源中无用于该病的药物"),
    "narrow": ("narrow therapeutic index", "治疗窗窄"),
    "activated": ("activated by it", "经其活化"),
    "undated": ("version not told", "未注明版本"),
    "all": ("all", "共"),
}  # fmt: skip


class _Say:
    def __init__(self, language: str) -> None:
        self.chinese = language == "zh"

    def __call__(self, word: str, *values: object) -> str:
        return _WORDS[word][self.chinese].format(*values)

    def severity(self, word: str) -> str:
        return {str(s): chinese for s, chinese in CHINESE.items()}.get(word, word) if self.chinese else word.upper()

    def predicate(self, name: str) -> str:
        words = PREDICATES[name]
        return words.chinese.rstrip("：") if self.chinese else words.phrase

    def head(self, word: str, *values: object, total: int | None = None) -> None:
        click.echo(f"\n{self(word, *values)}" + (f" ({total:,})" if total is not None else ""))

    def listed(self, names: Sequence[str]) -> str:
        return listed(list(names), "zh" if self.chinese else "en")

    def sources(self, sources: Sequence[SearchedOut]) -> None:
        for one in sources:
            when = " ".join(filter(None, (one.version, str(one.year or "")))) or self("undated")
            title = f"{one.title} ({one.source})" if one.title != one.source else one.source
            click.echo(paragraph(", ".join(filter(None, (title, when, one.licence))), "  "))

    def unknown(self, unknown: Iterable[UnknownOut]) -> None:
        for one in unknown:
            near = self("nearest", ", ".join(one.nearest)) if one.nearest else self("none near")
            click.echo(paragraph(f"{self('unknown')}: {one.asked}; {near}", "  "))

    def quoted(self, statements: Iterable[BehindOut]) -> None:
        """The sentences of what is known from documents alone."""
        rows = list(statements)
        if rows and all(row.literature for row in rows):
            for row in rows[:QUOTED]:
                click.echo(paragraph(f"“{row.text}” [{row.source}]", "      "))
            if len(rows) > QUOTED:
                click.echo(f"      … {self('all')} {len(rows)}")

    def hits(self, hits: Iterable[HitOut]) -> str:
        return ", ".join(f"{hit.drug} ({self.severity(hit.severity)})" for hit in hits)


def show(result: DrugOut, *, whole: bool) -> None:
    """Print the page. `whole` shows all of each section that is there."""
    _Page(result, whole).show()


class _Page:
    def __init__(self, result: DrugOut, whole: bool) -> None:
        self._result, self._whole = result, whole
        self._say = _Say(result.language)

    def show(self) -> None:
        if not self._whole:
            self._identity()
        lines: Mapping[Section, Callable[[FactOut], str]] = {
            "classes": self._class, "products": self._plain, "authorisations": self._authorised,
            "indications": self._use, "denied": self._plain, "targets": self._action, "enzymes": self._action,
            "expression": self._action, "effects": self._effect, "contraindications": self._condition,
            "circumstances": self._condition, "allergies": self._allergy, "genotypes": self._genotype,
            "interactions": self._interaction, "follows": self._interaction,
        }  # fmt: skip
        for section in SECTIONS:
            if section == "mechanisms":
                self._mechanisms()
            elif section == "alternatives":
                self._alternatives()
            elif section in self._result.sections:
                self._section(section, lines[section])
        self._say.head("sources")
        self._say.sources(self._result.sources)
        if self._result.closed:
            self._say.head("closed")
            self._say.sources(self._result.closed)

    def _identity(self) -> None:
        drug, say = self._result, self._say
        click.echo(clean(f"{drug.name} ({drug.id})"))
        names = [name for language in ("en", "zh") for name in drug.names[language]]
        lines = [say("names", ", ".join(names))] if names else []
        lines += [f"{system}: {', '.join(codes)}" for system, codes in drug.codes.items()]
        held = [one.name for one in drug.ingredients if one.id != drug.id]
        lines += [say("holds", say.listed(held))] if held else []
        lines += [say("read", drug.read_as)] if drug.read_as else []
        lines += [say("also", ", ".join(f"{one.name} ({one.id})" for one in drug.also))] if drug.also else []
        lines += [drug.definition] if drug.definition else []
        lines += [say("class")] if drug.kind == "class" else []
        for line in lines:
            click.echo(paragraph(line, "  "))
        if drug.members:
            say.head("members", total=len(drug.members))
            click.echo(paragraph(", ".join(one.name for one in drug.members), "  "))

    def _section(self, section: Section, line: Callable[[FactOut], str]) -> None:
        facts = self._result.sections[section].facts
        if not facts and not self._whole and section not in TOLD:
            return
        self._say.head(section, total=len(facts))
        if not facts:
            click.echo(f"  {self._say('nothing')}")
        if section == "interactions":
            self._counts()
        for fact in facts if self._whole else facts[:SHOWN]:
            against = ", ".join(dict.fromkeys(row.source for row in fact.against))
            mark = f"; {self._say('disputed', against)}" if fact.disputed else ""
            click.echo(paragraph(f"{line(fact)}{mark} [{', '.join(fact.sources)}]", "  "))
            self._say.quoted(fact.statements)
        self._more(len(facts), section)

    def _more(self, total: int, section: Section) -> None:
        if total > SHOWN and not self._whole:
            click.echo(f"  {self._say('more', total - SHOWN, section)}")

    def _counts(self) -> None:
        for source, counts in self._result.counts.items():
            told = ", ".join(f"{self._say.severity(s)} {counts[s]:,}" for s in SEVERITIES if s in counts)
            click.echo(paragraph(self._say("counts", source, told), "  "))

    def _of(self, fact: FactOut) -> str:
        """What the statements speak of, where that is a class or only one thing that the drug holds."""
        if fact.because:
            return f" ({self._say('via', fact.because[-1].words.rstrip('.。'))})"
        return ""

    def _plain(self, fact: FactOut) -> str:
        return fact.name

    def _class(self, fact: FactOut) -> str:
        return f"{fact.name} ({fact.details.get('code') or fact.id})"

    def _authorised(self, fact: FactOut) -> str:
        return (
            f"{fact.name}: {fact.kind} ({', '.join(fact.details[k] for k in ('record', 'date') if k in fact.details)})"
        )

    def _use(self, fact: FactOut) -> str:
        does = dict.fromkeys(row.words for row in fact.statements[:1])
        return f"{self._say(fact.kind)}: {fact.name}. {' '.join(does)}"

    def _action(self, fact: FactOut) -> str:
        told = [self._say(k) if k in ("narrow", "activated") else v for k, v in fact.details.items()]
        return f"{self._say.predicate(fact.kind)} {fact.name}" + (f" ({', '.join(told)})" if told else "")

    def _effect(self, fact: FactOut) -> str:
        if "frequency" not in fact.details:
            return fact.name
        placebo = f" ({self._say('placebo', fact.details['placebo'])})" if "placebo" in fact.details else ""
        return f"{fact.name}: {fact.details['frequency']}{placebo}"

    def _condition(self, fact: FactOut) -> str:
        words = fact.details.get("words", fact.name)
        why = f". {fact.details['why']}" if "why" in fact.details else ""
        return f"{self._say(fact.kind)}  {words}{why}{self._of(fact)}"

    def _allergy(self, fact: FactOut) -> str:
        why = f". {fact.details['why']}" if "why" in fact.details else ""
        return f"{fact.kind}: {fact.name}{why}{self._of(fact)}"

    def _genotype(self, fact: FactOut) -> str:
        details = fact.details
        population = f" ({details['population']})" if "population" in details else ""
        grade = f"{fact.kind}  " if fact.kind else ""
        return f"{grade}{details.get('genotype', fact.name)}{population}: {details.get('advice', '')}"

    def _interaction(self, fact: FactOut) -> str:
        told = [fact.details["mechanism"]] if "mechanism" in fact.details else []
        told += [self._say("do", fact.details["management"])] if "management" in fact.details else []
        own = f" ({fact.details['severity']})" if "severity" in fact.details else ""
        return f"{self._say.severity(fact.kind)}  {fact.name}{own}. {' '.join(told)}{self._of(fact)}".rstrip()

    def _mechanisms(self) -> None:
        mechanisms = self._result.mechanisms
        if mechanisms is None or not (mechanisms.paths or self._whole):
            return
        self._say.head("mechanisms", total=mechanisms.total)
        if not mechanisms.paths:
            click.echo(f"  {self._say('nothing')}")
        for one in mechanisms.paths if self._whole else mechanisms.paths[:SHOWN]:
            self._mechanism(one)
        self._more(len(mechanisms.paths), "mechanisms")

    def _mechanism(self, one: MechanismOut) -> None:
        click.echo(paragraph(f"{one.disease.name} [{one.source}: {one.record}]", "  "))
        for chain in one.chains:
            click.echo(paragraph(chain[0].start.name + "".join(self._step(step) for step in chain), "    "))
        if one.beside:
            click.echo(paragraph(self._say("beside", " ".join(link.words for link in one.beside)), "    "))

    def _step(self, step: StepOut) -> str:
        words = self._say.predicate(step.predicate)
        return f" ←{words}— {step.end.name}" if step.backwards else f" —{words}→ {step.end.name}"

    def _alternatives(self) -> None:
        others = self._result.alternatives
        if others is None or not (others.alternatives or self._whole):
            return
        say = self._say
        say.head("alternatives", total=others.total)
        say.unknown(others.unknown)
        if not others.alternatives:
            click.echo(f"  {say('nothing')}")
        groups = [list(group) for _, group in groupby(others.alternatives, key=lambda one: one.indication.id)]
        for group in groups if self._whole else groups[:SHOWN]:
            click.echo(paragraph(group[0].indication.name, "  "))
            free = [one for one in group if not one.interacts]
            for word, some in (
                ("same class", [one for one in free if one.same_class]),
                ("other class", [one for one in free if not one.same_class]),
                ("grave", [one for one in group if one.interacts]),
            ):
                self._others(word, some)
        self._more(len(groups), "alternatives")

    def _others(self, word: str, some: Sequence[AlternativeOut]) -> None:
        if not some:
            return
        shown = some if self._whole else some[:SHOWN]
        names = [f"{one.name} [{', '.join(one.sources)}]" if self._whole else one.name for one in shown]
        names = [
            f"{name}: {self._say('interacts', self._say.hits(one.interacts))}" if one.interacts else name
            for name, one in zip(names, shown, strict=True)
        ]
        click.echo(paragraph(f"{self._say(word)}: {'; '.join(names)}", "    "))
        if len(some) > len(shown):
            click.echo(f"      {self._say('more', len(some) - len(shown), 'alternatives')}")


def show_uses(result: UsesOut) -> None:
    """Print the drugs for a disease."""
    say = _Say(result.language)
    meant = [f"{one.name} ({one.id})" for one in result.conditions]
    click.echo(f"{clean(say('for', ', '.join(meant)))} ({result.total:,})")
    if result.kinds:
        click.echo(f"  {say('kinds', f'{result.kinds:,}')}")
    say.unknown(result.unknown)
    if not result.drugs:
        click.echo(f"  {say('none')}")
    for use in result.drugs:
        _use(use, say)
    if result.total > len(result.drugs):
        click.echo(f"  {say('more here', result.total - len(result.drugs))}")
    for head, some in (("set aside", result.interacting), ("not for", result.denied)):
        if some:
            say.head(head, total=len(some))
        for use in some:
            _use(use, say)
    if result.note:
        click.echo(paragraph(f"\n{result.note}".strip(), "  "))
    say.head("sources")
    say.sources(result.sources)
    if result.closed:
        say.head("closed")
        say.sources(result.closed)


def _use(use: UseOut, say: _Say) -> None:
    told = [] if use.direct else [say("kind", say.listed([one.name for one in use.conditions]))]
    against = ", ".join(dict.fromkeys(row.source for row in use.against))
    told += [say("disputed", against)] if use.disputed else []
    told += [say("interacts", say.hits(use.interacts))] if use.interacts else []
    basis = f"{say(use.basis)}: " if use.basis != "denied" else ""
    line = f"{basis}{use.name} ({use.id})" + (f"; {'; '.join(told)}" if told else "")
    click.echo(paragraph(f"{line} [{', '.join(use.sources)}]", "  "))
    say.quoted(use.statements)
