"""One drug's page, and the drugs for a disease, of one graph."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace

from graph.licences import RESTRICTED
from graph.model import Assertion, Entity, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.drugs.model import CLASSES, Drug, Unknown
from qa.drugs.names import resolve
from qa.drugs.nearest import Nearest
from qa.drugs.page.actions import actions
from qa.drugs.page.against import allergies, genotypes, warnings
from qa.drugs.page.alternatives import alternatives, with_interactions
from qa.drugs.page.conditions import conditions
from qa.drugs.page.effects import effects
from qa.drugs.page.identity import authorisations, classes, identity, products
from qa.drugs.page.indications import indications, of_class
from qa.drugs.page.mechanisms import mechanisms
from qa.drugs.page.model import Alternative, Fact, Page, Section
from qa.drugs.page.partners import partners
from qa.drugs.page.taking import grave
from qa.drugs.page.uses import Uses, drugs_for, named_alike
from qa.drugs.searched import Searches
from qa.drugs.standing import standing
from qa.evidence.records import Records
from qa.evidence.statement import about
from text.names import normalise


class Pages:
    """What is known of drugs in one graph. Safe for several threads."""

    def __init__(self, graph: GraphStore) -> None:
        self._graph = graph
        self._nearest, self._searches = Nearest(graph), Searches(graph)

    def page(self, view: GraphView, asked: str, taken: Sequence[str] = ()) -> Page | Unknown:
        """All that is known of the drug of this name or id; a name that no drug bears comes back with the nearest.

        The alternatives to it are told with what of the drugs `taken` they interact with. Raises what the graph raises.
        """
        drugs, unknown = resolve(view, [asked], self._nearest)
        if unknown:
            return unknown[0]
        drug = self._whole(view, drugs[0])
        taking, untaken = resolve(view, taken, self._nearest)
        records = Records(view)
        searched, _ = self._searches.of(view)
        sources = {one.source.id for one in searched}
        alone = replace(_by_itself(drug), others=frozenset())
        known = standing(view, [alone], sources)
        nodes = known.nodes[0]
        for_it, denied = indications(view, records, alone.ids)
        is_class = drug.entity.id.startswith(CLASSES)
        if is_class:
            for_it = (*for_it, *of_class(view, records, drug))
        targets, enzymes, expression = actions(view, records, alone.ids)
        diseases, circumstances = warnings(view, records, nodes)
        stated, follows, counts = partners(view, records, alone, known)
        facts: dict[Section, tuple[Fact, ...]] = {
            "classes": classes(records, alone, known),
            "products": products(view, records, alone),
            "authorisations": authorisations(view, records, alone),
            "indications": for_it,
            "denied": denied,
            "targets": targets,
            "enzymes": enzymes,
            "expression": expression,
            "effects": effects(view, records, alone.ids),
            "contraindications": diseases,
            "circumstances": circumstances,
            "allergies": allergies(view, records, nodes),
            "genotypes": genotypes(view, records, alone),
            "interactions": stated,
            "follows": follows,
        }
        others = () if is_class else alternatives(view, records, alone, for_it, nodes)
        page = Page(
            drug=drug,
            identity=identity(view, records, drug, known),
            facts=facts,
            mechanisms=mechanisms(view, records, alone.ids),
            alternatives=self._free(view, records, others, taking, sources),
            counts=counts,
            sources=(),
            closed=closed(view),
            taken=tuple(taking),
            untaken=tuple(untaken),
        )
        return replace(page, sources=_sources(records, page.statements), entities=_named(records, page.statements))

    def _whole(self, view: GraphView, drug: Drug) -> Drug:
        """Of a class with those that other vocabularies have under its name: their drugs are of it, too."""
        if not drug.entity.id.startswith(CLASSES):
            return drug
        norm = normalise(drug.entity.name)
        same = [one.id for one in view.named([norm]).get(norm, ()) if one.id.startswith(CLASSES)]
        every, _ = resolve(view, same, self._nearest)
        parts = dict.fromkeys((*drug.parts, *(part for one in every for part in one.parts)))
        also = tuple(one for one in drug.also if one.id not in same)
        return replace(drug, ids=frozenset(id for part in parts for id in part), parts=tuple(parts), also=also)

    def _free(
        self,
        view: GraphView,
        records: Records,
        others: Sequence[Alternative],
        taken: Sequence[Drug],
        sources: Collection[str],
    ) -> tuple[Alternative, ...]:
        if not taken:
            return tuple(others)
        drugs, _ = resolve(view, sorted({one.use.what.id for one in others}), self._nearest)
        return with_interactions(others, grave(view, records, drugs, taken, sources))

    def uses(self, view: GraphView, disease: str, taken: Sequence[str] = ()) -> Uses | Unknown:
        """The drugs for the disease of this name or id; those that interact gravely with a drug `taken` are set apart.

        A name that no disease or finding bears comes back with the nearest. Raises what the graph raises.
        """
        meant = conditions(view, disease)
        if not meant:
            near = [match.entity.name for match in view.find_entities(disease, limit=5)]
            return Unknown(disease, tuple(dict.fromkeys(near))[:3])
        records = Records(view)
        drugs, denied, kinds = drugs_for(view, records, meant, self._nearest)
        taking, unknown = resolve(view, taken, self._nearest)
        searched, _ = self._searches.of(view)
        hits = grave(view, records, [use.drug for use in drugs], taking, {one.source.id for one in searched})
        marked = [replace(use, interacts=hits.get(use.drug.asked, ())) for use in drugs]
        rows = [row for use in (*drugs, *denied) for row in use.fact.statements]
        return Uses(
            asked=disease,
            conditions=meant,
            kinds=kinds,
            drugs=tuple(use for use in marked if not use.interacts),
            denied=denied,
            interacting=tuple(use for use in marked if use.interacts),
            taken=tuple(taking),
            untaken=tuple(unknown),
            sources=_sources(records, rows),
            searched=searched if taken else (),
            closed=closed(view),
            near=() if drugs else named_alike(view, disease, meant),
            entities=_named(records, rows),
        )


def closed(view: GraphView) -> tuple[Source, ...]:
    """The curated sources that are loaded and that the reader leaves out by their licence."""
    if view.access is None or view.access & RESTRICTED:
        return ()
    return tuple(source for source in view.store.sources(kind="curated") if source.access & RESTRICTED)


def _by_itself(drug: Drug) -> Drug:
    """Of a class what is stated of the class: its drugs have pages of their own."""
    if not drug.entity.id.startswith(CLASSES):
        return drug
    ids = frozenset(id for id in drug.ids if id.startswith(CLASSES))
    return replace(drug, ids=ids, parts=(ids,), ingredients=(drug.entity,))


def _sources(records: Records, rows: Sequence[Assertion]) -> tuple[Source, ...]:
    """Those that state the rows: curated ones first, then by id."""
    sources = [source for id in sorted({row.source for row in rows}) if (source := records.source(id)) is not None]
    return tuple(sorted(sources, key=lambda source: (source.kind != "curated", source.id)))


def _named(records: Records, rows: Sequence[Assertion]) -> dict[str, Entity]:
    return records.entities({id for row in rows for id in about(row)})
