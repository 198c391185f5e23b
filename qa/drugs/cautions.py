"""What speaks against a drug for somebody: conditions, allergies, age, pregnancy, kidney and liver, genotype.

A statement about a class counts for its drugs, and one about a condition for every kind of it. Circumstances that are
no disease are concepts of medgraph's own, such as `MEDGRAPH:age-under-12`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from graph.model import Assertion, Entity
from graph.view import GraphView
from qa.drugs.genotypes import by_gene, fits, phenotype
from qa.drugs.interactions import said
from qa.drugs.model import CLASSES, MEMBERSHIP, Caution, Circumstances, Drug, Verdict
from qa.drugs.standing import HIGHEST, Standing
from qa.evidence.records import Records
from qa.evidence.wording import Words, name_in
from text.names import is_chinese, normalise

VERDICTS = ("contraindicated_in", "cautioned_in")
KINDS = 12
"""So many steps up from a condition to what it is a kind of, at most."""

_OTHERS_END_SO = ("hypertension", "stroke", "disease", "infection")
"""Names that end the names of what is no kind of it: pulmonary hypertension, heat stroke."""
_OR = re.compile(r",\s*|\s+or\s+|、|，|或")
_BOUND = re.compile(r"MEDGRAPH:(age|egfr)-(under|from)-(\d+)")
_ORDER: tuple[Verdict, ...] = ("contraindicated", "allergy", "genotype", "cross-reactivity", "caution")


def cautions(
    view: GraphView, records: Records, drugs: Sequence[Drug], known: Standing, who: Circumstances
) -> tuple[Caution, ...]:
    """All that speaks against each drug for this person, the gravest first. Raises what the graph raises."""
    if who == Circumstances():
        return ()
    rows = [
        *_conditions(view, records, drugs, known, who),
        *_allergies(view, records, drugs, known, who),
        *_genotypes(view, records, drugs, who),
    ]
    return tuple(sorted(rows, key=lambda row: (_ORDER.index(row.verdict), row.drug, row.what.en, row.why.en)))


def _conditions(
    view: GraphView, records: Records, drugs: Sequence[Drug], known: Standing, who: Circumstances
) -> Iterable[Caution]:
    holders = _holders(known)
    kinds = _kinds(view, who.conditions)
    names = _names(records, who.diseases)
    told: set[tuple[int, str, str, str]] = set()
    for row in view.statements(subjects=holders, predicates=VERDICTS) if holders else ():
        if row.polarity != "affirmed" or not records.stands(row):
            continue
        verdict: Verdict = "contraindicated" if row.predicate == "contraindicated_in" else "caution"
        if row.object in kinds or _holds(row.object, who):
            what = _what(records, row, kinds)
            about = kinds.get(row.object, _circumstance(row.object)) | _listed(records, row, names)
        elif about := _listed(records, row, names):
            what = _what(records, row, kinds)
        elif kind_of := _kind_of(records, row, names):
            # Nobody has told which kind it is: that is to be asked, not to be passed over.
            verdict, (what, about) = "caution", kind_of
        else:
            continue
        for place in holders[row.subject]:
            if (place, verdict, what.en, row.source) not in told:
                told.add((place, verdict, what.en, row.source))
                chain = known.nodes[place][row.subject]
                yield Caution(place, verdict, what, said(row, "mechanism"), (*chain, row), about)


def _holders(known: Standing) -> dict[str, list[int]]:
    holders: dict[str, list[int]] = defaultdict(list)
    for place, held in enumerate(known.nodes):
        for id in held:
            holders[id].append(place)
    return holders


def _kinds(view: GraphView, conditions: Collection[str]) -> dict[str, frozenset[str]]:
    """Every condition that these are kinds of, themselves among them, with those that are kinds of it."""
    parents: dict[str, list[str]] = {id: [] for id in conditions}
    new = set(parents)
    for _ in range(KINDS):
        rows = view.statements(subjects=new, predicates=["subclass_of"]) if new else []
        new = set()
        for row in rows:
            parents[row.subject].append(row.object)
            if row.object not in parents:
                parents[row.object] = []
                new.add(row.object)
    kinds: dict[str, set[str]] = defaultdict(set)
    for origin in conditions:
        above = [origin]
        while above:
            if origin not in kinds[id := above.pop()]:
                kinds[id].add(origin)
                above += parents[id]
    return {id: frozenset(origins) for id, origins in kinds.items()}


def _names(records: Records, conditions: Iterable[str]) -> dict[str, str]:
    """The names of these conditions, in either language, as they are compared, with their ids."""
    named = sorted(records.entities(conditions).items())
    return {_plain(name): id for id, one in named for name in (one.name, *(other.text for other in one.synonyms))}


def _plain(name: str) -> str:
    """As it is compared, in British and in American spelling."""
    return normalise(name).replace("ae", "e").replace("oe", "e")


def _listed(records: Records, row: Assertion, names: Mapping[str, str]) -> frozenset[str]:
    """Those told that the words of the statement list: it is of strokes, and its words are stroke or TIA."""
    words = said(row, "words")
    listed = (*_OR.split(words.en), *_OR.split(words.zh))
    return frozenset(names[part] for part in map(_plain, listed) if part in names) if len(listed) > 2 else frozenset()


def _kind_of(records: Records, row: Assertion, names: Mapping[str, str]) -> tuple[Words, frozenset[str]] | None:
    """Angle-closure glaucoma of somebody with glaucoma: what is stated of, where the name of what is told ends that."""
    own, stated = said(row, "words"), _named(records.entities([row.object]).get(row.object), row.object)
    words = Words(own.en or stated.en, own.zh or stated.zh)
    en, zh = f" {_plain(words.en)}", f" {_plain(words.zh)}"
    for name, id in names.items():
        if name not in _OTHERS_END_SO and (en.endswith(f" {name}") or (is_chinese(name) and zh.endswith(name))):
            return Words(f"{words.en}, if it is that", f"{words.zh}（如属此类）"), frozenset({id})
    return None


def _circumstance(id: str) -> frozenset[str]:
    """A circumstance that is no disease, of whatever bound or degree."""
    bound = _BOUND.fullmatch(id)
    return frozenset({f"MEDGRAPH:{bound[1]}" if bound else id.removesuffix("-severe")})


def _holds(circumstance: str, who: Circumstances) -> bool:
    """Whether one of medgraph's own circumstances is this person's."""
    if bound := _BOUND.fullmatch(circumstance):
        value, within = (who.age, who.age_within) if bound[1] == "age" else (who.egfr, 0.0)
        limit = float(bound[3])
        return value is not None and (value - within < limit if bound[2] == "under" else value + within >= limit)
    match circumstance:
        case "MEDGRAPH:pregnancy":
            return who.pregnant
        case "MEDGRAPH:lactation":
            return who.lactating
        case "MEDGRAPH:liver-impairment":
            return who.liver != ""
        case "MEDGRAPH:liver-impairment-severe":
            return who.liver == "severe"
        case _:
            return False


def _what(records: Records, row: Assertion, kinds: Mapping[str, frozenset[str]]) -> Words:
    """The condition in the statement's words, else by its name, and what the person has where that is a kind of it."""
    own = said(row, "words")
    origins = kinds.get(row.object, frozenset({row.object}))
    mine = row.object if row.object in origins else min(origins)
    entities = records.entities([row.object, mine])
    stated = _named(entities.get(row.object), row.object)
    words = Words(own.en or stated.en, own.zh or stated.zh)
    if mine != row.object:
        has = _named(entities.get(mine), mine)
        return Words(f"{words.en} ({has.en})", f"{words.zh}（{has.zh}）")
    return words


