"""Which drugs for a disease are left for a patient: those stated to treat it, less what speaks against one for this
person, each with its reason."""

from __future__ import annotations

from collections.abc import Sequence

from graph.model import Entity
from qa.drugs.model import Check
from qa.drugs.page.conditions import conditions
from qa.drugs.page.uses import Use, drugs_for
from qa.evidence.bundle import Part, Piece
from qa.evidence.chart import standing_of
from qa.evidence.interacting import names
from qa.evidence.telling import told
from qa.evidence.typed import Item, Typed
from qa.evidence.wording import Words
from qa.steps.circumstances import person_in
from qa.steps.named import evidence, findings_asked, public
from qa.steps.record.reading import Record
from qa.steps.record.taking import pairs_of, weighed

DISEASES = 2
CANDIDATES = 12
"""Drugs weighed for one disease at most, the best founded."""
REASONS = 2
"""Told of one drug at most."""


def options(record: Record) -> Part | None:
    """The drugs for what the question names, else for the patient's conditions; None where sources state none."""
    pieces: list[Piece] = []
    items: list[Item] = []
    for meant in _diseases(record)[:DISEASES]:
        told_of, left = _for(record, meant)
        pieces += told_of
        items += left
    if not pieces:
        return None
    pieces.append(
        record.told(
            "These are what sources list, weighed against the record; a clinician decides with the patient",
            "以上为来源所列药物按病历核对的结果，最终由临床医生与患者共同决定",
            (),
        )
    )
    return Part(tuple(pieces), typed=Typed("patient", items=tuple(items), total=len(items)))


def _diseases(record: Record) -> list[list[Entity]]:
    """What is to be treated: each with all that bears its name."""
    asking = record.asking
    view = public(asking.view.graph)
    found = findings_asked(asking.understanding.entities)
    if found:
        return [
            list(
                dict.fromkeys(
                    (*conditions(view, name), *(asking.entities[e.id] for e in es if e.id in asking.entities))
                )
            )
            for name, es in found.items()
        ]
    own = [row for row in record.rows if row.predicate == "has_condition" and standing_of(row) == "current"]
    shown = view.entities({row.object for row in own})
    return [[shown[row.object]] for row in own if row.object in shown]


def _for(record: Record, meant: Sequence[Entity]) -> tuple[list[Piece], list[Item]]:
    """What is left, what needs care and what is ruled out, of the drugs that treat one disease."""
    asking = record.asking
    view = public(asking.view.graph)
    if not meant:
        return [], []
    uses, _, _ = drugs_for(view, asking.records, meant, asking.drugs.nearest)
    stated = [use for use in uses if use.direct and any(row.predicate == "treats" for row in use.fact.rows)][
        :CANDIDATES
    ]
    if not stated:
        return [], []
    taken, person = record.person()
    who = person_in(asking.question.text, ()).joined(person)
    asked = [use.drug.entity.id for use in stated]
    check = asking.drugs.check(view, [*asked, *(name for name in taken)], who)
    places = {drug.entity.id: place for place, drug in enumerate(check.drugs)}
    groups: dict[str, list[tuple[Use, Words]]] = {"left": [], "care": [], "out": []}
    for use in stated:
        place = places.get(use.drug.entity.id)
        verdict, reasons = _weighed(check, place, len(asked)) if place is not None else ("", Words())
        groups["out" if verdict == "no" else "care" if reasons.en else "left"].append((use, reasons))
    disease = names(meant[0])
    pieces = [_group(record, kind, disease, members) for kind, members in groups.items() if members]
    return pieces, [Item(names(use.drug.entity), use.drug.entity.id) for use, _ in (*groups["left"], *groups["care"])]


def _weighed(check: Check, place: int, candidates: int) -> tuple[str, Words]:
    """The verdict on one candidate and its reasons; other candidates are no reason."""
    pairs = [pair for pair in pairs_of(check, place) if max(pair.a, pair.b) >= candidates]
    verdict, reasons = weighed(check, place, [one for one in check.cautions if one.drug == place], pairs)
    shown = list({one.en: one for one in reasons}.values())[:REASONS]
    return verdict, Words(", ".join(one.en for one in shown), "、".join(one.zh or one.en for one in shown))


_HEADS = {
    "left": (
        "For {x}, stated to treat it, with nothing found against it for this patient (no proof of safety): {list}",
        "针对{x}，来源载明可治疗且未发现该患者不宜使用的依据（不能证明安全）：{list}",
    ),
    "care": ("For {x}, only with caution in this patient: {list}", "针对{x}，该患者需谨慎使用：{list}"),
    "out": ("For {x}, not for this patient: {list}", "针对{x}，该患者不宜使用：{list}"),
}


def _group(record: Record, kind: str, disease: Words, members: Sequence[tuple[Use, Words]]) -> Piece:
    english, chinese = [], []
    for use, why in members:
        name = names(use.drug.entity)
        english.append(f"{name.en} ({why.en})" if why.en else name.en)
        chinese.append(f"{name.of('zh')}（{why.of('zh')}）" if why.en else name.of("zh"))
    links = evidence(record.asking.records, [use.fact.rows[0] for use, _ in members if use.fact.rows])
    heads = _HEADS[kind]
    return told(
        links,
        heads[0].format(x=disease.en, list=", ".join(english)),
        heads[1].format(x=disease.of("zh"), list="、".join(chinese)),
    )
