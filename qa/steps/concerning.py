"""Which of the documents found are about what a question asks about, and which only mention it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from graph.view import GraphView
from qa.asked.names import names_in
from retrieval.model import Hit
from text.names import is_chinese, normalise, tokens
from text.words import content_words

NEAR = 4.0
"""From this nearness on (in deviations of what has nothing to do with it) a passage is about a question, whatever its
words."""
CLOSE = 2.5
"""From this on it is where the question names nothing that is known."""
FAR = 2.0
"""Below this a passage that was compared in meaning is about something else."""
BESIDE = 0.7
"""How surely an answer of a page is about a thing that another answer of the page is about."""
COVERED = 0.5
"""Or where it holds this share of the question's words."""
SUBJECTS = frozenset({"Disease", "Phenotype", "Drug", "Gene", "Variant", "Procedure", "Measurement", "Food"})
"""Types of what a question is about; what else it names, such as a part of the body, stands beside."""


@dataclass(frozen=True, slots=True)
class Thing:
    """Something a question asks about: the forms (see `text.names`) of its names in all languages, and the type."""

    asked: str
    forms: frozenset[str]
    type: str
    ids: frozenset[str] = frozenset()


def concerned(
    hits: Sequence[Hit], question: str, things: Sequence[Thing], view: GraphView, least: int = 1
) -> dict[str, float]:
    """The documents of `hits` that are about `things`, by id, with how surely: 1 by title, less by what they say.

    A document is about a thing that its title names, as the longest name that stands there: one on pulmonary
    hypertension is not about hypertension. Of several things it must name most, at least `least`, and every drug.
    """
    subjects = [thing for thing in things if thing.type in SUBJECTS]
    by_document: dict[str, list[Hit]] = {}
    for hit in hits:
        by_document.setdefault(hit.passage.document, []).append(hit)
    found = {id: sure for id, own in by_document.items() if (sure := _sure(own, question, subjects, view, least)) > 0}
    # The answers of one page to several questions are about one thing, and need not name it again.
    pages = {own[0].document.url for id, own in by_document.items() if id in found and subjects} - {""}
    beside = {id: BESIDE for id, own in by_document.items() if id not in found and own[0].document.url in pages}
    return found | beside


def _sure(hits: Sequence[Hit], question: str, things: Sequence[Thing], view: GraphView, least: int) -> float:
    title = hits[0].document.title
    nearness = max(hit.parts.get("nearness", 0.0) for hit in hits)
    if 0 < nearness < FAR:
        return 0.0
    written = f" {normalise(' '.join(hit.passage.text for hit in hits))} "
    if not things:
        return _in_words(question, f"{title} {written}", nearness)
    bare = f" {normalise(title)} "
    titled = [thing for thing in things if any(f" {form} " in bare for form in thing.forms)]
    longest = names_of(title, view) if titled else {}
    in_title = [thing for thing in titled if names(title, thing, longest)]
    said = [thing for thing in things if thing in in_title or any(f" {form} " in written for form in thing.forms)]
    if len(things) == 1:
        # What a text names in passing it is not about, unless it is near to the question itself.
        near = 0.6 if said and nearness >= CLOSE else 0.5 if nearness >= NEAR + 0.3 else 0.0
        return 1.0 if in_title else near
    return _of_several(things, in_title, said, nearness, least)


def _of_several(
    things: Sequence[Thing], in_title: Sequence[Thing], said: Sequence[Thing], nearness: float, least: int
) -> float:
    drugs = [thing for thing in things if thing.type == "Drug"]
    if not all(drug in said for drug in drugs[:2]):
        return 0.0
    enough = len(said) >= max(least, len(things) / 2)
    if in_title and enough:
        return 0.8 + 0.2 * len(in_title) / len(things)
    if nearness >= NEAR and len(said) >= least:
        return 0.7
    return 0.4 if enough and nearness >= CLOSE else 0.0


def _in_words(question: str, text: str, nearness: float) -> float:
    """How surely a text is about a question that names nothing known."""
    asked = set(content_words(question))
    share = len(asked & set(content_words(text))) / len(asked) if asked else 0.0
    if is_chinese(question) and is_chinese(text):
        # To an encoder of English all Chinese is alike near: the words must be there.
        return 0.6 if share >= COVERED else 0.0
    if is_chinese(question):
        latin = {word for word in asked if word.isascii()}
        share = len(latin & set(content_words(text))) / len(latin) if latin else 0.0
        return 0.6 if nearness >= NEAR or (share >= COVERED and nearness >= 1) else 0.0
    return 0.6 if nearness >= CLOSE + 0.5 or (nearness >= 1.5 and share >= COVERED) else 0.0


def names_of(title: str, view: GraphView) -> Mapping[str, frozenset[str]]:
    """The longest names that stand in a title, as compared, with the ids of what they name."""
    return {
        normalise(title[span.start : span.end]): frozenset(entity.id for entity in span.entities)
        for span in names_in(title, tokens(title), view)
    }


def names(title: str, thing: Thing, longest: Mapping[str, Collection[str]]) -> bool:
    """Whether a title names a thing, and not something else whose longer name holds that name."""
    written = f" {normalise(title)} "
    forms = [form for form in thing.forms if f" {form} " in written]
    if not forms:
        return False
    covering = [name for name in longest if any(f" {form} " in f" {name} " for form in forms)]
    return not covering or any(name in thing.forms or thing.ids & set(longest[name]) for name in covering)
