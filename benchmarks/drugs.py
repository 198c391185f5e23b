"""What the drug engine gets right: names, interactions that must be derived, agreement of sources, and its speed.

    python benchmarks/drugs.py --home HOME [--names TSV ...] [--open] [--pairs N] [--show]

HOME is filled before (`medgraph load lexicon pharmacology ansm who …`). A TSV of names has the columns `asked`,
`kind`, `expected_ids` (any one of several, separated by `|`; `+` joins the ingredients of one combination; `unknown`;
words where there is no id) and `warning` (`yes`: an answer that resolves in silence is wrong). A name is right where
the answer is an expected one, or, where a warning is due, where the name is said to be unknown.

For recall a source is left out: of its pairs, how many are derived as major or worse from what is not its own. Beside
it, how many random pairs of the same drugs that no source has are.
"""

from __future__ import annotations

import argparse
import csv
import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from itertools import combinations
from pathlib import Path

from report import figure, median_ms

from graph.licences import RESTRICTED
from graph.model import PUBLIC, Assertion, Entity
from graph.sqlite.store import SqliteStore
from graph.view import GraphView
from qa.drugs.check import DrugEngine
from qa.drugs.interactions import RULES
from qa.drugs.model import Check, Drug, Pair, Unknown
from qa.drugs.names import exactly
from qa.evidence.severity import ALARMING, Severity, severity, worst

