"""How what curated statements say of a drug together reads in English and in Chinese.

Pure functions. The words are what writers say and what the check recognises.
"""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Assertion, Entity
from graph.schema import PREDICATES
from qa.evidence.interacting import FOLLOWS, STATED_BY, bare
from qa.evidence.kinds import FactEvidence, ToldEvidence
from qa.evidence.wording import Words, negated_phrase

NAMED = 40
"""Names in one list at most; how many more there are is said."""
HEADS = {
    "targets": ("Targets of {x}: {list}", "{x}的靶点：{list}"),
    "enzymes": ("Enzymes and transporters of {x}: {list}", "{x}的代谢酶与转运体：{list}"),
    "classes": ("{x} is of these classes: {list}", "{x}属于以下类别：{list}"),
    "effects": ("Adverse effects of {x}, the most frequent first: {list}", "{x}的不良反应（按频率由高到低）：{list}"),
    "treats": ("{x} treats {list}", "{x}用于治疗：{list}"),
    "palliates": ("{x} relieves the symptoms of {list}", "{x}用于缓解以下疾病的症状：{list}"),
    "guards": ("{x} prevents {list}", "{x}用于预防：{list}"),
    "mined": (
        "Package inserts of {x} name, as read by machine and not checked to be its uses: {list}",
        "{x}说明书中提到的病症（机器摘录，未核对是否为适应症）：{list}",
    ),
    "mined for": (
        "Drugs whose package inserts name {x}, as read by machine and not checked to be a use: {list}",
        "说明书中提到{x}的药物（机器摘录，未核对是否为适应症）：{list}",
    ),
    "for": ("For {x}: {list}", "用于{x}的药物：{list}"),
    "relieves": ("For the symptoms of {x}, not the disease itself: {list}", "仅缓解{x}症状的药物：{list}"),
    "prevents": ("To prevent {x}: {list}", "用于预防{x}的药物：{list}"),
    "denied": (
        "Not for {x}, by this source (it is not an indication): {list}",
        "该来源认为不用于{x}（非适应症）：{list}",
    ),
    "products": ("Medicines with {x}: {list}", "含{x}的药品：{list}"),
    "mechanism": ("How {x}: {list}", "{x}的机制：{list}"),
}
STATUS = {
    "authorised": "已批准",
    "withdrawn": "已撤销（不再获批）",
    "refused": "已拒绝",
    "suspended": "已暂停",
    "expired": "已失效",
    "lapsed": "已失效",
    "revoked": "已撤销",
    "not renewed": "未续期",
}


def told(chain: Sequence[FactEvidence], english: str, chinese: str, *, warns: bool = False) -> ToldEvidence:
    """One piece of evidence that says this by the sources of its chain, whose titles begin it."""
    titles = list(dict.fromkeys(_titled(link) for link in chain))
    if titles:
        english = STATED_BY[0].format(", ".join(titles), english)
        chinese = STATED_BY[1].format("、".join(titles), chinese)
    return ToldEvidence("", tuple(chain), (bare(english), bare(chinese)), warns)


def _titled(link: FactEvidence) -> str:
    return f"{link.title or link.source} {link.version}".strip()


def listing(kind: str, x: Words, names: Sequence[Words], chain: Sequence[FactEvidence]) -> ToldEvidence:
    """A list of one kind; beyond `NAMED` names it says how many more there are."""
    more = len(names) - NAMED
    shown = names[:NAMED]
    english = ", ".join(name.of("en") for name in shown) + (f" and {more} more" if more > 0 else "")
    chinese = "、".join(name.of("zh") for name in shown) + (f"等，另有{more}项" if more > 0 else "")
    return told(
        chain, HEADS[kind][0].format(x=x.of("en"), list=english), HEADS[kind][1].format(x=x.of("zh"), list=chinese)
    )


def arrows(nodes: Sequence[Words], rows: Sequence[Assertion], starts: Sequence[str]) -> Words:
    """A chain of statements drawn from its first node to its last; `starts` are the ids of the nodes."""
    english, chinese = nodes[0].of("en"), nodes[0].of("zh")
    for place, row in enumerate(rows):
        words = PREDICATES[row.predicate]
        negated = row.polarity == "negated"
        phrase = negated_phrase(words.phrase) if negated else words.phrase
        there = words.chinese.rstrip("：")
        if row.subject == starts[place] or words.symmetric:
            english += f" —[{phrase}]→ {nodes[place + 1].of('en')}"
            chinese += f" —[{there}]→ {nodes[place + 1].of('zh')}"
        else:
            english += f" ←[{phrase}]— {nodes[place + 1].of('en')}"
            chinese += f" ←[{there}]— {nodes[place + 1].of('zh')}"
    return Words(english, chinese)


def frequencies(values: Sequence[str], chinese_words: Sequence[str], placebo: Sequence[str]) -> Words:
    """How often an effect is stated to be seen, with its range, and how often under placebo."""
    percents = sorted({value for one in values for value in _percents(one)})
    english: list[str] = []
    chinese: list[str] = []
    if len(percents) > 1:
        english.append(f"from {percents[0]:g}% to {percents[-1]:g}%, depending on the trial")
        chinese.append(f"各试验从{percents[0]:g}%到{percents[-1]:g}%")
    if values:
        english.append(", ".join(values))
        chinese.append("，".join(chinese_words))
    if not english:
        english, chinese = ["how often is not stated"], ["频率未说明"]
    if placebo:
        english.append(f"with placebo: {', '.join(placebo)}")
        chinese.append(f"安慰剂组：{'，'.join(placebo)}")
    return Words("; ".join(english), "；".join(chinese))


def _percents(value: str) -> list[float]:
    return [
        float(part.strip().rstrip("%"))
        for piece in value.split(",")
        if "%" in piece
        for part in piece.split("-")
        if part.strip().rstrip("%").replace(".", "", 1).isdigit()
    ]


def following(chain: Sequence[FactEvidence]) -> Words:
    """By which statements it follows; empty where one says it outright."""
    if len(chain) < 2:
        return Words()
    return Words(
        FOLLOWS[0].format("; ".join(bare(link.clauses[0]) for link in chain)),
        FOLLOWS[1].format("；".join(bare(link.clauses[1]) for link in chain)),
    )


def named(entities: Sequence[Entity]) -> str:
    """Their names in a row."""
    return ", ".join(entity.name for entity in entities)
