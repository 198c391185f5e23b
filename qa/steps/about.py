"""What is known of the drugs that a question names: effects, targets, mechanisms, indications."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from graph.model import Assertion
from graph.schema import PREDICATES
from graph.view import GraphView
from qa.drugs.model import Drug
from qa.drugs.page.actions import actions
from qa.drugs.page.effects import effects
from qa.drugs.page.identity import classes
from qa.drugs.page.mechanisms import mechanisms
from qa.drugs.page.model import Fact, Mechanism
from qa.drugs.standing import standing
from qa.evidence.bundle import Part, Piece
from qa.evidence.interacting import names
from qa.evidence.qualifying import how_often
from qa.evidence.records import Records
from qa.evidence.telling import arrows, frequencies, listing, told
from qa.evidence.wording import Words, all_names
from qa.model import AskedEntity
from qa.steps.asking import Asking
from qa.steps.named import evidence, findings_asked, in_order, meant, public, resolved, unfound
from qa.steps.organs import harmed

FEW = 6
"""So few things of one kind are told one by one, as they are stated."""
EFFECTS = 15
"""Effects of one drug listed at most."""
ROWS = 12
"""Statements behind one piece at most."""
PATHS = 3
"""Mechanisms of one drug told at most."""
OF_DOCUMENTS = 4
"""Statements of documents quoted at most."""


def adverse(asking: Asking) -> Part:
    """The adverse effects of each drug: those asked about with all that is stated of how often, else the most frequent.

    Of an effect that no source has, where was searched.
    """
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    findings = findings_asked(asking.understanding.entities)
    organ = harmed(asking.question.text)
    for drug in resolved(asking, view):
        facts = effects(view, asking.records, drug.ids)
        if not findings:
            own = [fact for fact in facts if organ is None or organ.search(fact.what.name)]
            # A few of one organ are all told; without any, what there is at all.
            pieces += _most_frequent(asking.records, drug, own or facts, least=1 if organ else FEW + 1)
        for surface, asked in findings.items():
            ids, words = meant(asking, asked)
            hits = [fact for fact in facts if fact.rows and is_what(fact, ids, words)]
            if not hits:
                pieces += _no_effect(asking, view, drug, surface, asked)
                # What a finding is a kind of may be listed where it is not itself.
                hits = _broader(asking, view, facts, ids)
            pieces += [piece for fact in hits for piece in _effect(asking.records, drug, fact)]
        if not findings and not facts:
            pieces += _no_effect(asking, view, drug, "", ())
    return Part(tuple(pieces))


def _broader(asking: Asking, view: GraphView, facts: Sequence[Fact], ids: Collection[str]) -> list[Fact]:
    """The effects that are what these findings are kinds of, one step up."""
    above = {row.object for row in view.relations(subjects=sorted(ids), predicates=["subclass_of"])} if ids else set()
    names = {in_order(name) for entity in asking.records.entities(above).values() for name in all_names(entity)}
    return [fact for fact in facts if fact.rows and is_what(fact, above, names)][:OF_DOCUMENTS]


def is_what(fact: Fact, ids: Collection[str], words: Collection[str]) -> bool:
    """Whether it is about what bears one of these ids, or one of these names in any order of its words."""
    return fact.what.id in ids or any(row.object in ids for row in fact.statements) or in_order(fact.what.name) in words


def _effect(records: Records, drug: Drug, fact: Fact) -> list[Piece]:
    """One effect by each curated source; what documents say of it is quoted."""
    pieces: list[Piece] = []
    by_source: dict[str, list[Assertion]] = {}
    for row in fact.rows:
        by_source.setdefault(row.source if row.start < 0 else "", []).append(row)
    x, effect = names(drug.entity), names(fact.what)
    for source, rows in by_source.items():
        if not source:
            pieces += evidence(records, rows[:OF_DOCUMENTS])
            continue
        if len(rows) == 1 and "frequency" not in dict(rows[0].qualifiers):
            pieces += evidence(records, rows)
            continue
        often = _often(rows)
        pieces.append(
            told(
                evidence(records, rows[:ROWS]),
                f"{x.of('en')}: adverse effect {effect.of('en')}; {often.en}",
                f"{x.of('zh')}的不良反应：{effect.of('zh')}；{often.zh}",
            )
        )
    return pieces


def _often(rows: Sequence[Assertion]) -> Words:
    values: dict[str, None] = {}
    placebo: dict[str, None] = {}
    for row in rows:
        qualifiers = dict(row.qualifiers)
        if value := qualifiers.get("frequency"):
            values[value] = None
        if value := qualifiers.get("placebo"):
            placebo[value] = None
    return frequencies(list(values), [how_often(value, chinese=True) for value in values], list(placebo))


def _most_frequent(records: Records, drug: Drug, facts: Sequence[Fact], *, least: int) -> list[Piece]:
    curated = [fact for fact in facts if fact.rows and fact.rows[0].start < 0]
    shown = curated[:EFFECTS]
    items = []
    for fact in shown:
        what = names(fact.what)
        told_often = fact.told.get("frequency")
        often = _often(fact.rows) if told_often else Words()
        items.append(
            Words(
                f"{what.of('en')} ({often.en})" if told_often else what.of("en"),
                f"{what.of('zh')}（{often.zh}）" if told_often else what.of("zh"),
            )
        )
    items += [names(fact.what) for fact in curated[EFFECTS:]]
    rows = [fact.rows[0] for fact in shown]
    return [listing("effects", names(drug.entity), items, evidence(records, rows))] if len(items) >= least else []


def _no_effect(asking: Asking, view: GraphView, drug: Drug, surface: str, asked: Sequence[AskedEntity]) -> list[Piece]:
    searched, closed = asking.drugs.harms.of(view)
    own = asking.entities.get(asked[0].id) if asked else None
    what = names(own) if own else Words(surface or "adverse effects", surface or "不良反应")
    return list(unfound([one.source for one in searched], closed, names(drug.entity), what))


def kinds(asking: Asking) -> Part:
    """The classes that each drug is of, those that it is of at once first."""
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    for drug in resolved(asking, view):
        facts = classes(asking.records, drug, standing(view, [drug]))
        items = list({names(fact.what).en: names(fact.what) for fact in facts}.values())
        rows = [row for fact in facts for row in (*fact.chain, *fact.rows[:1])]
        if items:
            pieces.append(listing("classes", names(drug.entity), items, evidence(asking.records, rows[: 2 * ROWS])))
    return Part(tuple(pieces))


def acts(asking: Asking) -> Part:
    """The targets of each drug, and apart from them its enzymes and transporters."""
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    for drug in resolved(asking, view):
        targets, enzymes, _ = actions(view, asking.records, drug.ids)
        proper = [fact for fact in targets if not _is_enzyme(fact)]
        others = [*enzymes, *(fact for fact in targets if _is_enzyme(fact))]
        for kind, facts in (("targets", proper), ("enzymes", others)):
            if rows := [fact.rows[0] for fact in facts if fact.rows]:
                items = [_acting(fact) for fact in facts if fact.rows]
                merged = list({(item.en): item for item in items}.values())
                pieces.append(listing(kind, names(drug.entity), merged, evidence(asking.records, rows[: 3 * ROWS])))
    return Part(tuple(pieces))


_ENZYMES = ("CYP", "UGT", "SULT", "ABCB", "ABCC2", "ABCG", "SLCO", "SLC22", "SLC47", "NAT2", "GST")


def _is_enzyme(fact: Fact) -> bool:
    """Whether a gene that a source only calls bound is one that makes or carries drugs, by its symbol."""
    return fact.kind in ("binds", "substrate_of", "induces") and (
        fact.what.name.upper().startswith(_ENZYMES)
        or any(fact.what.name.casefold().startswith(word) for word in ("cytochrome p450", "serum albumin", "albumin"))
    )


def _acting(fact: Fact) -> Words:
    words, what = PREDICATES[fact.kind], names(fact.what)
    strength = fact.told.get("strength", Words())
    activated = ", activates the drug" if fact.told.get("activated", Words()).en == "yes" else ""
    english = f"{words.phrase}{' ' + strength.en if strength.en else ''}{activated}"
    return Words(f"{what.of('en')} ({english})", f"{what.of('zh')}（{words.chinese.rstrip('：')}）")


def paths(asking: Asking) -> Part:
    """How each drug acts, drawn as a chain: in the diseases asked about, else in the first."""
    view = public(asking.view.graph)
    pieces: list[Piece] = []
    findings = [meant(asking, asked) for asked in findings_asked(asking.understanding.entities).values()]
    for drug in resolved(asking, view):
        every = mechanisms(view, asking.records, drug.ids)
        hits = [one for one in every if any(_is_of(one, ids, words) for ids, words in findings)]
        pieces += [piece for one in (hits or every)[:PATHS] for piece in _path(asking.records, drug, one)]
    return Part(tuple(pieces))


def _is_of(mechanism: Mechanism, ids: Collection[str], words: Collection[str]) -> bool:
    return mechanism.disease.id in ids or in_order(mechanism.disease.name) in words


def _path(records: Records, drug: Drug, mechanism: Mechanism) -> list[Piece]:
    pieces: list[Piece] = []
    x, disease = names(drug.entity), names(mechanism.disease)
    for chain, nodes in zip(mechanism.chains, mechanism.nodes, strict=True):
        entities = records.entities(nodes)
        if len(entities) < len(set(nodes)):
            continue
        drawn = arrows([names(entities[id]) for id in nodes], chain, nodes)
        pieces.append(
            told(
                evidence(records, chain),
                f"How {x.of('en')} acts in {disease.of('en')}: {drawn.en}",
                f"{x.of('zh')}对{disease.of('zh')}的作用机制：{drawn.zh}",
            )
        )
    return pieces
