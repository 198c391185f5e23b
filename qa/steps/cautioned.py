"""What a check says besides pairs, as evidence: duplicates, and what speaks against a drug for somebody."""

from __future__ import annotations

from collections.abc import Collection

from graph.view import GraphView
from qa.drugs.model import Caution, Check, Verdict
from qa.drugs.person import Person
from qa.evidence.bundle import Piece
from qa.evidence.interacting import bare, names
from qa.evidence.telling import following, told
from qa.evidence.wording import Words, listed
from qa.steps.asking import Asking
from qa.steps.circumstances import ADOLESCENT, CHILD, ELDERLY, IMPAIRED, INFANT, NEWBORN, TODDLER, UNDER_DIALYSIS
from qa.steps.named import evidence, unfound

CAUTIONS = 6
"""Of one drug at most."""
_VERDICTS: dict[Verdict, tuple[str, str]] = {
    "contraindicated": ("{x} is contraindicated: {what}", "{x}禁用：{what}"),
    "caution": ("{x} needs caution: {what}", "{x}应慎用：{what}"),
    "allergy": (
        "Allergy to {what}: {x} is of it (same class or ingredient) and must be avoided",
        "对{what}过敏：{x}属于同类或含有该成分，应避免使用",
    ),
    "cross-reactivity": (
        "Allergy to {what}: cross-reactivity with {x} is possible, so avoid it unless assessed",
        "对{what}过敏：{x}可能有交叉过敏，未经评估应避免使用",
    ),
    "genotype": ("{x} with {what}", "{x}，{what}"),
}
_STANDS = {
    NEWBORN: ("a newborn", "新生儿"),
    INFANT: ("an infant", "婴儿"),
    TODDLER: ("a toddler", "幼儿"),
    CHILD: ("a child", "儿童"),
    ADOLESCENT: ("an adolescent", "青少年"),
    ELDERLY: ("old age", "老年"),
    UNDER_DIALYSIS: ("failing kidneys or dialysis", "肾衰竭或透析"),
    IMPAIRED: ("impaired kidneys", "肾功能不全"),
}
"""How a number is said that stands for a word of the question."""


def duplicated(asking: Asking, check: Check, mine: int) -> list[Piece]:
    """Drugs that hold one ingredient, or are of one class, one of the `mine` first at least among them."""
    pieces: list[Piece] = []
    for double in check.duplicates:
        if mine and min(double.drugs) >= mine:
            continue
        drugs = [check.drugs[place] for place in double.drugs]
        shared = names(double.shared)
        called = [_called(drug.asked, names(drug.entity)) for drug in drugs]
        of = {id for drug in drugs for id in drug.ids}
        rows = asking.view.graph.statements(subjects=of, predicates=["has_ingredient", "has_role", "subclass_of"])
        own = [row for row in rows if row.object == double.shared.id and asking.records.stands(row)]
        english, chinese = (listed([one.of(language) for one in called], language) for language in ("en", "zh"))
        if double.kind == "ingredient":
            words = (
                f"Duplicate: {english} hold the same ingredient, {shared.of('en')}",
                f"重复用药：{chinese}含有相同成分{shared.of('zh')}",
            )
        else:
            words = (
                f"Duplicate of a class: {english} are of the same class, {shared.of('en')}",
                f"同类重复：{chinese}属于同一类：{shared.of('zh')}",
            )
        piece = told((), *words, warns=True)
        links = evidence(asking.records, own[: len(drugs) * 2])
        pieces.append(type(piece)("", links, piece.clauses, warns=True))
    return pieces


def _called(asked: str, name: Words) -> Words:
    """The name, with the word of the question where that is another."""

    def both(language: str) -> str:
        own = name.of(language)
        if asked.casefold() == own.casefold() or ":" in asked:
            return own
        return f"{asked}（{own}）" if language == "zh" else f"{asked} ({own})"

    return Words(both("en"), both("zh"))


def cautioned(asking: Asking, check: Check, mine: Collection[int]) -> list[Piece]:
    """What speaks against each of the drugs at these places, the gravest first."""
    count: dict[int, int] = {}
    pieces: list[Piece] = []
    for caution in check.cautions:
        count[caution.drug] = count.get(caution.drug, 0) + 1
        if caution.drug in mine and count[caution.drug] <= CAUTIONS:
            pieces.append(_caution(asking, check, caution))
    return pieces


def _caution(asking: Asking, check: Check, caution: Caution) -> Piece:
    drug = check.drugs[caution.drug]
    name = _called(drug.asked, names(drug.entity))
    links = evidence(asking.records, caution.path)
    follows = following(links)
    words = []
    for place, language in enumerate(("en", "zh")):
        text = _VERDICTS[caution.verdict][place].format(x=name.of(language), what=bare(caution.what.of(language)))
        if why := caution.why.of(language):
            text += ("：" if language == "zh" else ": ") + bare(why)
        words.append(text + (follows.of(language) if follows.en else ""))
    return told(links, words[0], words[1], warns=True)


def silent(asking: Asking, view: GraphView, check: Check, mine: Collection[int], who: Person) -> list[Piece]:
    """Of each drug that nothing speaks against, that nothing was found, which proves nothing."""
    searched, closed = asking.drugs.verdicts.of(view)
    warned = {caution.drug for caution in check.cautions}
    pieces: list[Piece] = []
    for place in sorted(mine):
        if place not in warned:
            sources = [one.source for one in searched]
            pieces += unfound(sources, closed, names(check.drugs[place].entity), asked_for(who))
    return pieces


def asked_for(who: Person) -> Words:
    """For whom, in few words."""
    parts: list[tuple[str, str]] = []
    if who.pregnant:
        parts.append(("pregnancy", "妊娠"))
    if who.lactating:
        parts.append(("breastfeeding", "哺乳"))
    if who.age is not None:
        parts.append(_STANDS.get(who.age, (f"age {who.age:g}", f"年龄{who.age:g}岁")))
    if who.egfr is not None:
        parts.append(_STANDS.get(who.egfr, (f"eGFR {who.egfr:g}", f"eGFR {who.egfr:g}")))
    if who.liver:
        parts.append(("liver disease", "肝功能不全"))
    parts += [(f"allergy to {one}", f"对{one}过敏") for one in who.allergies]
    parts += [(f"{gene} {value}".strip(), f"{gene} {value}".strip()) for gene, value in who.genotypes.items()]
    parts = parts or [("this condition", "该情况")]
    return Words(", ".join(en for en, _ in parts), "、".join(zh for _, zh in parts))
