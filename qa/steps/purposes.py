"""What the drugs that a question names are for: what authorities approve, what lists have, what inserts name."""

from __future__ import annotations

from collections.abc import Sequence
from html import unescape

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.model import Drug
from qa.drugs.page.identity import authorisations
from qa.drugs.page.indications import INSERTS, LABELS, indications
from qa.drugs.page.model import Fact
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import names
from qa.evidence.kinds import FactEvidence
from qa.evidence.records import Records
from qa.evidence.telling import STATUS, listing, told
from qa.evidence.wording import Words
from qa.steps.about import FEW, OF_DOCUMENTS, ROWS, is_what
from qa.steps.asking import Asking
from qa.steps.named import evidence, findings_asked, meant, public, resolved
from text.names import normalise

_APPROVED = {
    "treats": ("{x} is authorised to treat {y}", "{x}获批用于治疗{y}"),
    "palliates": ("{x} is authorised to relieve the symptoms of {y}", "{x}获批用于缓解{y}的症状"),
    "prevents": ("{x} is authorised to prevent {y}", "{x}获批用于预防{y}"),
    "-": ("{y} is not an indication of {x}", "{y}不是{x}的适应症，不应用于{y}"),
}
_KINDS = {"treats": "treats", "palliates": "palliates", "prevents": "guards"}
"""The heads of lists by predicate."""


def purposes(asking: Asking) -> Part:
    """What each drug is for, by source, with the diseases asked about first; what it is not for; its authorisations."""
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    findings = [meant(asking, asked) for asked in findings_asked(asking.understanding.entities).values()]
    for drug in resolved(asking, view):
        for_it, denied = indications(view, asking.records, drug.ids)
        own = [f for f in (*for_it, *denied) if any(is_what(f, ids, words) for ids, words in findings)]
        for fact in own:
            pieces += _purpose(asking.records, drug, fact)
        pieces += _authorised(asking, view, drug)
        if not own:
            pieces += _listed(asking.records, drug, for_it)
    return Part(tuple(pieces))


def _approved(link: Sequence[FactEvidence], x: Words, disease: Words) -> Piece:
    """What an authority approves, or says that it does not, with its own words."""
    row = link[0].assertion
    said, product = " ".join(unescape(row.sentence).split()), dict(row.qualifiers).get("product", "")
    place = "-" if row.polarity == "negated" else row.predicate
    words = {"x": x.of("en"), "y": disease.of("en")}
    english = _APPROVED[place][0].format(**words) + (f" ({product})" if product else "") + f": “{said}”"
    words = {"x": x.of("zh"), "y": disease.of("zh")}
    chinese = _APPROVED[place][1].format(**words) + (f"（{product}）" if product else "") + f"。原文：“{said}”"
    return told(link, english, chinese)


def _purpose(records: Records, drug: Drug, fact: Fact) -> list[Piece]:
    x, disease = names(drug.entity), names(fact.what)
    pieces: list[Piece] = []
    for row in [row for row in (*fact.against, *fact.rows) if row.start < 0][:ROWS]:
        link = evidence(records, [row])
        category = dict(row.qualifiers).get("category", "")
        if row.source in INSERTS:
            pieces.append(listing("mined", x, [disease], link))
            continue
        if row.source in LABELS:
            pieces.append(_approved(link, x, disease))
            continue
        if row.polarity == "negated" and category:
            said = (f" (category {category})", f"（类别：{category}）")
            pieces.append(
                told(
                    link,
                    f"{disease.of('en')} is not an indication of {x.of('en')}{said[0]}",
                    f"{disease.of('zh')}不是{x.of('zh')}的适应症{said[1]}",
                )
            )
        else:
            pieces += link
    return pieces + list(evidence(records, [row for row in fact.statements if row.start >= 0][:OF_DOCUMENTS]))


def _listed(records: Records, drug: Drug, facts: Sequence[Fact]) -> list[Piece]:
    """What it is for by each curated source, authorities first and inserts last, and what documents say."""
    lists: dict[tuple[str, str], list[tuple[Fact, Assertion]]] = {}
    for fact in facts:
        for row in fact.rows:
            if row.start < 0:
                lists.setdefault((row.source, row.predicate), []).append((fact, row))
    # Beside what is told in words, statements of the same kind count as its repetitions: then all is told.
    worded = any(source in (*INSERTS, *LABELS) or len(several) > FEW for (source, _), several in lists.items())
    pieces: list[Piece] = []
    for (source, predicate), several in sorted(lists.items(), key=lambda one: _worth(one[0][0])):
        items = list({normalise(fact.what.name): names(fact.what) for fact, _ in several}.values())
        links = evidence(records, list({row.id: row for _, row in several}.values())[: 3 * ROWS])
        if source in LABELS and len(items) <= FEW:
            approved = {fact.what.id: (row, names(fact.what)) for fact, row in reversed(several)}
            for row, disease in reversed(approved.values()):
                pieces.append(_approved(evidence(records, [row]), names(drug.entity), disease))
        elif worded:
            pieces.append(
                listing("mined" if source in INSERTS else _KINDS[predicate], names(drug.entity), items, links)
            )
        else:
            pieces += links
    documents = [row for fact in facts for row in fact.rows if row.start >= 0]
    return pieces + list(evidence(records, documents[:OF_DOCUMENTS]))


def _worth(source: str) -> int:
    return 0 if source in LABELS else 2 if source in INSERTS else 1


def _authorised(asking: Asking, view: GraphView, drug: Drug) -> list[Piece]:
    """The authorisations of a medicine that the question names; of one that names none, those withdrawn too."""
    facts = authorisations(view, asking.records, drug)
    text = asking.question.text.casefold()
    own = [fact for fact in facts if fact.what.name.casefold() in text] or facts
    items = [
        Words(f"{fact.what.name} ({fact.kind})", f"{fact.what.name}（{STATUS.get(fact.kind, fact.kind)}）")
        for fact in own
    ]
    rows = [row for fact in own for row in fact.rows]
    return [listing("products", names(drug.entity), items, evidence(asking.records, rows[:ROWS]))] if rows else []