def _named(entity: Entity | None, id: str) -> Words:
    return Words(name_in(entity, "en"), name_in(entity, "zh")) if entity else Words(id, id)


def _allergies(
    view: GraphView, records: Records, drugs: Sequence[Drug], known: Standing, who: Circumstances
) -> Iterable[Caution]:
    """An allergy to the drug, to what it holds, or to a class of it, and what is known to cross-react."""
    if not who.allergies:
        return
    groups = _of_allergens(view, who.allergies)
    direct: set[int] = set()
    for place, held in enumerate(known.nodes):
        for id in sorted(held.keys() & groups.keys()):
            mine, why = groups[id]
            if place not in direct and (not why or _is_allergen(why)) and (id == mine or _is_allergen(held[id])):
                direct.add(place)
                of = _named(records.entities([mine]).get(mine), mine)
                yield Caution(place, "allergy", of, Words(), (*why, *held[id]), frozenset({mine}))
    best: dict[tuple[str, int], _Crossing] = {}
    holders = _holders(known)
    ids = [*groups, *holders]
    for row in view.statements(subjects=ids, predicates=["cross_reacts_with"], objects=ids):
        for one, other in {(row.subject, row.object), (row.object, row.subject)}:
            for place in holders.get(other, ()) if one in groups and records.stands(row) else ():
                mine, why = groups[one]
                crossing = _Crossing(row, (*why, row, *known.nodes[place][other]))
                if place not in direct:
                    best[mine, place] = min(best.get((mine, place), crossing), crossing, key=_Crossing.order)
    told: set[tuple[int, str]] = set()
    for (mine, place), crossing in sorted(best.items(), key=lambda item: item[1].order()):
        of = _named(records.entities([mine]).get(mine), mine)
        if crossing.risk != "none" and (place, of.en) not in told:
            told.add((place, of.en))
            why_so = said(crossing.row, "mechanism")
            yield Caution(place, "cross-reactivity", of, why_so, crossing.path, frozenset({mine}))


