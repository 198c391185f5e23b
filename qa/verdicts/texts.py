"""What the statements of some things say in words beyond their ends: advice for a genotype, a mechanism."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Assertion
from graph.view import GraphView
from qa.verdicts.thing import Thing
from qa.verdicts.ties import Pair
from text.words import content_words

_TOLD = ("affects_response_to", "contraindicated_in", "cautioned_in", "interacts_with", "inhibits", "activates",
         "treats", "has_role", "substrate_of", "participates_in", "downregulates", "upregulates",
         "contributes_to")  # fmt: skip
MOST = 400
_WORDS = ("recommendation", "implication", "mechanism", "management", "words", "genotype")
_NUMBER = re.compile(r"\d+(?:\.\d+)?\s*%?")
_TYPES = (
    (re.compile(r"\bpoor metaboli|慢代谢|弱代谢", re.I), re.compile(r"\bpoor metaboli|\b0\.0\b", re.I)),
    (re.compile(r"intermediate metaboli|中间?代谢", re.I), re.compile(r"intermediate metaboli|\b1\.[05]\b", re.I)),
    (re.compile(r"ultra-?rapid|超快代谢", re.I), re.compile(r"ultra-?rapid", re.I)),
    (re.compile(r"deficien|缺乏|缺陷", re.I), re.compile(r"deficien|poor", re.I)),
)
"""How a stem tells a metaboliser, and how the statements do."""


def mentioned(
    view: GraphView, things: Sequence[Thing], text: str, phrases: Sequence[Sequence[str]]
) -> list[tuple[float, tuple[Pair, ...]]]:
    """By choice how much of its words the statements of the things have, and where. Raises what the graph raises."""
    ids = [thing.ids() for thing in things if thing.kinds & {"drug", "gene", "class"}]
    nothing: list[tuple[float, tuple[Pair, ...]]] = [(0.0, ())] * len(phrases)
    if not ids:
        return nothing
    every = frozenset().union(*ids)
    rows = view.statements(subjects=every, predicates=_TOLD)
    rows = [row for row in rows if row.polarity == "affirmed"]
    both = [row for row in rows if sum(row.subject in one or row.object in one for one in ids) > 1]
    said = [(row, _said(row)) for row in _of_type(both or rows, text)[:MOST]]
    scored = []
    for own in phrases:
        best: tuple[float, tuple[Pair, ...]] = (0.0, ())
        for row, words in said:
            score = max(_share(phrase, words) for phrase in own)
            if score > best[0]:
                best = (score, ((row.subject, row.predicate, row.object),))
        scored.append(best)
    return scored


def _of_type(rows: Sequence[Assertion], text: str) -> Sequence[Assertion]:
    """Those for the metaboliser that a stem tells of, where it does."""
    for asked, has in _TYPES:
        if asked.search(text):
            own = [row for row in rows if has.search(dict(row.qualifiers).get("genotype", ""))]
            return own or rows
    return rows


def _said(row: Assertion) -> str:
    qualifiers = dict(row.qualifiers)
    kept = [qualifiers.get(key, "") for word in _WORDS for key in (word, f"{word}_zh")]
    return " ".join(kept).casefold()


def _share(phrase: str, said: str) -> float:
    """How much of a phrase stands in what is said: its numbers all, of its words how many."""
    low = phrase.casefold().strip()
    if not low:
        return 0.0
    if numbers := [one.replace(" ", "") for one in _NUMBER.findall(low)]:
        stand = {one.replace(" ", "") for one in _NUMBER.findall(said)}
        return 1.0 if all(one in stand for one in numbers) else 0.0
    if low in said:
        return 1.0
    words = {word[:6] for word in content_words(low)}
    there = {word[:6] for word in content_words(said)}
    return 0.8 * len(words & there) / len(words) if words else 0.0
