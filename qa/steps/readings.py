"""How the names of a question were read: a misspelt drug as the nearest one, which has to be said; one that is none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from graph.model import Entity
from graph.view import GraphView
from qa.drugs.nearest import Nearest
from qa.evidence.bundle import Piece
from qa.evidence.interacting import names, unknown
from qa.evidence.passage import PassageEvidence
from qa.evidence.telling import told
from qa.evidence.wording import Words, all_names
from qa.model import Understanding
from qa.steps.asking import Asking
from qa.steps.circumstances import not_told
from qa.steps.named import drugs_asked, public
from text.names import normalise

ELSEWHERE = ("interaction", "contraindication")
"""The intents whose plans themselves tell of the names that they did not look up."""
_ABOUT = ("Disease", "Drug", "Phenotype", "Gene", "Variant")
"""What a question is about, if it names one."""
_EVERYDAY = "is an everyday word"
_NEAR = (
    "“{asked}” is no name that is known here: did you mean {names}?",
    "“{asked}”不是这里已知的名称：您是想说{names}吗？",
)
_OR = (" or ", "还是")
_READ = ("“{asked}” is read as {name}: please confirm", "“{asked}”按{name}理解，请确认")


def readings(asking: Asking) -> tuple[Piece, ...]:
    """That names of drugs which nothing bears were read as the drugs that they are near to, and which mean none."""
    asked = asking.understanding
    pieces: list[Piece] = [
        told((), *(_READ[zh].format(asked=written, name=meant) for zh in (0, 1)), warns=True)
        for written, meant in asked.respelt
    ]
    pieces += [told((), *(_proposed(name, names, zh) for zh in (0, 1)), warns=True) for name, names in asked.near]
    for surface, name in misread(asking.understanding, asking.entities).items():
        pieces.append(told((), read_as(surface, name, "en"), read_as(surface, name, "zh"), warns=True))
    if pieces or drugs_asked(asking.understanding.entities):
        pieces += _strangers(asking)
    return tuple(pieces)


def misread(asked: Understanding, entities: Mapping[str, Entity]) -> dict[str, Words]:
    """The drugs that were read by a name which none of `entities`, by id, bears: by that the name of the drug."""
    read: dict[str, Words] = {}
    for surface in drugs_asked(asked.entities):
        meant = [one for one in asked.entities if one.surface == surface]
        bearers = [entities[one.id] for one in meant if one.id in entities]
        borne = {normalise(name) for entity in bearers for name in all_names(entity)}
        if bearers and normalise(surface) not in borne and not any(_EVERYDAY in one.reason for one in meant):
            read[surface] = names(bearers[0])
    return read


def read_as(surface: str, name: Words, language: str) -> str:
    """That a name was read as that of a drug, without a full stop."""
    return _READ[language == "zh"].format(asked=surface, name=name.of(language))


def _strangers(asking: Asking) -> list[Piece]:
    strange = strangers(asking.question.text, asking.understanding)
    if not strange or asking.understanding.intent in ELSEWHERE:
        return []
    near = nearest_to(strange, asking.view.graph, asking.drugs.nearest)
    return [told((), unknown(strange, near, "en"), unknown(strange, near, "zh"), warns=True)]


def nearest_to(strange: Sequence[str], view: GraphView, nearest: Nearest) -> tuple[str, ...]:
    """The names of drugs that are nearest to these, in the order of these."""
    return tuple(dict.fromkeys(near for name in strange for near in nearest.names(public(view), name)))


def strangers(text: str, asked: Understanding) -> tuple[str, ...]:
    """The names of drugs that are none here."""
    return not_told(text, asked.strange)


def only_near(asked: Understanding) -> bool:
    """Whether all that a question is about may be misspelt, and has to be asked for."""
    named = any(entity.type in _ABOUT for entity in asked.entities)
    return bool(asked.near) and not named and not asked.strange


def proposed(asked: Understanding) -> str:
    """What the names that may be misspelt are near to, as questions."""
    chinese = asked.language == "zh"
    return ("" if chinese else " ").join(_proposed(name, names, int(chinese)) for name, names in asked.near)


def _proposed(name: str, names: Sequence[str], zh: int) -> str:
    shown = names[0] if len(names) == 1 else ("、" if zh else ", ").join(names[:-1]) + _OR[zh] + names[-1]
    return _NEAR[zh].format(asked=name, names=shown)


def only_strangers(text: str, asked: Understanding) -> bool:
    """Whether all that a question asks of a drug is asked of one that is none here."""
    return asked.intent not in ELSEWHERE and not drugs_asked(asked.entities) and bool(strangers(text, asked))


def unread(text: str, asked: Understanding) -> bool:
    """Whether all that a question is about is a name that nothing bears, or that may be misspelt."""
    return only_strangers(text, asked) or only_near(asked)


def about(passages: Sequence[PassageEvidence], strange: Sequence[str]) -> tuple[PassageEvidence, ...]:
    """The passages that name one of these."""
    return tuple(one for one in passages if any(name.casefold() in one.text.casefold() for name in strange))