@dataclass(frozen=True, slots=True)
class _Crossing:
    """A cross-reaction from an allergen to a drug. Of several what is nearer to both is more to the point: that
    cefazolin does not cross-react goes before what cephalosporins do."""

    row: Assertion
    path: tuple[Assertion, ...]

    @property
    def risk(self) -> str:
        return dict(self.row.qualifiers).get("risk", "")

    def order(self) -> tuple[int, int, list[str]]:
        return len(self.path), ("high", "", "low", "none").index(self.risk), [row.id for row in self.path]


def _of_allergens(view: GraphView, allergens: Iterable[str]) -> dict[str, tuple[str, tuple[Assertion, ...]]]:
    """What is told and every class that it is of, with which of those told it is and how it comes to the class."""
    groups: dict[str, tuple[str, tuple[Assertion, ...]]] = {id: (id, ()) for id in allergens}
    new = set(groups)
    for _ in range(HIGHEST):
        rows = view.statements(subjects=new, predicates=MEMBERSHIP) if new else []
        new = set()
        for row in rows:
            if row.object not in groups and row.object.startswith(CLASSES) and row.polarity == "affirmed":
                mine, why = groups[row.subject]
                groups[row.object] = (mine, (*why, row))
                new.add(row.object)
    return groups


def _is_allergen(chain: Sequence[Assertion]) -> bool:
    """Whether it is the drug itself, or of a class that an allergy is to as a whole."""
    return not chain or dict(chain[-1].qualifiers).get("kind") == "allergen"


def _genotypes(view: GraphView, records: Records, drugs: Sequence[Drug], who: Circumstances) -> Iterable[Caution]:
    """What guidelines recommend for the genotypes given."""
    for told_as, symbol, given in sorted(by_gene(who.genotypes)):
        norm = normalise(symbol)
        genes = [entity.id for entity in view.named([norm]).get(norm, ()) if entity.type == "Gene"]
        for place, drug in enumerate(drugs):
            told: set[str] = set()
            for row in view.statements(subjects=genes, predicates=["affects_response_to"], objects=drug.ids):
                qualifiers = dict(row.qualifiers)
                advice = qualifiers.get("recommendation", "")
                if advice and advice not in told and fits(symbol, given, qualifiers.get("genotype", "")):
                    told.add(advice)
                    made = phenotype(symbol, given)
                    what = qualifiers["genotype"] + (f" ({told_as}: {made})" if made else "")
                    yield Caution(place, "genotype", Words(what, what), Words(advice), (row,), frozenset({told_as}))
