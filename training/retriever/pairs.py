"""Questions with passages that answer them, out of documents that nobody labelled.

Three kinds: a title and its text; a sentence that concludes something and the text without it, as a claim is to what
bears it out; and the questions of pages that ask and answer, such as MedQuAD. No set of questions that retrieval is
measured by is among them: what is left out is named by document id.
"""

from __future__ import annotations

import random
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass

from ingest.model import Document
from text.sentences import sentences

_CONCLUDES = re.compile(
    r"\b(conclu|suggest|demonstrat|indicat|associated with|we found|results show|increase|reduc|effective|is a\b|caus)",
    re.IGNORECASE,
)
_OPENING = re.compile(
    r"^(in conclusion|we conclude that|these (results|findings|data) (suggest|indicate|demonstrate) that"
    r"|conclusions?:?),?\s*",
    re.IGNORECASE,
)
_ASKED = re.compile(r"\s+(?=\?)")
SHORT, CLAIM = 300, range(60, 260)
"""Characters: of a text that is worth a title, and of a sentence that is a claim."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A question and a text that answers it. `kind` is `title`, `claim` or `question`."""

    kind: str
    question: str
    text: str


def pairs(documents: Iterable[Document], left_out: Collection[str], *, seed: int = 1) -> list[Pair]:
    """The pairs of all documents but those whose ids are `left_out`, in an order that `seed` decides."""
    chance = random.Random(seed)  # noqa: S311 not for secrets
    made: list[Pair] = []
    answers: set[str] = set()
    for document in documents:
        if document.id in left_out or not document.title:
            continue
        body = " ".join(section.text for section in document.sections if section.name != "title").strip()
        if document.title.rstrip().endswith("?") and document.source == "medquad":
            if body not in answers:  # many pages repeat an answer
                answers.add(body)
                made.append(Pair("question", _ASKED.sub("", document.title.replace("is (are)", "is")), body))
        elif len(body) >= SHORT:
            made.append(Pair("title", document.title.strip("[] ").rstrip("."), body))
            if claim := _claim(document.title, body, chance):
                made.append(claim)
    chance.shuffle(made)
    return made


def _claim(title: str, body: str, chance: random.Random) -> Pair | None:
    """Of every other text a sentence near its end that concludes something, with all the rest."""
    if chance.random() < 0.5:
        return None
    spans = sentences(body)
    likely = [(a, b) for a, b in spans if b - a in CLAIM and _CONCLUDES.search(body[a:b])][-3:]
    if not likely or len(spans) < 4:
        return None
    start, end = chance.choice(likely)
    rest = (body[:start] + body[end:]).strip()
    return Pair(
        "claim", _OPENING.sub("", body[start:end]).strip(), f"{title}\n{rest}" if chance.random() < 0.5 else rest
    )
