"""One answer against what a right one holds.

`right`: all that is asked for is there and nothing that must not be. `partly`: some of it. `wrong`: none of it, the
contrary, what must not be said, or an answer where none can be given. `withheld`: no answer, though one can be given.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from evaluation.answers.questions import Alternatives, Gold
from qa.evidence.kinds import Evidence, FactEvidence, ToldEvidence
from qa.evidence.passage import PassageEvidence
from qa.model import Answer
from text.names import normalise

Mark = Literal["right", "partly", "wrong", "withheld"]
LISTED = 0.75
"""A list is right from this share of the expected members on."""
_VERDICTS = {
    "true": "yes", "t": "yes", "是": "yes", "对": "yes", "正确": "yes",
    "false": "no", "f": "no", "否": "no", "不是": "no", "错": "no", "错误": "no",
    "uncertain": "maybe", "unclear": "maybe", "不确定": "maybe",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Judged:
    """What one answer was found to be. A measure is None where the question does not ask for it."""

    mark: Mark
    why: str
    """What is missing or too much; empty of a right one."""
    verdict: bool | None = None
    choice: bool | None = None
    precision: float | None = None
    """Of the members of a list: how many are expected ones. Low where the expected ones are only some of many."""
    recall: float | None = None
    evidence: float | None = None
    """The share of the sources that hold the answer which are among the evidence."""

    @property
    def f1(self) -> float | None:
        """Of a list."""
        if self.precision is None or self.recall is None:
            return None
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def judge(gold: Gold, answer: Answer) -> Judged:
    """What the answer is."""
    evidence = _evidence(gold, answer)
    if gold.abstain:
        return Judged(
            "right" if answer.abstained else "wrong", "" if answer.abstained else "answered", evidence=evidence
        )
    if answer.abstained:
        return Judged("withheld", answer.reason, evidence=evidence)
    whole = _whole(answer)
    forbidden = [member for member in gold.must_not if _has(answer.text, member)]
    verdict, choice = _verdict(gold, answer), _choice(gold, answer)
    precision, recall = _listed(gold, answer, whole)
    checks = {f"{'|'.join(member)} is not there": _has(whole, member) for member in gold.must}
    measured = {
        f"the verdict is {answer.typed.verdict or 'not given'}": verdict,
        f"the choice is {answer.typed.value or 'not made'}": choice,
        "the number or code is not there": _stated(gold, whole, answer),
        f"{recall or 0:.0%} of the list is there": None if recall is None else recall >= LISTED,
    }
    checks |= {why: holds for why, holds in measured.items() if holds is not None}
    told = [f"says {'|'.join(member)}" for member in forbidden] + [why for why, holds in checks.items() if not holds]
    contrary = verdict is False and answer.typed.verdict != ""
    mark = _mark(bool(forbidden) or contrary, list(checks.values()), bool(recall))
    return Judged(mark, "; ".join(told), verdict, choice, precision, recall, evidence)


def _whole(answer: Answer) -> str:
    """The answer with what it cites and lists."""
    chosen = (choice.text for choice in answer.typed.choices if choice.chosen)
    cited = {id for sentence in answer.sentences for id in sentence.citations}
    shown = (_text(e) for e in answer.evidence if e.id in cited)
    return " ".join((answer.text, answer.typed.value, *chosen, *shown, *_items(answer)))


def _mark(false: bool, checks: list[bool], begun: bool) -> Mark:
    if false:
        return "wrong"
    if all(checks):
        return "right"
    return "partly" if begun or any(checks) else "wrong"


def _verdict(gold: Gold, answer: Answer) -> bool | None:
    if gold.shape not in ("yes_no", "true_false") or not gold.answer:
        return None
    wanted = gold.answer[0][0].casefold()
    return answer.typed.verdict == _VERDICTS.get(wanted, wanted)


def _choice(gold: Gold, answer: Answer) -> bool | None:
    if gold.shape != "choice" or not gold.answer:
        return None
    wanted = {letter for member in gold.answer for letter in re.findall(r"[A-Z]", member[0].upper())}
    if all(len(member[0]) > 1 for member in gold.answer):
        wanted = {chr(ord("A") + at) for at, text in enumerate(gold.choices) if any(text in m for m in gold.answer)}
    return set(re.findall(r"[A-Z]", answer.typed.value)) == wanted


def _stated(gold: Gold, whole: str, answer: Answer) -> bool | None:
    """Whether the number or code asked for is given."""
    if gold.shape not in ("count", "value", "code") or not gold.answer:
        return None
    if gold.shape == "count" and answer.typed.total is not None:
        return str(answer.typed.total) in gold.answer[0]
    return any(_has(whole, member) for member in gold.answer)


def _listed(gold: Gold, answer: Answer, whole: str) -> tuple[float | None, float | None]:
    if gold.shape != "list" or not gold.answer:
        return None, None
    names = [normalise(name) for name in _items(answer)]
    hits = [any(_same(name, one) for one in names for name in member) or _has(whole, member) for member in gold.answer]
    expected = [name for member in gold.answer for name in member]
    right = sum(any(_same(name, one) for name in expected) for one in names)
    return (right / len(names) if names else float(any(hits))), sum(hits) / len(hits)


def _same(name: str, normalised: str) -> bool:
    return normalise(name) == normalised


def _items(answer: Answer) -> list[str]:
    """The members of a list in the language of the answer."""
    language = answer.understanding.language if answer.understanding else "en"
    return [item.name.of(language) for item in answer.typed.items]


def _has(text: str, member: Alternatives) -> bool:
    """Whether one of the alternatives stands in the text as written, or by its words."""
    return any(one.casefold() in text.casefold() for one in member) or any(
        f" {normalise(one)} " in f" {normalise(text)} " for one in member if normalise(one)
    )


def _text(evidence: Evidence) -> str:
    """What a reader is shown of a piece."""
    links = " ".join(link.text for link in evidence.chain) if isinstance(evidence, ToldEvidence) else ""
    return f"{evidence.text} {links}"


def _evidence(gold: Gold, answer: Answer) -> float | None:
    """The share of the expected sources that are there."""
    if not gold.evidence:
        return None
    there: set[str] = set()
    for piece in answer.evidence:
        there.add(piece.source)
        if isinstance(piece, FactEvidence):
            there |= {piece.assertion.id, piece.assertion.record}
        if isinstance(piece, ToldEvidence):
            there |= {link.source for link in piece.chain} | {quoted.source for quoted in piece.texts}
        if isinstance(piece, PassageEvidence):
            there.add(piece.url)
    return sum(any(id == one or one.endswith(f":{id}") for one in there) for id in gold.evidence) / len(gold.evidence)