SEED = 7
LEFT_OUT: tuple[tuple[str, Severity], ...] = (
    ("onc-high-priority", "major"), ("ddinter", "major"), ("ansm", "contraindicated"), ("ansm", "major"),
)  # fmt: skip
"""The sources that are left out in turn, with what of theirs must be found."""
AT_ONCE = 40
"""So many drugs are checked together, for their pairs."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--names", type=Path, nargs="*", default=[])
    parser.add_argument("--open", action="store_true", help="without sources under a licence of their own")
    parser.add_argument("--pairs", type=int, default=1500, help="so many pairs of each kind are looked at, at most")
    parser.add_argument("--show", action="store_true", help="print what is wrong, on lines that begin with #")
    given = parser.parse_args()
    store = SqliteStore(given.home / "graph.sqlite")
    view = GraphView(store, PUBLIC if given.open else PUBLIC | RESTRICTED)
    engine = DrugEngine(store)
    for file in given.names:
        names(engine, view, file, show=given.show)
    stated = _stated(view)
    for source, what in LEFT_OUT:
        if source in stated:
            derived(engine, view, stated, source, what, given.pairs, show=given.show)
    agreement(stated)
    speed(engine, view, stated)
    store.close()


# names


def names(engine: DrugEngine, view: GraphView, file: Path, *, show: bool) -> None:
    """Right, wrong, and wrong without a warning, of a table of names, in all and by kind."""
    lines = [line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    rows = list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))
    verdicts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in rows:
        check = engine.check(view, [row["asked"]])
        verdict = judged(view, check, row["expected_ids"], warning=row["warning"] == "yes")
        verdicts[row["kind"]][verdict] += 1
        if show and verdict != "right":
            print(
                "#",
                verdict,
                row["asked"],
                row["expected_ids"],
                "->",
                *map(_told, check.drugs),
                *map(_unknown, check.unknown),
            )
    total = sum(verdicts.values(), Counter[str]())
    for kind, counted in (("all", total), *sorted(verdicts.items())):
        context = {"data": file.name, "kind": kind, "names": sum(counted.values())}
        figure("drug_names_right", counted["right"] / sum(counted.values()), "share", **context)
    for verdict in ("wrong in silence", "wrong with a warning", "unknown"):
        figure(f"drug_names_{verdict.replace(' ', '_')}", total[verdict], "names", data=file.name)


def judged(view: GraphView, check: Check, expected: str, *, warning: bool) -> str:
    """`right`, `wrong in silence`, `wrong with a warning`, or `unknown`."""
    wanted = expected.split("|")
    if not check.drugs:
        return "right" if warning or "unknown" in wanted else "unknown"
    drug = check.drugs[0]
    # What else bears the name is shown beside it, a food or class as what it is, a preparation with what it holds.
    warned = bool(drug.also) or drug.food or drug.entity.type != "Drug" or drug.ingredients != (drug.entity,)
    if any(_fits(view, drug, one.split("+"), more=warning) for one in wanted if one != "unknown"):
        return "wrong in silence" if warning and not warned else "right"
    return "wrong with a warning" if warned else "wrong in silence"


def _fits(view: GraphView, drug: Drug, parts: Sequence[str], *, more: bool) -> bool:
    """Whether the drug is what is expected: one of these ids or words for each ingredient, and, but for `more`, no
    ingredient besides."""
    canonical = exactly(view, [part for part in parts if ":" in part])
    wanted = [canonical[part].id if part in canonical else part.removeprefix("food:").lower() for part in parts]
    if len(parts) == 1:
        held = [drug.entity, *(drug.ingredients if len(drug.ingredients) == 1 else ())]
    elif len(parts) == len(drug.ingredients) or (more and len(parts) < len(drug.ingredients)):
        held = list(drug.ingredients)
    else:
        return False
    return all(any(_is(entity, part) for entity in held) for part in wanted)


def _is(entity: Entity, part: str) -> bool:
    names = " ".join((entity.name, *(name.text for name in entity.synonyms))).lower()
    return part in (entity.id, *entity.xrefs) or part in names


def _told(one: Drug) -> str:
    return f"{one.entity.id} {one.entity.name} {[part.name for part in one.ingredients]} {one.note!r}"


def _unknown(one: Unknown) -> str:
    return f"unknown, near {', '.join(one.nearest)}"


# interactions

Stated = dict[str, dict[tuple[str, str], Severity]]
"""By source the worst that it states of each pair of drugs, by ids in their order."""


def _stated(view: GraphView) -> Stated:
    """What curated sources other than our own state of pairs of drugs, those that they name by their classes too."""
    stated: Stated = defaultdict(dict)
    for source in sorted(source.id for source in view.store.sources(kind="curated") if view.source(source.id)):
        rows = [] if source == RULES else list(_rows(view, source, "interacts_with"))
        if not rows:
            continue
        members: dict[str, list[str]] = defaultdict(list)
        for row in _rows(view, source, "has_role"):
            members[row.object].append(row.subject)
        for row in rows:
            for one in members.get(row.subject, [row.subject]):
                for other in members.get(row.object, [row.object]):
                    pair = (min(one, other), max(one, other))
                    if one != other and ":class-" not in f"{one}{other}":
                        stated[source][pair] = worst((severity(row), stated[source].get(pair, "unknown")))
    return stated


def _rows(view: GraphView, source: str, predicate: str) -> Iterable[Assertion]:
    return view.assertions(source=source, predicate=predicate, limit=10**7)


def derived(
    engine: DrugEngine, view: GraphView, stated: Stated, source: str, what: Severity, most: int, *, show: bool
) -> None:
    """How many of a source's pairs follow without it, and how many of those that no source has."""
    draw = random.Random(SEED)
    own = sorted(pair for pair, grade in stated[source].items() if grade == what)
    all_pairs = {pair for pairs in stated.values() for pair in pairs}
    drugs = sorted({id for pair in own for id in pair})
    none: dict[tuple[str, str], None] = {}
    for _ in range(most * 20):
        one, other = sorted(draw.sample(drugs, 2))
        if (one, other) not in all_pairs and len(none) < most:
            none[one, other] = None
    context = {"left_out": source, "level": what}
    rates = []
    for of, pairs in (("its_pairs", draw.sample(own, min(most, len(own)))), ("no_source", list(none))):
        found = {pair: _without(told, source) for pair, told in _checked(engine, view, pairs).items()}
        alarming = [pair for pair, worst in found.items() if worst in ALARMING]
        every = {pair for pair, worst in found.items() if worst}
        count = max(1, len(found))
        figure(f"drug_pairs_derived_alarming_of_{of}", len(alarming) / count, "share", **context, pairs=len(found))
        figure(f"drug_pairs_derived_of_{of}", len(every) / count, "share", **context, pairs=len(found))
        rates.append(len(alarming) / count)
        for one, other in (alarming if of == "no_source" else sorted(found.keys() - every))[: 60 if show else 0]:
            names = [entity.name for entity in view.entities([one, other]).values()]
            print("# alarm of no source:" if of == "no_source" else "# not derived:", *names, sep=" | ")
    # As if one pair in two were the source's.
    figure(
        "drug_pairs_precision", rates[0] / (sum(rates) or 1), "share", **context, of="as many of the one as the other"
    )


