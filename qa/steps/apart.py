"""The step that names what a drug must not be combined with, where its contraindications are asked for."""

from __future__ import annotations

import re
from collections.abc import Mapping

from graph.model import Assertion
from graph.view import GraphView
from qa.drugs.model import CLASSES, Drug
from qa.evidence.bundle import Part
from qa.evidence.interacting import names
from qa.evidence.severity import severity
from qa.evidence.telling import NAMED, told
from qa.steps.asking import Asking
from qa.steps.named import drugs_asked, evidence, findings_asked, public, resolved
from qa.ways.opening import classes_of

_ASKS = re.compile(r"\bcontra-?indicat\w*|禁忌|禁用|忌用", re.IGNORECASE)


def apart(asking: Asking) -> Part:
    """The drugs and classes of drugs that curated sources forbid beside the one drug named; nothing where somebody or
    some condition is asked about, too. Raises what the graph raises."""
    text, entities = asking.question.text, asking.understanding.entities
    if asking.patient or not _ASKS.search(text) or len(drugs_asked(entities)) != 1 or findings_asked(entities):
        return Part()
    view = public(asking.view.graph)
    drug = next(iter(resolved(asking, view)), None)
    best = _forbidden(asking, view, drug) if drug is not None else {}
    known = asking.records.entities(best)
    # What is said of a class of drugs says more than one drug of it.
    shown = sorted(known, key=lambda id: (not id.startswith(CLASSES), known[id].name))
    if drug is None or not shown:
        return Part()
    x, others, more = names(drug.entity), [names(known[id]) for id in shown[:NAMED]], len(shown[NAMED:])
    english = ", ".join(name.of("en") for name in others) + (f" and {more} more" if more else "")
    chinese = "、".join(name.of("zh") for name in others) + (f"等，另有{more}项" if more else "")
    piece = told(
        evidence(asking.records, [best[id] for id in shown[:NAMED]]),
        f"{x.of('en')} must not be combined with: {english}",
        f"{x.of('zh')}禁止与以下药物合用：{chinese}",
    )
    return Part((piece,))


def _forbidden(asking: Asking, view: GraphView, drug: Drug) -> Mapping[str, Assertion]:
    """By what must not be taken beside a drug, the statement of a curated source that says so of it or its class."""
    ids = drug.ids.union(*classes_of(view, drug.ids).values())
    rows = view.statements(subjects=ids, predicates=["interacts_with"])
    before = {row.subject for row in view.relations(objects=ids, predicates=["interacts_with"])}
    rows += view.statements(subjects=before, predicates=["interacts_with"], objects=ids) if before else []
    best: dict[str, Assertion] = {}
    for row in rows:
        other = row.object if row.subject in ids else row.subject
        if row.polarity == "affirmed" and other not in ids and severity(row) == "contraindicated":
            source = asking.records.source(row.source)
            if source is not None and source.kind == "curated" and not source.retracted:
                best.setdefault(other, row)
    return best
