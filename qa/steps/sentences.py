"""The sentences that answer a question, out of the passages that a search finds: found, ranked, and let through.

A sentence is let through where its document is about what is asked (`concerning`), where it or the heading above it is
of the topic asked, and where it holds the number asked for (`wanted`). A title never answers, nor do animals for
people, nor what a study is to do for what it found.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from qa.asked.constraints import of_pets
from qa.steps.concerning import NEAR, SUBJECTS, Thing, concerned
from qa.steps.spans import Stretch, grown
from qa.steps.wanted import (
    PROTOCOL,
    Wanted,
    asks_for_more_study,
    asks_of_a_plan,
    asks_what_was_found,
    holds_number,
    number_asked,
    of_children,
    planned,
    wanted,
)
from qa.view import View
from retrieval.answering.model import Answer
from retrieval.model import Filter, Hit
from text.names import is_chinese, normalise
from text.species import animals, species
from text.words import content_words

HITS = 10
"""Passages asked of retrieval."""
RANKED = 80
"""Sentences looked at, best first."""
GIVEN = 3
"""Quotations at most."""
UNDER_THE_HEADING, CUED, NO_NUMBER, SURE, NAMED = 1.5, 1.0, 3.0, 3.0, 2.0
"""What it adds to a sentence's score that its heading or title is of the topic, that it says so itself; what it takes
that it lacks the number asked for; and what it adds that its document is surely about what is asked, and that it names
what else the question names."""
MORE_STUDY, AIM = 4.0, 2.0
"""What it takes from a sentence that it only says that more studies are needed, or what was to be found out."""
HALF_SURE = 0.65
"""So sure a document is about what is asked that is near to the question alone, or names half of it."""
BEHIND = 4.0
"""A sentence that scores so much less than the best is no answer beside it."""
BESIDE = 3.0
"""The same for what stands right beside it, and is quoted with it."""
SPECIFIC = 4
"""Content words beside the names in it from which on a question is so specific that what a document near to it says
need not be of its topic."""
_QUESTION = re.compile(r"[?？]\W*$")
_BOILERPLATE = re.compile(
    r"\bclinical trials?\b.{0,60}\b(?:website|accepting|is a research study)|\bNCI-supported\b|\bPDQ summary\b|"
    r"^\W*see (?:the|also|drugs)\b|\bfor more information\b|\brefine the search\b|\bsearch features\b|"
    r"\b(?:talk|check|ask) (?:with|to)? ?your (?:child's )?(?:doctor|health care)|\btrial registrations?\b|"
    r"\bregistered on\b|"
    r"\bresearchers (?:are studying|continue to study|and others continue)|\bcopyright\b|\bfunded by\b|"
    r"\bthe authors? (?:declare|thank)|\bauthors.? contributions\b",
    re.IGNORECASE,
)
"""What stands in many documents and answers nothing."""
_ASKS_OF_RESEARCH = re.compile(r"\bresearch|\btrials?\b|\bregist|研究|试验|注册", re.IGNORECASE)
_ASKS_OF_RESEARCH_TO_COME = re.compile(
    r"\b(?:future|further|needed|unknown|open)\b|今后|进一步|未来|不足", re.IGNORECASE
)
_ASKS_WHICH_STUDY = re.compile(
    r"\b(?:which|what|any|is there a|was there a) (?:\w+ ){0,3}(?:trial|study|review|meta-analysis|survey|cohort)\b|"
    r"\bhow many (?:cent(?:er|re)s|sites|patients|participants|subjects|people were)|哪(?:项|个|些)(?:研究|"
    r"试验)|多少(?:中心|患者|受试者)",
    re.IGNORECASE,
)


_PETS = re.compile(r"\bpets?\b|\banimals?\b|宠物|动物", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Found:
    """What is quoted: from `start` to `end` of the document's text; `score` compares within one question."""

    hit: Hit
    start: int
    end: int
    text: str
    score: float
    sentence: str = ""
    """The sentence in it that answers."""
    number: str = ""
    """The kind of number asked for, which stands in it."""


