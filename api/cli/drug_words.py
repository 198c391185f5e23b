"""The words in which a drug's page and the drugs for a disease are printed, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import click

from api.cli.common import paragraph
from api.schemas.drug_pages import BehindOut, HitOut
from api.schemas.drugs import SearchedOut, UnknownOut
from graph.schema import PREDICATES
from qa.evidence.severity import CHINESE
from qa.evidence.wording import listed

QUOTED = 2
"""So many sentences of documents of one fact, of what is known from documents alone."""

WORDS: dict[str, tuple[str, str]] = {
    "classes": ("Classes", "类别"),
    "products": ("Preparations that hold it", "含有该药的制剂"),
    "authorisations": ("Authorisations (EMA)", "上市许可（EMA）"),
    "indications": ("Indications", "适应证"),
    "denied": ("Stated not to be for", "明确不适用于"),
    "mechanisms": ("Mechanism", "作用机制"),
    "targets": (
        "Targets, those with a stated effect first; `binds` alone tells of a measured binding",
        "靶点（先列作用明确者；仅“结合”表示测得的结合，不代表作用）",
    ),
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
    "class": (
        "a class: what its drugs are for, and what is stated of the class as such; its drugs have pages of their own",
        "药物类别：以下为该类药物的适应证及对该类别的陈述；各药另有页面",
    ),
    "combination": (
        "a preparation: what is stated of it, and of what it holds, which is named in each line",
        "复方：以下为对该制剂及其成分的陈述，各行注明成分",
    ),
    "more": ("… and {} more: --section {} shows them", "……另有{}条：--section {} 可显示"),
    "more here": ("… and {} more: --all shows them", "……另有{}条：--all 可显示"),
    "nothing": (
        "nothing is stated in the sources read, which does not mean that there is nothing",
        "所读来源均无陈述；不代表没有",
    ),
    "unread": (
        "; {} loaded sources were not read for their licence (see the end)",
        "；另有{}个已载入的来源因许可未读取（见末尾）",
    ),
    "labelled": ("labelled", "说明书"),
    "listed": ("listed", "收录"),
    "mined": ("read by a machine in package inserts, on no list", "机器读自说明书，无清单收录"),
    "literature": ("literature alone", "仅见于文献"),
    "disputed": ("disputed by {}", "{}持相反陈述"),
    "placebo": ("placebo {}", "安慰剂{}"),
    "untold": ("frequency not told", "频率未注明"),
    "contraindicated_in": ("CONTRAINDICATED", "禁忌"),
    "cautioned_in": ("CAUTION", "慎用"),
    "via": ("as {}", "因{}"),
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
    "set aside": (
        "Set aside: they interact gravely with what is taken, stated or derived",
        "已排除：与所用药物有严重相互作用（明确或推导）",
    ),
    "high": ("HIGH RISK", "高风险"),
    "low": ("LOW RISK", "低风险"),
    "none risk": ("NO RISK KNOWN", "无已知交叉"),
    "chains": (
        "… and {} more ways through this path: --section mechanisms shows them",
        "……此路径另有{}条：--section mechanisms 可显示",
    ),
    "unknown": ("Not known, and not looked for", "未识别，未检查"),
    "nearest": ("nearest: {}", "最接近：{}"),
    "none near": ("nothing is near", "无相近名称"),
    "none": (
        "no drug is stated to be for it in the sources read, which does not mean that there is none",
        "所读来源中无用于该病的药物；不代表没有",
    ),
    "complete": (
        "That is what the sources read state; what is not listed may be for it all the same",
        "以上为所读来源的陈述；未列出者未必不适用",
    ),
    "free": ("Grave interactions of those listed with {}: {}", "所列药物与{}的严重相互作用：{}"),
    "near": ("named alike, and with drugs: {}", "名称相近且有药物：{}"),
    "candidates": (
        "Candidates: no curated source states these; hypotheses for research, no advice",
        "候选药物：无审编来源述及；仅为研究假设，并非治疗建议",
    ),
    "substrate_of": ("substrate of", "底物："),
    "inhibits": ("inhibits", "抑制"),
    "induces": ("induces", "诱导"),
    "narrow": ("narrow therapeutic index", "治疗窗窄"),
    "activated": ("activated by it", "经其活化"),
    "undated": ("version not told", "未注明版本"),
    "all": ("all", "共"),
}  # fmt: skip


class Say:
    def __init__(self, language: str) -> None:
        self.chinese = language == "zh"

    def __call__(self, word: str, *values: object) -> str:
        return WORDS[word][self.chinese].format(*values)

    def severity(self, word: str) -> str:
        return {str(s): chinese for s, chinese in CHINESE.items()}.get(word, word) if self.chinese else word.upper()

    @property
    def colon(self) -> str:
        return "：" if self.chinese else ": "

    @property
    def stop(self) -> str:
        return "。" if self.chinese else ". "

    def nothing(self, closed: int) -> str:
        """That nothing is there to show, and how many sources nobody looked into."""
        return self("nothing") + (self("unread", closed) if closed else "")

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


def grounds(details: Mapping[str, str], say: Say) -> str:
    """What else than to treat is stated, and on what grounds."""
    told = [details[key] for key in ("does", "grounds") if key in details]
    return f" ({('；' if say.chinese else '; ').join(told)})" if told else ""
