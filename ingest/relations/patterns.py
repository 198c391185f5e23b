"""Relations that a sentence states, by trigger patterns, English and Chinese.

A pattern wants two mentions of fitting types with a trigger between them (or around them) and nothing else but list
members and a few modifiers: that two things are named together is never a relation. What the trigger says is read for
polarity ("does not cause") and certainty ("may cause"), and the sentence is kept as the evidence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from graph.model import Certainty
from graph.schema import PREDICATES
from ingest.model import Mention
from ingest.relations.model import Finding
from ingest.relations.triggers import ANY_TRIGGER, RULES
from ingest.sentences import sentences

VERSION = "patterns/1"
_REACH = 160
"""Two mentions further apart than this, in characters, are not related."""
_LIST_LENGTH = 12
"""Nor are two that have more mentions than this between them."""

_POSSIBLE = re.compile(
    r"\b(?:may|might|could|can|possibl[ey]|probabl[ey]|potential(?:ly)?|suggest\w*|appears? to|seems? to|likely|"
    r"suspected|hypothesi[sz]ed)\b|可能|疑似|或许",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"\b(?:whether|if|hypothesis that|aim(?:ed)? (?:to|of)|objective|we investigated|to (?:determine|investigate|"
    r"assess|evaluate|examine|explore|test|compare|study))\b|是否|目的|探讨|旨在",
    re.IGNORECASE,
)
_DENIED = re.compile(
    r"\b(?:no (?:\w+ )?(?:evidence|proof|indication|association|suggestion)|not (?:\w+ )?(?:evidence|clear|known|"
    r"shown|found)|unlikely)\b|没有证据|无证据|未发现",
    re.IGNORECASE,
)
# What follows a stated treatment and takes it back.
_FAILED = re.compile(
    r"^\s*(?:therapy |treatment )?(?:(?:is|was|are|were|has been|proved|remained) )?(?:\w+ly )?(?:contraindicated|"
    r"ineffective|not (?:effective|beneficial|recommended|indicated)|failed|unsuccessful|"
    r"without (?:success|benefit|effect))\b|^\s*(?:无效|疗效不佳)",
    re.IGNORECASE,
)
# Behind a mention that only qualifies another: "relieves sepsis-induced injury" says nothing of treating sepsis.
_MODIFIES = re.compile(r"\s*[-–]\s*(?:induced|associated|related|mediated)\b", re.IGNORECASE)


class Patterns:
    """Keeps `ingest.relations.model.Relator` with the rules of `ingest.relations.triggers`."""

    @property
    def version(self) -> str:
        return VERSION

    def find(self, text: str, mentions: Sequence[Mention], language: str, *, facts: bool = False) -> list[Finding]:
        """What the sentences of `text` state. The rules of both languages are tried, whatever `language` says."""
        linked = [m for m in mentions if m.entity is not None]
        found: dict[tuple[str, str, str, str, str, str, int], Finding] = {}
        at = 0
        for start, end in sentences(text):
            first = at
            while at < len(linked) and linked[at].start < end:
                at += 1
            here = linked[first:at]
            if len(here) < 2 or not ANY_TRIGGER.search(text, start, end):
                continue
            for f in _of_sentence(text, (start, end), here):
                said = (f.subject, f.predicate, f.object, f.polarity, f.certainty, f.experiencer, f.start)
                found.setdefault(said, f)
        return list(found.values())


def _of_sentence(text: str, sentence: tuple[int, int], mentions: list[Mention]) -> list[Finding]:
    start, end = sentence
    findings = []
    for left, a in enumerate(mentions):
        for right in range(left + 1, min(len(mentions), left + _LIST_LENGTH + 2)):
            b = mentions[right]
            if b.start - a.end > _REACH:
                break
            if a.entity == b.entity or a.end > b.start or _excluded(text, a) or _excluded(text, b):
                continue
            between = _between(text, mentions[left : right + 1])
            for rule in RULES:
                subject, object = (b, a) if rule.reverse else (a, b)
                if subject.type not in rule.subjects or object.type not in rule.objects:
                    continue
                match = rule.between.match(between)
                if match is None:
                    continue
                before = text[max(start, a.start - 60) : a.start]
                if rule.before is not None and not rule.before.search(before):
                    continue
                if rule.predicate == "treats" and _MODIFIES.match(text, object.end, end):
                    continue
                if rule.after is not None and not rule.after.search(text[b.end : end]):
                    continue
                certainty = _certainty(text[start : a.start], before + between)
                negated = bool(
                    match.group("not") or _DENIED.search(before) or _FAILED.match(text[b.end : min(end, b.end + 60)])
                )
                findings.append(
                    Finding(
                        *_ordered(subject.entity or "", rule.predicate, object.entity or ""),
                        predicate=rule.predicate,
                        label=rule.predicate,
                        polarity="negated" if negated else "affirmed",
                        certainty=certainty,
                        confidence=rule.confidence if certainty == "certain" else round(rule.confidence * 0.7, 3),
                        start=start,
                        end=end,
                        experiencer=object.experiencer,
                        extractor=VERSION,
                    )
                )
                break
    return findings


def _excluded(text: str, mention: Mention) -> bool:
    """Whether the mention is what something is not ("non-paracetamol-induced")."""
    return text[max(0, mention.start - 4) : mention.start].lower().endswith(("non-", "non–", "non "))


def _between(text: str, mentions: list[Mention]) -> str:
    """The text between the first and the last of `mentions`, each mention between them as §."""
    parts = []
    position = mentions[0].end
    for mention in mentions[1:]:
        parts.append(text[position : mention.start])
        position = mention.end
    return "§".join(parts).replace("\n", " ")


def _certainty(lead: str, near: str) -> Certainty:
    if _HYPOTHETICAL.search(lead):
        return "hypothetical"
    return "possible" if _POSSIBLE.search(near) else "certain"


def _ordered(subject: str, predicate: str, object: str) -> tuple[str, str]:
    return (object, subject) if PREDICATES[predicate].symmetric and object < subject else (subject, object)
