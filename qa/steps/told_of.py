"""What is told of a search of texts beside its sentences: the number asked for, and that nothing answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qa.evidence.bundle import Part
from qa.evidence.kinds import ToldEvidence
from qa.evidence.telling import told
from qa.evidence.typed import Typed
from qa.evidence.wording import Words, name_in
from qa.steps.asking import Asking
from qa.steps.passages import asked_text
from qa.steps.sentences import Search

_UNTOLD: dict[str, tuple[str, str]] = {
    "workup": ("how {x} is diagnosed", "{x}如何诊断"),
    "treatment": ("how {x} is treated", "{x}如何治疗"),
    "dose": ("the dose of {x} asked for", "所问的{x}的剂量"),
    "monitoring": ("what to monitor with {x}", "{x}需要监测什么"),
    "antidote": ("an antidote to {x}", "{x}的解毒药"),
    "prognosis": ("the outlook of {x}", "{x}的预后"),
    "prevention": ("how to prevent {x}", "如何预防{x}"),
    "epidemiology": ("how common {x} is, or whom it affects", "{x}有多常见、见于哪些人"),
    "cause": ("what causes {x}", "{x}的病因"),
    "presentation": ("the symptoms of {x}", "{x}的症状"),
    "definition": ("what {x} is", "什么是{x}"),
    "study": ("such a study of {x}", "关于{x}的此类研究"),
    "advice": ("advice on {x}", "关于{x}的建议"),
    "mechanism": ("how {x} acts", "{x}如何起作用"),
    "adverse_effect": ("this of the adverse effects of {x}", "所问的{x}的不良反应"),
}
"""By topic what nothing tells, in English and in Chinese."""
_NUMBER = re.compile(
    r"(?<![\w.,/-])(\d[\d,]*(?:[.·]\d+)?)\s*(%|％|mg/kg|mg|mcg|µg|μg|g|ml|IU|毫克|微克|克|毫升)?(?![\w/])"
)

_ANTIDOTES = re.compile(r"antidotes?|解毒[药剂]", re.IGNORECASE)
_ONE_IN = re.compile(r"\b(?:1|one) in (?:every )?(\d[\d,]*)", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?")


def _plain(number: str) -> str:
    """The number without the marks of its thousands."""
    return number.replace(",", "") if _THOUSANDS.fullmatch(number) else number


def value(asking: Asking, search: Search) -> Typed | None:
    """The number asked for with its unit, where the best sentence holds one alone that the question does not; None
    where it holds none or several."""
    best = search.found[0] if search.found else None
    if best is None or not best.number or best.number in ("whom", "life"):
        return None
    if one := _ONE_IN.search(best.sentence):
        return Typed("value", value=f"1/{one.group(1).replace(',', '')}")
    asked = set(re.findall(r"\d[\d,.]*", asked_text(asking)))
    numbers = [match.groups() for match in _NUMBER.finditer(best.sentence) if match.group(1) not in asked]
    if best.number in ("share", "dose"):
        numbers = [(number, unit) for number, unit in numbers if unit] or numbers
    if len(numbers) != 1:
        return None
    number, unit = numbers[0]
    return Typed("value", value=_plain(number), unit=unit or "")


def untold(asking: Asking, search: Search) -> Part:
    """That nothing here tells what is asked; that a plan of a study is all that was found, where it is."""
    clauses = _UNTOLD.get(asking.understanding.intent)
    pieces: list[ToldEvidence] = []
    if search.protocol:
        title = " ".join(search.protocol.split()).rstrip(".")
        pieces.append(
            told(
                (),
                f"What was found is the plan of a study, which does not tell its results: {title}",
                f"找到的只是研究方案，没有结果：{title}",
            )
        )
    elif clauses is not None and (name := _name(asking)) is not None:
        pieces.append(
            told(
                (),
                f"Nothing among the texts here tells {clauses[0].format(x=name.of('en'))}",
                f"此处的文献没有说明{clauses[1].format(x=name.of('zh'))}",
            )
        )
    return Part(unread=tuple(pieces))


def _name(asking: Asking) -> Words | None:
    named = [one for one in asking.understanding.entities if one.id in asking.entities]
    named = [one for one in named if _ANTIDOTES.fullmatch(one.surface) is None]
    entity = next((asking.entities[one.id] for one in named), None)
    return Words(name_in(entity, "en"), name_in(entity, "zh")) if entity else None


def warnings_of(parts: Sequence[Part]) -> list[Part]:
    """The parts with no more than what no answer may leave out, and those that answer in a form of their own."""
    return [
        part
        if part.typed is not None or part.candidates
        else replace(part, evidence=tuple(e for e in part.evidence if isinstance(e, ToldEvidence) and e.warns))
        for part in parts
    ]