def _without(pair: Pair, source: str) -> Severity | None:
    """The worst that follows for a pair from what is not this source's; None where nothing follows."""
    left = [one.severity for one in pair.derived if all(link.source != source for link in one.path)]
    return worst(left) if left else None


def _checked(engine: DrugEngine, view: GraphView, wanted: Sequence[tuple[str, str]]) -> dict[tuple[str, str], Pair]:
    """The engine's answer to each pair of ids, asked for together as far as they share drugs."""
    left, wanted_once = list(wanted), set(wanted)
    found: dict[tuple[str, str], Pair] = {}
    while left:
        ids: dict[str, None] = {}
        for pair in left:
            if len(ids.keys() | set(pair)) <= AT_ONCE:
                ids.update(dict.fromkeys(pair))
        check = engine.check(view, list(ids))
        for told in check.pairs:
            one, other = sorted((check.drugs[told.a].asked, check.drugs[told.b].asked))
            if (one, other) in wanted_once:
                found[one, other] = told
        left = [pair for pair in left if not set(pair) <= ids.keys()]
    return found


def agreement(stated: Stated) -> None:
    """Cohen's κ of each two sources over the pairs that both grade."""
    for one, other in combinations(sorted(stated), 2):
        both = [
            (a, b)
            for pair in stated[one].keys() & stated[other].keys()
            if (a := stated[one][pair]) != "unknown" and (b := stated[other][pair]) != "unknown"
        ]
        if len(both) < 30:
            continue
        context = {"sources": f"{one}, {other}", "pairs": len(both)}
        figure("drug_sources_agree", sum(a == b for a, b in both) / len(both), "share", **context)
        alarming = [(a in ALARMING, b in ALARMING) for a, b in both]
        # Of a source that says one and the same of all there is nothing beyond chance.
        if all(len({pair[place] for pair in alarming}) > 1 for place in (0, 1)):
            figure("drug_sources_kappa", kappa(both), "κ", **context)
            figure("drug_sources_kappa_alarming", kappa(alarming), "κ", **context)


def kappa(both: Sequence[tuple[object, object]]) -> float:
    """Agreement beyond chance (Cohen 1960): 1 of two that always agree, 0 of two that do as chance would have it."""
    agreed = sum(a == b for a, b in both) / len(both)
    ones, others = Counter(a for a, _ in both), Counter(b for _, b in both)
    chance = sum(ones[value] * others[value] for value in ones) / len(both) ** 2
    return (agreed - chance) / (1 - chance) if chance < 1 else 1.0


def speed(engine: DrugEngine, view: GraphView, stated: Stated) -> None:
    """Thirty drugs in one check: those that most is stated of, and thirty by chance."""
    every = Counter(id for pairs in stated.values() for pair in pairs for id in pair)
    drugs = {id for id, entity in view.entities(every).items() if entity.type == "Drug"}  # genes interact, too
    counted = Counter({id: count for id, count in every.items() if id in drugs})
    most = [id for id, _ in counted.most_common(30)]
    some = random.Random(SEED).sample(sorted(counted), min(30, len(counted)))
    for which, ids in (("most stated", most), ("by chance", some)):
        asked = [entity.name for entity in view.entities(ids).values()]
        figure("drug_check_ms", median_ms(lambda asked=asked: engine.check(view, asked), 20), "ms", drugs=which)  # type: ignore[misc]


if __name__ == "__main__":
    main()
