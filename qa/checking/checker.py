"""Every sentence against the evidence it cites. What is not supported is not said.

A first, lexical form of entailment, in both languages:

* every citation names a piece of evidence, and there is at least one;
* what stands between “ and ” stands so in a cited text;
* every number stands in the cited evidence, with the same unit where both have one;
* most content words do (`ENOUGH`), and no other word is the name of a drug, a disease or a finding in the graph;
* a negation does not turn: a sentence may not affirm what its evidence negates, nor the other way round.

What counts as cited evidence is the text, its title and source, the names of its entities in every language, and the
words of its predicate. Blind spots, on purpose said: two entities that change places (`X causes Y`, `Y causes X`), and
a Chinese sentence on English evidence, of which only entities, numbers and negation can be compared.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.asked.vocabulary import ORDINARY
from qa.checking.support import Support, support_of
from qa.evidence.kinds import FactEvidence
from qa.evidence.material import Material
from qa.evidence.wording import DISAGREE, FIRST, NEXT, UNEXPLAINED, chinese_words
from qa.model import Sentence
from text.names import is_chinese, normalise, tokens
from text.question_language import words
from text.words import content_words, negates, numbers, polarities, quoted, stem

ENOUGH = 0.7
"""Share of a sentence's content words that must stand in its evidence."""

_NAMES_OF = ("Drug", "Disease", "Phenotype", "Gene", "Procedure")
# Words by which an answer speaks of its evidence. None says anything about medicine.
_SCAFFOLD = frozenset(
    stem(word)
    for word in words(
        "accord according source sources state states stated statement statements evidence report reports reported "
        "describe described mention mentioned show shows shown indicate indicates indicated suggest suggests suggested "
        "explain explains explained include includes including included answer question asked information provided "
        "first next possibly possible hypothesis past disagree disagrees holds passage document author authors found "
        "finding findings patient patients record recorded example known used also"
    )
)
_SCAFFOLD_CHINESE = re.compile(
    r"根据|证据|来源|据记载|记载|据报道|报道|文献|研究|显示|表明|指出|提示|可能|假设|既往|原文|资料|患者|以上|包括|例如|首先|其次|"
    r"因此|此外|解释最多的疾病|不同来源的说法不一|个来源|可以|可用于|用于|的有|认为"
)


