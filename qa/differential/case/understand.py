"""A case as it is told becomes a case as it is understood: nothing told is dropped without a word."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from graph.view import GraphView
from qa.asked.reader import Reader
from qa.differential.case import carrying, checked, denied, duration, factors, heard, lists, manner, naming, setting
from qa.differential.matrix import Matrix
from qa.differential.model import Case, Finding, Impossible, Told, Unknown
from qa.evidence.wording import Words

MOST = 500
"""Findings of one case at most."""
_OLDEST = 130.0


def understood(view: GraphView, matrix: Matrix, told: Told, reader: Callable[[], Reader] | None = None) -> Case:
    """The case that is told, in ids of the graph of `view` and findings of `matrix`.

    `reader` opens what reads words that are no names of the graph; it is called only where a text leaves such words
    over. Raises Impossible for an age that nobody has and for too many findings, and what the graph raises.
    """
    _possible(told)
    told = lists.named(view, told)
    text = heard.heard(view, matrix, told, reader)
    told = lists.parted(view, denied.apart(view, heard.filled(told, text)))
    names = tuple(dict.fromkeys(name for name in (*told.observed, *told.excluded) if name.strip()))
    meant = naming.meanings(view, matrix, names, told.labels)
    observed, conditions = _findings(told.observed, meant, text.observed)
    excluded, without = _findings(told.excluded, meant, text.excluded)
    there = manner.parted(matrix, observed, told.age, told.onset)
    absent = manner.parted(matrix, excluded, told.age, told.onset or 0.0)
    notes = [*there.notes, *absent.notes]
    notes += [
        Words(
            f"'{name}' is a disease and no finding of any disease here: taken for a known condition",
            f"“{name}”是疾病而非表现：按已知疾病处理",
        )
        for name in conditions
    ]
    notes += [
        Words(
            f"'{name}' is a disease and no finding here: that it is denied does not count",
            f"“{name}”是疾病而非表现：其否认不计入",
        )
        for name in without
    ]
    notes += [note for finding in (*there.findings, *absent.findings) for note in _not_annotated(matrix, finding)]
    unknown = [
        naming.unknown(view, name, "finding", "Phenotype")
        for name in names
        if not meant[name].findings and not meant[name].conditions
    ]
    weighed = factors.named(view, matrix, (*told.conditions, *conditions), told.drugs, told.factors)
    held, missing, contradictions = checked.noncontradictory(matrix, there.findings, absent.findings)
    notes += text.notes
    notes += (
        [_unclear("duration", "病程", told.duration)] if told.duration and not duration.tempo(told.duration) else []
    )
    notes += [_unclear("region", "地区", told.region)] if told.region and not setting.region(told.region) else []
    notes += contradictions + checked.of_other_sex(matrix, held, told.sex)
    return Case(
        observed=held,
        excluded=missing,
        age=told.age,
        onset=there.onset,
        sex=told.sex,
        tempo=duration.tempo(told.duration),
        season=setting.season(told.season),
        region=setting.region(told.region),
        factors=carrying.staged(
            dict(weighed.factors) | factors.general(view, matrix, text.conditions | text.drugs | text.factors)
        ),
        drugs=dict(weighed.drugs) | text.drugs,
        papers=told.papers,
        text=told.text,
        unknown=(*unknown, *weighed.unknown, *(Unknown(part, "text") for part in dict.fromkeys(text.unread))),
        notes=tuple(notes),
    )


def _possible(told: Told) -> None:
    for name, value in (("age", told.age), ("onset", told.onset)):
        if value is not None and not 0 <= value <= _OLDEST:
            raise Impossible(f"{name}: {value:g} years is no age; 0 to {_OLDEST:g} are")
    if told.age is not None and told.onset is not None and told.onset > told.age:
        raise Impossible(f"onset: {told.onset:g} years is after the age of {told.age:g}")
    if (many := len(told.observed) + len(told.excluded)) > MOST:
        raise Impossible(f"findings: {many} are more than the {MOST} that one case may have")


def _findings(
    names: Iterable[str], meant: Mapping[str, naming.Meaning], more: Iterable[Finding]
) -> tuple[list[Finding], list[str]]:
    """The findings of these names and those of a text, each meaning once, and the names that are known conditions."""
    findings: dict[tuple[str, ...], Finding] = {}
    conditions: dict[str, None] = {}
    for name in names:
        meaning = meant.get(name)
        if meaning is not None and meaning.findings:
            for finding in naming.parted(meaning.finding()):
                findings.setdefault(finding.ids[:1], finding)
        elif meaning is not None and meaning.conditions:
            conditions[name] = None
    for finding in more:
        findings.setdefault(finding.ids[:1], finding)
    return list(findings.values()), list(conditions)


def _unclear(kind: str, chinese: str, words: str) -> Words:
    return Words(f"{kind} '{words}' is not understood: it does not count", f"{chinese}“{words}”无法识别：未计入")


def _not_annotated(matrix: Matrix, finding: Finding) -> list[Words]:
    """A note where no disease is stated to have the finding itself."""
    numbers = [matrix.term_number[id] for id in finding.ids if id in matrix.term_number]
    if any(len(matrix.column(number)[0]) for number in numbers):
        return []
    name = finding.name or finding.told
    if any(len(matrix.column(above)[0]) for number in numbers for above in matrix.ancestors(number).tolist()):
        return [
            Words(
                f"no disease here is stated to have '{name}': it counts by what is more general",
                f"没有疾病记载有“{name}”：按其上位表现计入",
            )
        ]
    return [Words(f"no disease here is stated to have '{name}': it tells nothing", f"没有疾病记载有“{name}”：不起作用")]
