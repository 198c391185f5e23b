"""Every sentence against the evidence it cites. What is not supported is not said.

In both languages:

* every citation names a piece of evidence, and there is at least one;
* what stands between “ and ” stands so in a cited text;
* every number stands in the cited evidence, with the same unit where both have one;
* most content words do (`lexical.ENOUGH`), and no other word is the name of a drug, a disease or a finding in the
  graph;
* what is derived is marked as derived, nothing reassures that no source says, no severity is another's (`together`);
* a negation does not turn: a sentence may not affirm what its evidence negates, nor the other way round.

What counts as cited evidence is the text, its title and source, the names of its entities in every language, and the
words of its predicate (`support`); how they are compared is told in `lexical`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.asked.vocabulary import ORDINARY
from qa.checking.lexical import ENOUGH, EVERY, SCAFFOLD, missing_number, stated_words, turned, without_names
from qa.checking.objection import Objection
from qa.checking.support import Support, support_of
from qa.checking.together import DIFFERS, differ, misleading, of_drugs
from qa.evidence.chart import without_more
from qa.evidence.interacting import bare
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence, ToldEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence
from qa.evidence.reasons import Interacts
from qa.evidence.wording import UNEXPLAINED
from qa.model import Sentence
from text.names import is_chinese, normalise, tokens
from text.words import content_words, quoted

_NAMES_OF = ("Drug", "Disease", "Phenotype", "Gene", "Procedure")


class Checker:
    """Checks sentences against one answer's material."""

    def __init__(self, material: Material, view: GraphView) -> None:
        self._material, self._view = material, view
        self._evidence = {e.id: e for e in material.evidence}
        self._supports: dict[str, Support] = {}

    def objection(self, sentence: Sentence) -> Objection | None:
        """Why the sentence may not be said; None where it may. Raises what the graph raises."""
        if not sentence.citations:
            return Objection("uncited")
        unknown = [id for id in sentence.citations if id not in self._evidence]
        if unknown:
            return Objection("unknown_citation", tuple(unknown))
        return None if self._is_told(sentence) else self._borne(sentence)

    def _borne(self, sentence: Sentence) -> Objection | None:
        """Why the evidence that a sentence cites does not bear it; None where it does."""
        cited = [self._support(id) for id in sentence.citations]
        text = self._without_unexplained(sentence.text, cited)
        if text is None:
            return Objection("unexplained")
        text = without_more(text, self._left_out(cited))
        for passage in (e for support in cited if isinstance(e := support.evidence, PassageEvidence)):
            for language in ("en", "zh"):
                text = text.replace(passage.cited(language), " , ")
        quotes = quoted(text)
        for quote in quotes:
            if not any(quote in support.evidence.text for support in cited):
                return Objection("misquoted", (quote,))
            text = text.replace(f"“{quote}”", " , ")
        for support in cited:
            text = text.replace(support.evidence.source, " , ")
            if isinstance(e := support.evidence, FactEvidence) and isinstance(e.because, Interacts) and e.title:
                text = text.replace(e.title, " , ")
        if any(phrase in text for phrase in DIFFERS) and not differ(cited):
            return Objection("undisputed")
        return (
            misleading(text, cited, self._material)
            or missing_number(text, cited)
            or self._of_words(text, cited, quotes)
        )

    def _is_told(self, sentence: Sentence) -> bool:
        """Whether the sentence is, word for word, what one piece of evidence tells of its sources."""
        pieces = [self._evidence[id] for id in sentence.citations]
        return any(
            isinstance(piece, ToldEvidence | DerivedEvidence | SearchedEvidence)
            and bare(sentence.text) in (bare(piece.said("en")), bare(piece.said("zh")))
            for piece in pieces
        )

    def _left_out(self, cited: Sequence[Support]) -> set[int]:
        """How many more a sentence may say there are than those that it cites."""
        counts = set(self._material.left_out.values())
        edges = {(e.predicate, e.entities) for support in cited if isinstance(e := support.evidence, FactEvidence)}
        for predicate in {predicate for predicate, _ in edges}:
            totals = [
                (listed, total) for listed, total in self._material.totals.items() if listed.predicate == predicate
            ]
            ends = {listed.end for listed, _ in totals}
            counts |= {total - len(edges) for _, total in totals}
            counts |= {
                e.because.more for e in self._material.facts if isinstance(e.because, Interacts) and e.because.more
            }
            counts |= {sum(total for listed, total in totals if listed.end == end) - len(edges) for end in ends}
            counts.add(len({e.entities for e in self._material.facts if e.predicate == predicate}) - len(edges))
        return {count for count in counts if count > 0}

    def _of_words(self, text: str, cited: Sequence[Support], quotes: Sequence[str]) -> Objection | None:
        chinese = is_chinese(text)
        bare = without_names(text, cited) if chinese else text
        stated = stated_words(bare)
        if not stated and bare == text:
            return None if quotes else Objection("empty")
        missing = [word for word in stated if not any(word in support.words for support in cited)]
        strange: Objection | None = None
        if chinese and not any(support.chinese for support in cited):
            strange = self._across_languages(bare, bare != text, cited)
        elif len(stated) - len(missing) < (EVERY if of_drugs(cited) else ENOUGH) * len(stated):
            strange = Objection("unsupported", tuple(missing))
        elif missing:
            strange = self._stranger(text, cited)
        return strange or turned(text, cited)

    def _without_unexplained(self, text: str, cited: Sequence[Support]) -> str | None:
        """The text without what a candidate leaves unexplained; None where that is not so."""
        for mark in UNEXPLAINED:
            before, marked, after = text.partition(mark)
            if marked:
                ids = {support.evidence.id for support in cited}
                left = {
                    normalise(name)
                    for candidate in self._material.candidates
                    if ids <= set(candidate.evidence)
                    for name in candidate.unexplained
                }
                names = [part for part in re.split(r"、|和|, | and |[。.]$", after) if part]
                return before if left and {normalise(name) for name in names} <= _parts(left) else None
        return text

    def _across_languages(self, bare: str, named: bool, cited: Sequence[Support]) -> Objection | None:
        """A Chinese sentence on English evidence: it must name something of the evidence, and nothing else. `bare` is
        the sentence without the names of its evidence, `named` whether it held any."""
        own = {name for support in cited for name in support.names}
        others = self._names_in(bare)
        if not named and own.isdisjoint(others):
            return Objection("nameless")
        words = {word for support in cited for word in support.words}
        strange = [
            entities[0].name
            for name, entities in others.items()
            if name not in own and not (content_words(name) and words.issuperset(content_words(name)))
        ]
        return Objection("stranger", (strange[0],)) if strange else None

    def _stranger(self, text: str, cited: Sequence[Support]) -> Objection | None:
        """A drug, disease or finding that the sentence names and no cited evidence knows."""
        available = {word for support in cited for word in support.words}
        for name, entities in self._names_in(text).items():
            own = content_words(name)
            if own and not any(word in available or word in SCAFFOLD for word in own):
                return Objection("stranger", (entities[0].name,))
        return None

    def _names_in(self, text: str) -> dict[str, list[Entity]]:
        """The names of the graph in the text, in the form of `text.names`, each with what it names."""
        words = tokens(text)
        longest = 8 if is_chinese(text) else 5
        grams = {
            " ".join(token.norm for token in words[first:last])
            for first in range(len(words))
            for last in range(first + 1, min(first + longest, len(words)) + 1)
        }
        candidates = {gram for gram in grams if len(gram) > 2 and gram not in ORDINARY}
        entities = self._view.named(candidates)
        return {
            name: kept
            for name, own in entities.items()
            if (kept := [e for e in own if e.type in _NAMES_OF and (e.type != "Gene" or e.name in text)])
        }

    def _support(self, id: str) -> Support:
        if id not in self._supports:
            self._supports[id] = support_of(self._evidence[id], self._material)
        return self._supports[id]


def _parts(names: Iterable[str]) -> set[str]:
    """The names, and the pieces into which `and` and commas would cut them."""
    return {part for name in names for part in (name, *re.split(r" and ", name))}
