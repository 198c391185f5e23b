"""What follows where one drug inhibits or induces what another is broken down or carried by.

How much a substrate's concentration changes is ranked as the FDA ranks it (Drug Development and Drug Interactions:
Table of Substrates, Inhibitors and Inducers): a strong inhibitor raises that of a sensitive substrate fivefold, a
moderate one twofold, a weak one by a quarter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from graph.model import Assertion, Entity
from qa.drugs.model import Derived, Drug, one_substance
from qa.evidence.records import Records
from qa.evidence.severity import SEVERITIES, Severity
from qa.evidence.wording import Words, name_in

ACTIONS = ("inhibits", "induces", "substrate_of")

_GRADES: dict[tuple[str, str], Severity] = {
    ("strong", "sensitive"): "major",
    ("strong", "moderate"): "moderate",
    ("strong", "minor"): "minor",
    ("moderate", "sensitive"): "moderate",
    ("moderate", "moderate"): "minor",
    ("weak", "sensitive"): "minor",
}
"""By the strength of what acts and how much the substrate depends on the enzyme; other combinations follow nothing."""
_STRONG = {"strong": ("strongly ", "强效"), "moderate": ("moderately ", "中度"), "weak": ("weakly ", "轻度")}


def of_enzymes(
    one: Drug, other: Drug, does: Sequence[Assertion], others: Sequence[Assertion], records: Records
) -> Iterator[Derived]:
    """What follows for two drugs from what each of them does to enzymes and carriers, in either direction."""
    for actor, victim, acts, uses in ((one, other, does, others), (other, one, others, does)):
        by_gene: dict[str, list[Assertion]] = defaultdict(list)
        for row in uses:
            if row.predicate == "substrate_of":
                by_gene[row.object].append(row)
        for act in acts:
            for use in by_gene.get(act.object, ()) if act.predicate != "substrate_of" else ():
                grade = _grade(dict(act.qualifiers), dict(use.qualifiers))
                if grade and not one_substance(actor, act.subject, victim, use.subject):
                    yield _derived(actor, victim, act, use, grade, records)


def _grade(acts: Mapping[str, str], uses: Mapping[str, str]) -> Severity | None:
    strength, needs = acts.get("strength", ""), uses.get("strength", "")
    grade = _GRADES.get((strength, needs))
    if uses.get("narrow") == "yes" and strength in ("strong", "moderate"):
        # A small change matters where the dose that helps is near the one that harms.
        return SEVERITIES[max(SEVERITIES.index(grade or "minor") - 1, SEVERITIES.index("major"))]
    return grade


def _derived(actor: Drug, victim: Drug, act: Assertion, use: Assertion, grade: Severity, records: Records) -> Derived:
    inhibits = act.predicate == "inhibits"
    activated = dict(use.qualifiers).get("activated") == "yes"
    how, how_zh = _STRONG.get(dict(act.qualifiers).get("strength", ""), ("", ""))
    genes = records.entities([use.object])
    gene = genes[use.object].name if use.object in genes else use.object
    # What an enzyme activates is missing where the enzyme is, and abounds where it does.
    rises = inhibits != activated
    change, change_zh = ("rise", "升高") if rises else ("fall", "降低")
    what, what_zh = ("the active form of ", "活性代谢物") if activated else ("", "")
    verb, verb_zh = ("inhibits", "抑制") if inhibits else ("induces", "诱导")
    one, other = _acting(actor, act.subject, records), _acting(victim, use.subject, records)
    a, b, a_zh, b_zh = name_in(one, "en"), name_in(other, "en"), name_in(one, "zh"), name_in(other, "zh")
    mechanism = Words(
        f"{a} {how}{verb} {gene}, of which {b} is a substrate: concentrations of {what}{b} {change}",
        f"{a_zh}{how_zh}{verb_zh}{gene}，而{b_zh}是其底物：{b_zh}{what_zh}的浓度{change_zh}",
    )
    return Derived("enzyme", grade, mechanism, Words(_do(b, grade, rises), _do_zh(b_zh, grade, rises)), (act, use))


def _acting(drug: Drug, id: str, records: Records) -> Entity:
    """The drug, or what it holds or counts, where that is several."""
    if len(drug.parts) == 1:
        return drug.entity
    return next((one for one in drug.ingredients if one.id == id), records.entities([id]).get(id, drug.entity))


def _do(victim: str, grade: Severity, rises: bool) -> str:
    risk, change, changed = ("toxicity", "lower", "lowered") if rises else ("loss of effect", "raise", "raised")
    match grade:
        case "contraindicated" | "major":
            return f"avoid together, or {change} the dose of {victim} and watch for {risk}"
        case "moderate":
            return f"watch for {risk} of {victim}, whose dose may have to be {changed}"
        case _:
            return f"usually no change; watch for {risk} of {victim}"


def _do_zh(victim: str, grade: Severity, rises: bool) -> str:
    risk, change = ("毒性", "减少") if rises else ("疗效下降", "增加")
    match grade:
        case "contraindicated" | "major":
            return f"避免合用，或{change}{victim}的剂量并监测{risk}"
        case "moderate":
            return f"监测{victim}的{risk}，必要时{change}其剂量"
        case _:
            return f"通常无需调整，留意{victim}的{risk}"
