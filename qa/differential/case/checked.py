"""What does not hold together in a case: findings that are told and denied, or that only the other sex can have."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from qa.differential.matrix import Matrix
from qa.differential.model import Finding, Sex
from qa.evidence.wording import Words

_OF_WOMEN = ("HP:0010460", "HP:0030012", "HP:0000140")
_OF_MEN = ("HP:0010461", "HP:0012874", "HP:0008775", "HP:0100639", "HP:0033839", "HP:0030155")
"""What only one sex can have, each with all that is more specific: the genitalia and their work, and menstruation; the
genitalia and their work, prostate and erection."""


def noncontradictory(
    matrix: Matrix, observed: Sequence[Finding], excluded: Sequence[Finding]
) -> tuple[tuple[Finding, ...], tuple[Finding, ...], list[Words]]:
    """Both without what contradicts: of a finding that is told and denied neither counts, unless it is told when it
    was there; of a general one that is denied while a special one is there, the denial does not."""
    notes: list[Words] = []
    denied = {id: finding for finding in excluded for id in finding.ids}
    there: list[Finding] = []
    dropped: set[int] = set()
    for finding in observed:
        other = next((denied[id] for id in finding.ids if id in denied), None)
        if other is None:
            there.append(finding)
        elif finding.since != other.since:
            there.append(finding)
            dropped.add(id_of(other))
            notes.append(_at_times(finding))
        else:
            dropped.add(id_of(other))
            notes.append(_contradiction(finding))
    special = {above for finding in there for id in finding.ids[:1] for above in _above(matrix, id)}
    absent: list[Finding] = []
    for finding in excluded:
        if id_of(finding) in dropped:
            continue
        if finding.ids and finding.ids[0] in special:
            notes.append(
                Words(
                    f"'{finding.told}' is denied while a form of it is told: the denial does not count",
                    f"“{finding.told}”被否认，但其更具体的表现存在：该否认不计入",
                )
            )
        else:
            absent.append(finding)
    return tuple(there), tuple(absent), notes


def of_other_sex(matrix: Matrix, findings: Iterable[Finding], sex: Sex) -> list[Words]:
    """Notes of the findings that only the other sex can have, or where nobody tells the sex, that both are there."""
    if not sex:
        findings = list(findings)
        both = [_first_of(matrix, findings, roots) for roots in (_OF_WOMEN, _OF_MEN)]
        return [_of_both(*both)] if all(both) else []
    english, chinese = ("women", "女性") if sex == "female" else ("men", "男性")
    return [
        Words(
            f"'{finding.told}' cannot be in {english}, but the case is told to be {sex}: check one of both",
            f"“{finding.told}”不会见于{chinese}，与所述性别不符：请核对",
        )
        for finding in findings
        if _is_of(matrix, finding, _OF_MEN if sex == "female" else _OF_WOMEN)
    ]


def _first_of(matrix: Matrix, findings: Iterable[Finding], roots: Collection[str]) -> str:
    return next((finding.told for finding in findings if _is_of(matrix, finding, roots)), "")


def _is_of(matrix: Matrix, finding: Finding, roots: Collection[str]) -> bool:
    return bool(finding.ids) and not _above(matrix, finding.ids[0]).isdisjoint(roots)


def _of_both(of_women: str, of_men: str) -> Words:
    return Words(
        f"'{of_women}' can only be in women, and '{of_men}' in men: check one of both",
        f"“{of_women}”只见于女性，而“{of_men}”只见于男性：请核对",
    )


def id_of(finding: Finding) -> int:
    """What tells two findings apart that are called alike."""
    return id(finding)


def _above(matrix: Matrix, term: str) -> set[str]:
    if term not in matrix.term_number:
        return set()
    return {matrix.profiles.terms[place] for place in matrix.ancestors(matrix.term_number[term]).tolist()}


def _contradiction(finding: Finding) -> Words:
    return Words(
        f"'{finding.told}' is both told and denied: it counts neither way",
        f"“{finding.told}”既被陈述又被否认：两者均不计入",
    )


def _at_times(finding: Finding) -> Words:
    when = f" ({finding.since})" if finding.since else ""
    return Words(
        f"'{finding.told}' is told{when} and denied at another time: it counts as there",
        f"“{finding.told}”在不同时间分别被陈述{when}和否认：按存在计入",
    )
