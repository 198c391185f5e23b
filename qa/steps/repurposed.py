"""Which drugs may come to be for a disease: candidates that paths lead to, never shown as what is established."""

from __future__ import annotations

from qa.drugs.repurpose.model import Candidate, Proposal
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import names
from qa.evidence.telling import told
from qa.evidence.wording import Words, name_in
from qa.steps.asking import Asking
from qa.steps.named import evidence, findings_asked, public, resolved

SHOWN = 6
RANKED = 5000
_STANDS = {
    "treats": ("already stated to treat it", "已有记载可治疗"),
    "palliates": ("already stated to relieve its symptoms", "已有记载可缓解症状"),
    "prevents": ("already stated to prevent it", "已有记载可预防"),
    "denied": ("a source denies that it is an indication", "有来源否定该适应症（非适应症）"),
    "contraindicated": ("contraindicated by a source", "有来源列为禁忌"),
    "caution": ("a source urges caution", "有来源建议慎用"),
    "causes": ("a source states that it causes it", "有来源称其可引起该病"),
    "disputed": ("sources disagree", "来源说法不一"),
}


def proposed(asking: Asking) -> Part:
    """The candidates for each disease named, or where they stand those of the drugs named, with their best path."""
    if asking.repurposing is None:
        return Part()
    view = public(asking.view.graph)
    engine = asking.repurposing()
    drugs = {id for drug in resolved(asking, view) for id in drug.ids}
    pieces: list[Piece] = []
    for asked in findings_asked(asking.understanding.entities).values():
        for id in dict.fromkeys(e.id for e in asked if e.type == "Disease"):
            proposal = engine.propose(view, "drugs", id, limit=RANKED if drugs else SHOWN)
            if proposal is not None:
                chosen = [(n, one) for n, one in enumerate(proposal.candidates, 1) if not drugs or one.id in drugs]
                pieces += [piece for n, one in chosen[:SHOWN] if (piece := _candidate(asking, proposal, one, n))]
                break
    return Part(tuple(pieces))


def _candidate(asking: Asking, proposal: Proposal, one: Candidate, place: int) -> Piece | None:
    entities = proposal.entities
    if one.id not in entities or proposal.disease not in entities or not one.ways:
        return None
    drug, disease = names(entities[one.id]), names(entities[proposal.disease])
    way = one.ways[0]
    path = [
        Words(name_in(entities[id], "en"), name_in(entities[id], "zh")) if id in entities else Words(id, id)
        for id in way.nodes
    ]
    stands = [_STANDS[standing] for standing in one.stated.standing if standing in _STANDS]
    known = tuple("; ".join(s[n] for s in stands) if n == 0 else "；".join(s[n] for s in stands) for n in (0, 1))
    english = (
        f"Candidate for {disease.of('en')}, a prediction and no established use: {drug.of('en')} (rank {place} of "
        f"{proposal.compared}) because of the path {' — '.join(node.of('en') for node in path)}"
    )
    chinese = (
        f"{disease.of('zh')}的候选药物（仅为预测，并非已确立的用途）：{drug.of('zh')}（{proposal.compared}个中排第{place}），"
        f"依据路径：{' — '.join(node.of('zh') for node in path)}"
    )
    rows = [*one.stated.curated[:4], *one.stated.literature_for[:2], *one.stated.literature_against[:2]]
    if not rows:
        view = asking.view.graph
        for relation in way.relations:
            rows += view.assertions(
                subject=relation.subject, predicate=relation.predicate, object=relation.object, limit=1
            )
    suffix = (f"; {known[0]}", f"；{known[1]}") if stands else ("", "")
    return told(evidence(asking.records, rows), english + suffix[0], chinese + suffix[1])
