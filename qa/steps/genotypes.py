"""What guidelines advise on a drug for a genotype."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from qa.drugs.genotypes import fits, phenotype
from qa.drugs.page.against import genotypes as advised
from qa.drugs.page.model import Fact
from qa.drugs.person import Person
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import names
from qa.evidence.telling import told
from qa.steps.asking import Asking
from qa.steps.cautioned import asked_for
from qa.steps.circumstances import genotypes
from qa.steps.named import evidence, public, resolved, unfound

ADVICE = 8
"""Pieces of advice on one drug at most."""
ROWS = 3


def advice(asking: Asking) -> Part:
    """The advice of each body on each drug for the genotypes told; where none of it fits, or none is told, on all."""
    view = public(asking.view.graph)
    given = genotypes(asking.question.text)
    pieces: list[Piece] = []
    for drug in resolved(asking, view):
        facts = advised(view, asking.records, drug)
        own = [fact for fact in facts if _of_gene(fact, given)]
        fitting = [fact for fact in own if _fitting(fact, given)]
        pieces += [_advice(asking, names(drug.entity).of, fact, given) for fact in (fitting or own or facts)[:ADVICE]]
        if not facts:
            searched, closed = asking.drugs.advice.of(view)
            told = asked_for(Person(genotypes=given))
            pieces += unfound([one.source for one in searched], closed, names(drug.entity), told)
    return Part(tuple(pieces))


def _of_gene(fact: Fact, given: Mapping[str, str]) -> bool:
    genes = fact.told["gene"].en.split(", ") if "gene" in fact.told else []
    return any(gene in given for gene in genes)


def _fitting(fact: Fact, given: Mapping[str, str]) -> list[str]:
    """The genotypes of the advice that are what is told."""
    stated = {dict(row.qualifiers).get("genotype", "") for row in fact.rows}
    return sorted(one for one in stated if any(value and fits(gene, value, one) for gene, value in given.items()))


def _advice(asking: Asking, name: Callable[[str], str], fact: Fact, given: Mapping[str, str]) -> Piece:
    fitting = _fitting(fact, given)
    rows = [row for row in fact.rows if not fitting or dict(row.qualifiers).get("genotype", "") in fitting][:ROWS]
    qualifiers = dict(rows[0].qualifiers)
    genotype = " | ".join(dict.fromkeys(dict(row.qualifiers).get("genotype", "") for row in rows))
    made = [f"{gene} {value}: {kind}" for gene, value in given.items() if fitting and (kind := phenotype(gene, value))]
    genotype += f" ({'; '.join(made)})" if made else ""
    said = []
    for chinese in (False, True):
        head = f"{name('zh')}，{genotype}" if chinese else f"{name('en')} with {genotype}"
        parts = [head]
        for key, english, zh in (
            ("population", "for", "适用"),
            ("recommendation", "recommendation", "建议"),
            ("implication", "because", "原因"),
            ("strength", "strength", "推荐强度"),
        ):
            if key == "recommendation" and chinese and (gist := _gist(qualifiers.get(key, ""))):
                parts.append(f"要点：{gist}")
            if value := qualifiers.get(key):
                parts.append(f"{zh}：{value}" if chinese else f"{english}: {value}")
        said.append(("；" if chinese else "; ").join(parts))
    return told(evidence(asking.records, rows), said[0], said[1], warns=bool(fitting))


_FORBIDDEN, _AVOID = "禁用（不要使用）", "避免使用（不要使用）"
_AS_USUAL = "按常规剂量起始，无需因基因型调整起始剂量"
_GIST = (
    (r"^\W*[\w-]+ (?:is|are) contra-?indicated\b", _FORBIDDEN),
    (r"\bdo not use\b|\bavoid\b|\bcontra-?indicated\b|\bnot recommended\b|\bshould not\b", _AVOID),
    (
        r"\bno (?:dose |dosage )?(?:action|adjust|change)\w*|\blabel[- ]recommended\b|\bstandard (?:starting|dos)|"
        r"\bno reason to avoid\b|\bdesired starting dose\b",
        _AS_USUAL,
    ),
    (
        r"\b(?:reduc\w*|lower\w*|decreas\w*)\b[^.;]{0,60}\bdos\w*|\bdos\w*[^.;]{0,40}\b(?:reduc\w*|lower|decreas\w*)\b|"
        r"\b\d+% (?:of the|reduction)",
        "减少剂量",
    ),
    (r"\bincreas\w*\b[^.;]{0,40}\bdos\w*", "增加剂量"),
    (r"\balternative\b|\banother (?:drug|agent)\b", "考虑换用其他药物"),
    (r"\bmonitor\w*\b", "监测"),
    (r"\b(?:serious|severe|fatal|life-threatening)\b[^.;]{0,40}\btoxicit", "可致严重毒性"),
    (r"\bdiminished\b|\b(?:reduced|lack of|lower) (?:effect|efficacy|analgesia)", "疗效降低"),
)


def _gist(text: str) -> str:
    """What the English advice speaks of, in Chinese; the advice itself always follows."""
    points = [chinese for english, chinese in _GIST if re.search(english, text, re.IGNORECASE)]
    # Where it warns, for whom nothing changes is left to the advice: beside the warning it would read as its end.
    if _FORBIDDEN in points:
        points.remove(_AVOID)
    return "、".join(point for point in points if point != _AS_USUAL or points[0] not in (_AVOID, _FORBIDDEN))
