"""What one sentence tells of the facts that it states, each asked what its predicate can have."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from ingest.model import Mention
from ingest.reading.qualifiers import change, dosing, frequency, people, results
from ingest.reading.qualifiers.places import Place, nearest, overlaps, stretch
from ingest.reading.relations.model import Finding

_GIVEN = frozenset(("treats", "palliates", "prevents"))
_FORBIDS = re.compile(
    r"contraindicat|\b(?:must|should|do|can)(?: not|n['’]t) (?:be )?(?:used?|given?|taken?|prescribed)|\bavoid|caution"
    r"|禁用|禁忌|忌用|慎用|不宜|不得|避免",
    re.IGNORECASE,
)
_AGAINST = frozenset(("contraindicated_in", "cautioned_in"))
_SEEN = frozenset(("has_adverse_effect", "has_phenotype", "causes"))
_ROUTED = _GIVEN | _AGAINST | {"has_adverse_effect"}
_OF_PEOPLE = _GIVEN | _AGAINST | _SEEN | {"contributes_to", "associated_with", "gene_associated_with"}
_MEASURED = _GIVEN | {
    "contributes_to", "associated_with", "gene_associated_with", "diagnoses", "has_adverse_effect", "causes",
}  # fmt: skip
_CHANGED = frozenset(("interacts_with", "affects_response_to"))
_DRUGS = frozenset(("Drug", "Procedure"))
_CONDITIONS = frozenset(("Disease", "Phenotype"))
_SEVERITY = re.compile(
    r"(?P<one>mild|moderate|severe|end-stage|轻中度|中重度|轻度|中度|重度|严重)"
    r"(?:(?: to | or | and |-to-|[-~～至到或、])(?P<two>moderate|severe|中度|重度|严重))?",
    re.IGNORECASE,
)
_GRADES = {
    "轻度": "mild", "中度": "moderate", "重度": "severe", "严重": "severe", "轻中度": "mild to moderate",
    "中重度": "moderate to severe",
}  # fmt: skip
_AHEAD = 28
"""So far before a condition at most stands how severe it is."""
_WHEN = re.compile(
    r"(?P<before>\b(?:before|prior to|at baseline|baseline)\b|(?:治疗|用药|给药|开始|服药|使用)前|基线)"
    r"|(?P<during>\b(?:during|while (?:on|taking|receiving))\b|期间|(?:治疗|用药|服药|使用)(?:过程)?中|用药时)"
    r"|(?P<after>\bafter (?:starting|initiation|treatment|discontinu|stopping)\w*|(?:治疗|用药|停药)后)",
    re.IGNORECASE,
)
_WHENS = ("before", "during", "after")


class Told:
    """One sentence; what is looked for in it is looked for once, however many facts it states."""

    def __init__(self, text: str, start: int, mentions: Sequence[Mention]) -> None:
        """`mentions` are those of the document, in order of `start`; the sentence begins in it at `start`."""
        self.text = text
        low = bisect_left(mentions, start, key=lambda m: m.start)
        self._places: dict[str, list[Place]] = {}
        self._drugs: list[tuple[Place, str | None]] = []
        self._conditions: list[Place] = []
        for mention in mentions[low:]:
            if mention.start >= start + len(text):
                break
            place = mention.start - start, min(mention.end - start, len(text))
            if mention.entity is not None:
                self._places.setdefault(mention.entity, []).append(place)
            if mention.type in _DRUGS:
                self._drugs.append((place, mention.entity))
            elif mention.type in _CONDITIONS:
                self._conditions.append(place)

    def of(self, finding: Finding) -> dict[str, str]:
        """What the sentence tells beside the fact.

        The values are short: a word that `qa.evidence` knows where there is one, else number and unit.
        """
        predicate = finding.predicate
        subject, object = nearest(self._places.get(finding.subject, ()), self._places.get(finding.object, ()))
        within = stretch(self.text, (subject, object))
        told: dict[str, str] = {}
        if predicate in _SEEN and object is not None:
            told |= frequency.often(self.text, self._cues, object, subject)
        elif predicate == "gene_associated_with" and subject is not None:
            told |= frequency.often(self.text, self._cues, subject, object)
        if predicate in _CHANGED:
            words, whose = change.effect(
                self.text, self._changes, *(self._places.get(id, ()) for id in (finding.subject, finding.object))
            )
            told["effect"] = words
            if predicate == "interacts_with":
                told["affected"] = {"one": finding.subject, "other": finding.object}.get(whose, "")
        if predicate in _ROUTED:
            told |= self._given(finding, subject, within)
        if predicate in _AGAINST and object is not None:
            told["severity"] = self._severity(object)
        if predicate == "monitored_by":
            told |= self._monitored(object, within)
        # Where a sentence also says who must not have it, those are easily taken for whom it is given.
        if predicate in _OF_PEOPLE and (predicate in _AGAINST or not _FORBIDS.search(self.text)):
            told |= self._people(finding, (subject, object), within)
        if predicate in _MEASURED and self._result is not None and self._result.is_of(self.text, subject, object):
            told |= self._result.told
        return {key: value for key, value in told.items() if value}

    @cached_property
    def _cues(self) -> list[frequency.Cue]:
        return frequency.cues(self.text)

    @cached_property
    def _groups(self) -> list[tuple[int, int, str]]:
        return people.groups(self.text)

    @cached_property
    def _groups_denied(self) -> list[tuple[int, int, str]]:
        return people.groups(self.text, denied=True)

    @cached_property
    def _changes(self) -> list[change.Change]:
        return change.changes(self.text)

    @cached_property
    def _doses(self) -> list[dosing.Told]:
        return dosing.doses(self.text)

    @cached_property
    def _sizes(self) -> list[dosing.Told]:
        return dosing.sizes(self.text)

    @cached_property
    def _routes(self) -> list[dosing.Told]:
        return dosing.routes(self.text)

    @cached_property
    def _intervals(self) -> list[dosing.Told]:
        return dosing.intervals(self.text)

    @cached_property
    def _durations(self) -> list[dosing.Told]:
        return dosing.durations(self.text)

    @cached_property
    def _lines(self) -> list[dosing.Told]:
        return dosing.lines(self.text)

    @cached_property
    def _result(self) -> results.Result | None:
        return results.result(self.text)

    def _given(self, finding: Finding, drug: Place | None, within: Place) -> dict[str, str]:
        """How the drug is given; of a caution only by which way, and how large its dose is."""
        rivals = [place for place, entity in self._drugs if entity != finding.subject and not overlaps(place, (drug,))]
        told = {"route": dosing.one_near(self._routes, (drug,), within, rivals, 60 if drug else 0)}
        times = [one for one in self._intervals if one[2] != "regular"]
        sized = dosing.size(self._sizes, drug, rivals)
        if finding.predicate in _AGAINST:
            return told | {"dose": sized}
        amount = dosing.dose(self.text, self._doses, drug, within, rivals)
        at = (amount[0], amount[1]) if amount else None
        about = drug, at
        if not drug or at:
            told["route"] = dosing.one_near(self._routes, about, within, rivals)
        if drug or at:
            told["interval"] = dosing.one_near(times, about, within, rivals, 40 if at else 20)
            told["duration"] = dosing.one_near(self._durations, about, within, rivals, 80 if at else 40)
        return told | {
            "dose": amount[2] if amount else sized,
            "line": dosing.one_near(self._lines, (drug,), within, rivals, 80) if finding.predicate in _GIVEN else "",
        }

    def _people(self, finding: Finding, both: tuple[Place | None, Place | None], within: Place) -> dict[str, str]:
        against = finding.predicate in _AGAINST
        groups = self._groups_denied if against or finding.polarity == "negated" else self._groups
        population = people.who(groups, within, (*both, *self._conditions))
        # What a drug is not for is told by whom it is not for.
        if not population and not against:
            population = people.patients(self.text, self._conditions, both, within)
        return {"population": population, "age": people.age(self.text, within)}

    def _severity(self, what: Place) -> str:
        found = [
            match
            for match in _SEVERITY.finditer(self.text, max(0, what[0] - _AHEAD), min(len(self.text), what[1]))
            if match.start() <= what[0]
            and (match.end() >= what[0] or self.text[match.end() : what[0]].strip() in ("", "的", "or", "and"))
        ]
        if not found:
            return ""
        words = [found[-1][name].lower() for name in ("one", "two") if found[-1][name]]
        return " to ".join(_GRADES.get(word, word) for word in words)

    def _monitored(self, test: Place | None, within: Place) -> dict[str, str]:
        when = {match.lastgroup for match in _WHEN.finditer(self.text, *within)}
        return {
            "interval": dosing.one_near(self._intervals, (test,), within, reach=120) if test else "",
            "when": ", ".join(f"{name} treatment" for name in _WHENS if name in when),
        }
