"""What an answer says of drugs together: the worst and what to do first, then who states it, what follows, what is not
found. `quote` says all of it; `generate` may not leave out what a reader must not miss.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from qa.evidence.chart import enumerated
from qa.evidence.interacting import (
    DENIED,
    DIFFERENTLY,
    LISTED,
    MANAGEMENT,
    MILDER,
    NO_PROOF,
    STATED_BY,
    bare,
    graded,
    pairs,
    together,
    unknown,
)
from qa.evidence.kinds import DerivedEvidence, FactEvidence, SearchedEvidence
from qa.evidence.material import Material
from qa.evidence.reasons import Interacts, Together
from qa.evidence.severity import SEVERITIES, Severity, worst
from qa.evidence.wording import listed
from qa.model import Sentence

MOST = 8
"""Sentences on what is stated and what follows, at most; what was not found is always said."""


def of_drugs(material: Material, language: str) -> list[Sentence]:
    """Everything, in order; none where no drugs were checked."""
    groups = _groups(material)
    first = [_lead(drugs, group, language) for drugs, group in groups.items()]
    said = {text for sentence in first for text in sentence.citations if len(sentence.citations) == 1}
    rest: list[Sentence] = []
    for drugs, group in groups.items():
        stated = [e for e in group if isinstance(e, FactEvidence)]
        rest += [_stated(e, language) for e in stated]
        rest += _disagreeing(drugs, stated, language)
        rest += [_whole(e, language) for e in group if isinstance(e, DerivedEvidence) and e.id not in said]
    return [*[*first, *rest][:MOST], *unfound(material, language)]


def leads(material: Material, language: str) -> list[Sentence]:
    """Of each pair the worst and what to do."""
    return [_lead(drugs, group, language) for drugs, group in _groups(material).items()][:MOST]


def of_one(material: Material, language: str) -> list[Sentence]:
    """What is stated of one drug, by severity."""
    by_severity: dict[Severity, list[tuple[FactEvidence, Interacts]]] = {}
    for e in material.facts:
        if isinstance(e.because, Interacts) and _is_listed(e):
            by_severity.setdefault(e.because.severity, []).append((e, e.because))
    sentences = []
    for severity in sorted(by_severity, key=SEVERITIES.index):
        rows = by_severity[severity]
        names = [because.drugs[1].of(language) for _, because in rows]
        text = LISTED[language == "zh"].format(
            x=rows[0][1].drugs[0].of(language),
            severity=graded(severity, language),
            list=enumerated(names, rows[0][1].more or 0, language),
        )
        sentences.append(_sentence(text, [e.id for e, _ in rows], language))
    return sentences


def unfound(material: Material, language: str) -> Iterator[Sentence]:
    """Which sources have nothing of what was asked, which names were not looked up, and which sources are closed."""
    searches = [e for e in material.evidence if isinstance(e, SearchedEvidence)]
    chinese = language == "zh"
    by_absent: dict[tuple[Together, ...], list[SearchedEvidence]] = {}
    for e in searches:
        if e.absent and not e.closed:
            by_absent.setdefault(e.absent, []).append(e)
    for absent, those in by_absent.items():
        titles = listed([e.title for e in those], language)
        text = f"在{titles}中未找到：" if chinese else f"Not found in {titles}: "
        text += f"{pairs(absent, language)}{'；' if chinese else '; '}{NO_PROOF[chinese]}"
        yield _sentence(text, [e.id for e in those], language)
    if unchecked := [e for e in searches if e.unchecked]:
        text = unknown(unchecked[0].unchecked, unchecked[0].nearest, language)
        yield _sentence(text, [e.id for e in unchecked], language)
    for e in searches:
        if e.closed:
            yield _sentence(e.said(language), [e.id], language)


def _groups(material: Material) -> dict[Together, list[FactEvidence | DerivedEvidence]]:
    """The evidence of each pair, in its order."""
    groups: dict[Together, list[FactEvidence | DerivedEvidence]] = {}
    for e in material.evidence:
        if isinstance(e, DerivedEvidence):
            groups.setdefault(e.drugs, []).append(e)
        elif isinstance(e, FactEvidence) and isinstance(e.because, Interacts) and not _is_listed(e):
            groups.setdefault(e.because.drugs, []).append(e)
    return groups


def _is_listed(e: FactEvidence) -> bool:
    """Whether it is one of a list of what is stated of one drug."""
    return isinstance(e.because, Interacts) and e.because.more is not None


def _lead(drugs: Together, group: Sequence[FactEvidence | DerivedEvidence], language: str) -> Sentence:
    """The gravest of a pair, and what to do: stated where a source states it, else what follows, marked as that."""
    stated = [(e, e.because) for e in group if isinstance(e, FactEvidence) and isinstance(e.because, Interacts)]
    affirmed = [(e, because) for e, because in stated if not e.negated]
    follows = [e for e in group if isinstance(e, DerivedEvidence)]
    grade = worst(because.severity for _, because in affirmed)
    derived = worst(e.severity for e in follows)
    if follows and (not affirmed or SEVERITIES.index(derived) < SEVERITIES.index(grade)):
        return _whole(next(e for e in follows if e.severity == derived), language)
    if not affirmed:
        return _stated(stated[0][0], language)
    return _graded(drugs, affirmed, grade, language)


def _graded(
    drugs: Together, affirmed: Sequence[tuple[FactEvidence, Interacts]], grade: Severity, language: str
) -> Sentence:
    """The worst that sources state of a pair, and what they say to do."""
    chinese = language == "zh"
    if grade == "unknown":
        return _sentence(affirmed[0][0].clauses[chinese], [affirmed[0][0].id], language)
    at_worst = [(e, because) for e, because in affirmed if because.severity == grade]
    text = f"{together(drugs, language)}{'：' if chinese else ': '}{graded(grade, language)}"
    # Under what is contraindicated the advice of a source that grades it lower would read as leave to combine.
    others = affirmed if grade != "contraindicated" else []
    managed = next(((e, b) for e, b in (*at_worst, *others) if b.management.of(language)), None)
    cited = [e.id for e, _ in at_worst]
    if managed is not None:
        pattern = MANAGEMENT if managed[1].severity == grade else MILDER
        advice = bare(managed[1].management.of(language))
        text += pattern[chinese].format(advice, severity=graded(managed[1].severity, language))
        cited.append(managed[0].id)
    return _sentence(text, cited, language)


def _stated(e: FactEvidence, language: str) -> Sentence:
    chinese = language == "zh"
    clause = e.clauses[chinese]
    if e.negated:
        clause = f"{clause}{'；' if chinese else '; '}{DENIED[chinese]}"
    if e.kind == "assertion":
        clause += f"。原文：“{e.text}”" if chinese else f": “{e.text}”"
    return _sentence(STATED_BY[chinese].format(e.title or e.source, clause), [e.id], language)


def _disagreeing(drugs: Together, stated: Sequence[FactEvidence], language: str) -> Iterator[Sentence]:
    """That sources grade it differently, each with its grade."""
    by_source: dict[str, tuple[str, Severity, list[str]]] = {}
    for e in stated:
        if isinstance(e.because, Interacts) and not e.negated and e.because.severity != "unknown":
            title, grade, ids = by_source.get(e.source, (e.title or e.source, "unknown", []))
            by_source[e.source] = (title, worst((grade, e.because.severity)), [*ids, e.id])
    if len({grade for _, grade, _ in by_source.values()}) > 1:
        chinese = language == "zh"
        grades = ("、" if chinese else ", ").join(
            f"{title}{'：' if chinese else ': '}{graded(grade, language)}" for title, grade, _ in by_source.values()
        )
        text = DIFFERENTLY[chinese].format(together(drugs, language), grades)
        yield _sentence(text, [id for _, _, ids in by_source.values() for id in ids], language)


def _whole(e: DerivedEvidence, language: str) -> Sentence:
    return _sentence(e.said(language), [e.id], language)


def _sentence(text: str, cited: Sequence[str], language: str) -> Sentence:
    return Sentence(bare(text) + ("。" if language == "zh" else "."), tuple(dict.fromkeys(cited)))