@dataclass(frozen=True, slots=True)
class Search:
    """What was found for a question: what answers, best first; and where nothing does, the title of a plan of a study
    that was all there is."""

    found: tuple[Found, ...] = ()
    protocol: str = ""
    specific: bool = False
    """Whether the question asks for so much beside what it names that what is known of that is no answer."""
    strong: bool = False
    """Whether what was found is surely about all of such a question."""


def answering(
    view: View,
    question: str,
    things: Sequence[Thing],
    names: Mapping[str, Sequence[str]],
    topic: str,
    *,
    searched: str = "",
    filter: Filter | None = None,
    least: int = 1,
    own: bool = False,
) -> Search:
    """The sentences that answer `question` about `things`, whose `names` are told by how they are written in it.

    `searched` is what retrieval is asked where that is not the question alone; a document must name at least `least`
    of the things. `own` says that all documents are the patient's, and so about what is asked.
    """
    hits = view.search(searched or question, HITS, filter)
    asked = _Asked.of(question, topic, things)
    about = concerned(hits, question, things, view.graph, 1 if asked.specific else least)
    if own:
        about = {hit.passage.document: 1.0 for hit in hits}
    kept = [hit for hit in hits if about.get(hit.passage.document)]
    nearest = max(kept, key=lambda hit: hit.parts.get("nearness", 0.0), default=None)
    if nearest is not None and asked.of_a_plan(nearest):
        # What others found is not what was found in the study that is asked about.
        return Search((), nearest.document.title, asked.specific)
    ranked = view.sentences(question, kept, names, RANKED)
    scored = [(asked.score(answer, about[answer.hit.passage.document]), answer) for answer in ranked]
    passed = sorted(
        ((score, answer) for score, answer in scored if score is not None), key=lambda pair: (-pair[0], pair[1].score)
    )
    if not passed:
        protocol = next((hit.document.title for hit in kept if asked.of_a_plan(hit)), "")
        return Search((), protocol, asked.specific)
    best = passed[0][1].hit
    strong = best.parts.get("nearness", 0.0) >= NEAR and about[best.passage.document] > HALF_SURE
    return Search(tuple(_quoted(view, passed, asked)), "", asked.specific, asked.specific and strong)


