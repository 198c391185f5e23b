"""Which of some diseases a case in the stem of a question speaks for, by the differential."""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.view import GraphView
from qa.differential.case.understand import understood
from qa.differential.engine import Differential
from qa.differential.model import Told
from qa.verdicts.thing import Thing

_DIAGNOSIS = re.compile(
    r"\bdiagnos\w+|\bmost likely\b|\bfits? best\b|\bsyndrome\b|\bcondition\b|\bconsider\w*|诊断|最可能|考虑|"
    r"哪种(?:综合征|病)|符合",
    re.IGNORECASE,
)
_ASKS = re.compile(
    r"(?:[.。;；,，]?\s*)(?:\b(?:what|which)\b[^.?]*\??|\bthe (?:most likely )?(?:diagnosis|condition)[^.?]*|"
    r"diagnosis\s*\??|"
    r"(?:最可能的?|应首先|首先|应)?(?:诊断|考虑)(?:是|为|哪)?[^，。]*)$",
    re.IGNORECASE,
)


def is_case(text: str, things: Sequence[Thing], choices: Sequence[Sequence[Thing]]) -> bool:
    """Whether a stem tells a case of which the choices are diagnoses."""
    ill = [own for own in choices if any("ill" in thing.kinds for thing in own)]
    if 2 * len(ill) <= len(choices) or any(thing.kinds & {"drug", "gene", "class"} for thing in things):
        return False
    findings = [thing for thing in things if any(entity.type == "Phenotype" for entity in thing.entities)]
    return len(findings) > 1 or (_DIAGNOSIS.search(text) is not None and len(text) > 40) or len(text) > 120


def likeliest(view: GraphView, engine: Differential, text: str, choices: Sequence[Sequence[Thing]]) -> list[float]:
    """How probable each choice is for the case, beside the others. Raises what the graph raises."""
    own = [frozenset(id for thing in things for id in thing.ids(("ill",))) for things in choices]
    every = frozenset[str]().union(*own)
    case = understood(view, engine.matrix(view), Told(text=_ASKS.sub("", text.strip()) or text))
    if not case.observed or not every:
        return [0.0] * len(choices)
    ranking = engine.rank(view, case, limit=len(every), why=False, among=every)
    scores = [
        max((one.score + one.prior for one in ranking.candidates if {one.id, *one.ids} & ids), default=-99.0)
        for ids in own
    ]
    best = max(scores)
    # What one has over the best, told as a part of it: only the order counts.
    return [2 ** min(0.0, score - best) if score > -99.0 else 0.0 for score in scores]
