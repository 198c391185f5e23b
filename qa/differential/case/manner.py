"""Terms of the Human Phenotype Ontology that tell how a disease is, and not what a patient has.

Programs write inheritance, onset, course and modifiers into lists of findings. None of them counts as a finding; one of
onset tells at which age it began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from qa.differential.matrix import Matrix
from qa.differential.model import Finding
from qa.evidence.wording import Words

_BRANCHES = {
    "HP:0000005": Words("a mode of inheritance", "遗传方式"),
    "HP:0003674": Words("an age of onset", "起病年龄"),
    "HP:0040279": Words("a frequency", "频率"),
    "HP:0031797": Words("a course of illness", "病程特点"),
    "HP:0012823": Words("a modifier of findings", "表现的修饰语"),
}
"""What the terms below these roots are, the narrower branch first."""
_NEVER = ("HP:0000005", "HP:0003674", "HP:0040279")
"""The branches of which no term is a finding; of the others some are, where diseases are stated to have them."""
_BEGAN = {
    "HP:0030674": 0.0, "HP:0011460": 0.0, "HP:0011461": 0.0, "HP:0034197": 0.0, "HP:0034198": 0.0, "HP:0034199": 0.0,
    "HP:0003577": 0.0, "HP:0003623": 0.02, "HP:0003593": 0.5, "HP:0410280": 6.0, "HP:0011463": 3.0, "HP:0003621": 10.0,
    "HP:0003581": 40.0, "HP:0011462": 28.0, "HP:0025708": 17.0, "HP:0025709": 22.0, "HP:0025710": 32.0,
    "HP:0003596": 50.0, "HP:0003584": 65.0,
}  # fmt: skip
"""An age in years in the middle of what a term of onset means, by the definitions of the ontology."""


@dataclass(frozen=True, slots=True)
class Parted:
    """The findings without such terms, the earliest onset in years that these tell, and what was done with them."""

    findings: tuple[Finding, ...]
    onset: float | None
    notes: tuple[Words, ...]


def parted(matrix: Matrix, findings: Sequence[Finding], age: float | None, onset: float | None) -> Parted:
    """`findings` without the terms that are none. `age` and `onset` are what is told otherwise, in years: an onset that
    is told goes before one by a term, and none is after the age."""
    kept, notes, began = [], [], []
    for finding in findings:
        kind = _kind(matrix, finding)
        years = _BEGAN.get(finding.ids[0]) if finding.ids else None
        if kind is None:
            kept.append(finding)
        elif years is not None and onset is None and (age is None or years <= age):
            began.append(years)
            notes.append(_onset(finding, years))
        else:
            notes.append(_none(finding, kind))
    return Parted(tuple(kept), min(began, default=onset), tuple(notes))


def _kind(matrix: Matrix, finding: Finding) -> Words | None:
    """What a term is that is no finding; None for a finding."""
    numbers = [matrix.term_number[id] for id in finding.ids if id in matrix.term_number]
    if not numbers:
        return None
    above = {matrix.profiles.terms[place] for place in matrix.ancestors(numbers[0]).tolist()}
    root = next((root for root in _BRANCHES if root in above), "")
    if not root:
        return None
    # `Radiation into left arm` is a finding of an infarction; `Acute` of many diseases is none of any.
    stated = any(len(matrix.column(number)[0]) for number in numbers) and " " in finding.name
    return None if stated and root not in _NEVER else _BRANCHES[root]


def _none(finding: Finding, kind: Words) -> Words:
    return Words(
        f"'{finding.told}'{_called(finding, chinese=False)} is {kind.en} and no finding: it does not count",
        f"“{finding.told}”{_called(finding, chinese=True)}是{kind.zh}而非表现：不计入",
    )


def _onset(finding: Finding, years: float) -> Words:
    return Words(
        f"'{finding.told}'{_called(finding, chinese=False)} is no finding: taken for an onset at {_age(years)}",
        f"“{finding.told}”{_called(finding, chinese=True)}并非表现：按约{years:g}岁起病处理",
    )


def _called(finding: Finding, *, chinese: bool) -> str:
    """The name of what is told by an id."""
    if not finding.name or finding.name.casefold() == finding.told.casefold():
        return ""
    return f"（{finding.name}）" if chinese else f" ({finding.name})"


def _age(years: float) -> str:
    return f"about {years:g} years" if years >= 1 else "birth" if not years else f"about {round(years * 365.25)} days"
