"""A sentence and its evidence compared by numbers, words and what they deny: a first form of entailment.

Blind spots, on purpose said: two entities that change places (`X causes Y`, `Y causes X`), and a Chinese sentence on
English evidence, of which only entities, numbers and negation can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from qa.checking.objection import Objection
from qa.checking.support import Support
from qa.evidence import chart
from qa.evidence.kinds import FactEvidence
from qa.evidence.wording import DISAGREE, chinese_words
from text.context.polarity import polarities
from text.numbers import numbers
from text.words import content_words, stemmed

ENOUGH = 0.7
"""Share of a sentence's content words that must stand in its evidence."""
EVERY = 0.9
"""The same where drugs are told of together: one word of five may turn harm into help."""
SCAFFOLD = stemmed(
    "accord according source sources state states stated statement statements evidence report reports reported "
    "describe described mention mentioned show shows shown indicate indicates indicated suggest suggests suggested "
    "explain explains explained include includes including included answer question asked information provided "
    "first next possibly possible hypothesis past disagree disagrees holds passage document author authors found "
    "finding findings patient patients record recorded example known used also"
)
"""Words by which an answer speaks of its evidence, in the form of `content_words`. None says anything of medicine."""
_SCAFFOLD_CHINESE = re.compile(
    r"根据|证据|来源|据记载|记载|据报道|报道|文献|研究|显示|表明|指出|提示|可能|假设|既往|原文|资料|患者|以上|"
    r"包括|例如|首先|其次|"
    r"因此|此外|不同来源的说法不一|个来源|可以|可用于|用于|的有|认为"
)


def missing_number(text: str, cited: Sequence[Support]) -> Objection | None:
    """The first number of the sentence that no evidence has, or has with another unit."""
    available = {number for support in cited for number in support.numbers}
    for value, unit in numbers(text):
        if not any(
            value == other and (not unit or not other_unit or unit == other_unit) for other, other_unit in available
        ):
            return Objection("number", (f"{value} {unit}".strip(),))
    return None


def stated_words(text: str) -> list[str]:
    """The content words of a sentence that say something of medicine."""
    return [word for word in content_words(_SCAFFOLD_CHINESE.sub("，", text)) if word not in SCAFFOLD]


def without_names(text: str, cited: Sequence[Support]) -> str:
    """A Chinese text without the names and the words of the predicates of its evidence: cut into pairs of characters,
    the seams between names and other words would look like words that nothing supports."""
    names = {name for support in cited for name in support.written}
    for fact in _facts(cited):
        names.update(chinese_words(fact.predicate))
        if fact.kind == "patient":
            names.update(chart.chinese_words(fact.assertion))
    for name in sorted(names, key=len, reverse=True):
        text = text.replace(name, "，")
    return text


def turned(text: str, cited: Sequence[Support]) -> Objection | None:
    """Whether the sentence affirms what its evidence denies, or the other way round."""
    if any(mark.partition("{")[0].strip(" :：") in text for mark in DISAGREE):
        return None if len({fact.negated for fact in _facts(cited)}) > 1 else Objection("undisputed")
    for name in (name for support in cited for name in support.denying_names):
        text = text.replace(name, " , ")
    own = polarities(text)
    if _all_negated(cited) and not any(True in verdicts for verdicts in own.values()):
        return Objection("turned")
    agreeing, opposed = _compared(own, cited)
    return Objection("turned", tuple(opposed)) if len(opposed) > agreeing else None


def _all_negated(cited: Sequence[Support]) -> bool:
    """Whether all that is cited are statements that deny."""
    return all(isinstance(support.evidence, FactEvidence) and support.evidence.negated for support in cited)


def _facts(cited: Sequence[Support]) -> list[FactEvidence]:
    """The statements of the graph among the cited evidence."""
    return [support.evidence for support in cited if isinstance(support.evidence, FactEvidence)]


def _compared(own: dict[str, set[bool]], cited: Sequence[Support]) -> tuple[int, list[str]]:
    """How many words that either side denies stand alike in both, and which do not."""
    agreeing, opposed = 0, []
    for word, verdicts in own.items():
        theirs: set[bool] = set()
        for support in cited:
            theirs |= support.polarity.get(word, set())
        if theirs and (True in verdicts or theirs == {True}):
            if verdicts & theirs:
                agreeing += 1
            else:
                opposed.append(word)
    return agreeing, opposed