class Checker:
    """Checks sentences against one answer's material."""

    def __init__(self, material: Material, view: GraphView) -> None:
        self._material, self._view = material, view
        self._evidence = {e.id: e for e in material.evidence}
        self._supports: dict[str, Support] = {}

    def objection(self, sentence: Sentence) -> str:
        """Why the sentence may not be said, in words; empty where it may. Raises what the graph raises."""
        if not sentence.citations:
            return "no citation"
        unknown = [id for id in sentence.citations if id not in self._evidence]
        if unknown:
            return f"cites {', '.join(unknown)}, which is no evidence"
        cited = [self._support(id) for id in sentence.citations]
        text = self._without_unexplained(sentence.text, cited)
        if text is None:
            return "names as unexplained what the differential does not"
        quotes = quoted(text)
        for quote in quotes:
            if not any(quote in support.evidence.text for support in cited):
                return "quotes what the evidence does not say"
        for quote in quotes:
            text = text.replace(f"“{quote}”", " , ")
        for support in cited:
            text = text.replace(support.evidence.source, " , ")
        return self._of_words(text, cited, quotes)

    def _of_words(self, text: str, cited: Sequence[Support], quotes: Sequence[str]) -> str:
        for phrase in (*FIRST, *NEXT):
            text = text.replace(phrase, "")
        missing_number = _missing_number(text, cited)
        if missing_number:
            return f"the number {missing_number} is not in the evidence"
        chinese = is_chinese(text)
        bare, named = _without_names(text, cited) if chinese else (text, False)
        said = [word for word in content_words(_SCAFFOLD_CHINESE.sub("，", bare)) if word not in _SCAFFOLD]
        if not said and not named:
            return "" if quotes else "says nothing that could be checked"
        supported = [word for word in said if any(word in support.words for support in cited)]
        if chinese and not any(support.chinese for support in cited):
            objection = self._across_languages(bare, named, cited)
            if objection:
                return objection
        elif len(supported) < ENOUGH * len(said):
            return f"{len(said) - len(supported)} of {len(said)} content words are not in the evidence"
        elif len(supported) < len(said):
            stranger = self._stranger(text, cited)
            if stranger:
                return f"names {stranger}, which is not in the evidence"
        return _turned(text, cited)

    def _without_unexplained(self, text: str, cited: Sequence[Support]) -> str | None:
        """The text without what a candidate leaves unexplained; None where that is not so."""
        for mark in UNEXPLAINED:
            before, found, after = text.partition(mark)
            if found:
                ids = {support.evidence.id for support in cited}
                left = {
                    normalise(name)
                    for candidate in self._material.candidates
                    if ids <= set(candidate.evidence)
                    for name in candidate.unexplained
                }
                named = [part for part in re.split(r"、|和|, | and |[。.]$", after) if part]
                return before if left and {normalise(name) for name in named} <= _parts(left) else None
        return text

    def _across_languages(self, bare: str, named: bool, cited: Sequence[Support]) -> str:
        """A Chinese sentence on English evidence: it must name something of the evidence, and nothing else. `bare` is
        the sentence without the names of its evidence, `named` whether it held any."""
        known = {name for support in cited for name in support.names}
        others = self._names_in(bare)
        if not named and not any(name in known for name in others):
            return "names nothing of its evidence"
        strange = [entities[0].name for name, entities in others.items() if name not in known]
        return f"names {strange[0]}, which is not in the evidence" if strange else ""

    def _stranger(self, text: str, cited: Sequence[Support]) -> str:
        """A drug, disease or finding that the sentence names and no cited evidence knows."""
        available = {word for support in cited for word in support.words}
        for name, entities in self._names_in(text).items():
            own = content_words(name)
            if own and not any(word in available or word in _SCAFFOLD for word in own):
                return entities[0].name
        return ""

    def _names_in(self, text: str) -> dict[str, list[Entity]]:
        found = tokens(text)
        longest = 8 if is_chinese(text) else 5
        grams = {
            " ".join(token.norm for token in found[first:last])
            for first in range(len(found))
            for last in range(first + 1, min(first + longest, len(found)) + 1)
        }
        candidates = {gram for gram in grams if len(gram) > 2 and gram not in ORDINARY}
        named = self._view.named(candidates)
        return {
            name: kept
            for name, entities in named.items()
            if (kept := [e for e in entities if e.type in _NAMES_OF and (e.type != "Gene" or e.name in text)])
        }

    def _support(self, id: str) -> Support:
        if id not in self._supports:
            self._supports[id] = support_of(self._evidence[id], self._material)
        return self._supports[id]


def _missing_number(text: str, cited: Sequence[Support]) -> str:
    available = {number for support in cited for number in support.numbers}
    for value, unit in numbers(text):
        if not any(
            value == other and (not unit or not other_unit or unit == other_unit) for other, other_unit in available
        ):
            return f"{value} {unit}".strip()
    return ""


def _without_names(text: str, cited: Sequence[Support]) -> tuple[str, bool]:
    """A Chinese text without the names and the words of the predicates of its evidence, and whether there was any:
    cut into pairs of characters, the seams between names and other words would look like words that nothing supports.
    """
    known = {name for support in cited for name in support.written}
    known |= {word for fact in _facts(cited) for word in chinese_words(fact.predicate)}
    bare = text
    for name in sorted(known, key=len, reverse=True):
        bare = bare.replace(name, "，")
    return bare, bare != text


def _turned(text: str, cited: Sequence[Support]) -> str:
    """An objection where the sentence's negations are not those of its evidence."""
    if any(mark.partition("{")[0].strip(" :：") in text for mark in DISAGREE):
        both = {fact.negated for fact in _facts(cited)}
        return "" if len(both) > 1 else "says that sources disagree where they do not"
    stated = _facts(cited)
    if stated and all(e.negated for e in stated) and len(stated) == len(cited) and not negates(text):
        return "affirms what its evidence negates"
    agreeing = opposed = 0
    for name in (name for support in cited for name in support.denying_names):
        text = text.replace(name, " , ")
    for word, own in polarities(text).items():
        theirs: set[bool] = set()
        for support in cited:
            theirs |= support.polarity.get(word, set())
        if theirs and (True in own or theirs == {True}):
            if own & theirs:
                agreeing += 1
            else:
                opposed += 1
    if opposed > agreeing:
        return "turns a negation of its evidence" if negates(text) else "affirms what its evidence negates"
    return ""


def _facts(cited: Sequence[Support]) -> list[FactEvidence]:
    """The statements of the graph among the cited evidence."""
    return [support.evidence for support in cited if isinstance(support.evidence, FactEvidence)]


def _parts(names: Iterable[str]) -> set[str]:
    """The names, and the pieces into which `and` and commas would cut them."""
    return {part for name in names for part in (name, *re.split(r" and ", name))}