@dataclass(frozen=True, slots=True)
class _Asked:
    question: str
    topic: Wanted | None
    number: str
    found: bool
    """Whether what a study found is asked for."""
    animals: tuple[str, ...]
    specific: bool
    things: tuple[Thing, ...]

    @classmethod
    def of(cls, question: str, topic: str, things: Sequence[Thing]) -> _Asked:
        found = asks_what_was_found(question)
        named = {word for thing in things for word in content_words(thing.asked)}
        specific = len(set(content_words(question)) - named) >= SPECIFIC * (3 if is_chinese(question) else 1)
        of_topic = None if of_pets(question) else wanted(topic)
        return cls(question, of_topic, number_asked(question), found, animals(question), specific, tuple(things))

    def of_a_plan(self, hit: Hit) -> bool:
        """Whether a hit is of a plan of a study, which does not tell what is asked."""
        return self.found and PROTOCOL.search(hit.document.title) is not None and not asks_of_a_plan(self.question)

    def score(self, answer: Answer, sure: float) -> float | None:
        """How well a sentence answers; None where it does not."""
        text, hit = answer.sentence.text, answer.hit
        if self._is_none(answer):
            return None
        if not self._of_what_is_asked(answer, sure):
            return None
        score = answer.score + SURE * sure + NAMED * self._named(text, hit)
        if self.topic is not None:
            heading = self.topic.title.search(f"{hit.document.title} {hit.passage.section}") is not None
            cued = self.topic.sentence.search(text) is not None
            if not heading and not cued and not (self.specific and hit.parts.get("nearness", 0.0) >= NEAR):
                return None
            score += UNDER_THE_HEADING * heading + CUED * cued
        if asks_for_more_study(text) and not _ASKS_OF_RESEARCH_TO_COME.search(self.question):
            score -= MORE_STUDY
        if self.found and answer.standing == "aim":
            score -= AIM
        if self.number and not holds_number(text, self.number, self.question):
            score -= NO_NUMBER
            if not (answer.context and holds_number(answer.context.text, self.number, self.question)):
                return None
        return score

    def _is_none(self, answer: Answer) -> bool:
        """Whether a sentence is no answer whatever is asked of a topic: a title, an aim, a plan, what is in animals."""
        text, hit = answer.sentence.text, answer.hit
        if answer.standing == "title" or _QUESTION.search(text) or text.strip() == hit.document.title.strip():
            return True
        if answer.standing == "aim" and not _ASKS_WHICH_STUDY.search(self.question):
            return True
        if _BOILERPLATE.search(text) and not _ASKS_OF_RESEARCH.search(self.question):
            return True
        if self.of_a_plan(hit) or (self.found and planned(text)):
            return True
        if of_pets(self.question):
            return not animals(text) and _PETS.search(text) is None
        if self.animals:
            return False
        return bool(species(text) or species(hit.document.title))

    def _of_what_is_asked(self, answer: Answer, sure: float) -> bool:
        """Whether a sentence is of the things asked: it says so where its document is only near to them, and no dose is
        that of a drug unless the drug is named with it or in the title."""
        said = f"{answer.context.text if answer.context else ''} {answer.sentence.text}"
        if self.number == "dose":
            drugs = [thing for thing in self.things if thing.type == "Drug"]
            with_title = f" {normalise(f'{answer.hit.document.title} {said}')} "
            if drugs and not any(f" {form} " in with_title for thing in drugs for form in thing.forms):
                return False
            if of_children(self.question) and not of_children(f"{answer.hit.document.title} {said}"):
                return False
        subjects = [thing for thing in self.things if thing.type in SUBJECTS]
        written = f" {normalise(said)} "
        near = self.specific and answer.hit.parts.get("nearness", 0.0) >= NEAR
        return (
            sure > HALF_SURE or near or not subjects
            or any(f" {form} " in written for thing in subjects for form in thing.forms)
        )  # fmt: skip

    def _named(self, text: str, hit: Hit) -> float:
        """The share of what the question names, but the title of the document does not, that a sentence names."""
        title, written = f" {normalise(hit.document.title)} ", f" {normalise(text)} "
        left = [thing for thing in self.things if not any(f" {form} " in title for form in thing.forms)]
        return sum(any(f" {form} " in written for form in thing.forms) for thing in left) / len(left) if left else 0.0


def _quoted(view: View, passed: Sequence[tuple[float, Answer]], asked: _Asked) -> list[Found]:
    best = passed[0][0]
    scores: dict[str, dict[int, float]] = {}
    for score, answer in passed:
        scores.setdefault(answer.hit.passage.document, {})[answer.sentence.start] = score
    found: list[Found] = []
    for score, answer in passed:
        if len(found) == GIVEN or score < best - BEHIND:
            break
        document = answer.hit.passage.document
        sentence = answer.sentence
        if any(one.hit.passage.document == document and one.start <= sentence.start < one.end for one in found):
            continue
        offset, text = view.around(document, sentence.start, sentence.end)
        own = {start - offset: value for start, value in scores[document].items()}
        place = grown(
            text, Stretch(sentence.start - offset, sentence.end - offset), own, best - BESIDE, answer.hit.document.title
        )
        kept = [one for one in found if one.hit.passage.document == document]
        start, end = _apart(place.start + offset, place.end + offset, kept)
        quote = text[start - offset : end - offset]
        start, quote = start + len(quote) - len(quote.lstrip()), quote.strip()
        end = start + len(quote)
        found.append(Found(answer.hit, start, end, quote, score, sentence.text, asked.number))
    return found


def _apart(start: int, end: int, others: Sequence[Found]) -> tuple[int, int]:
    """The stretch without what is quoted already."""
    for one in others:
        if one.start < end <= one.end:
            end = one.start
        if one.start <= start < one.end:
            start = one.end
    return start, end
