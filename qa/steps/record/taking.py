"""Whether a patient may take a drug, by the drug engine and the record: the verdict first, then each reason with the
line of the record that it meets."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from graph.model import Assertion
from qa.asked.of_patient import PatientAsked
from qa.drugs.model import Caution, Check, Drug, Pair
from qa.evidence.bundle import Part, Piece
from qa.evidence.chart import standing_of
from qa.evidence.interacting import bare, names
from qa.evidence.kinds import ToldEvidence
from qa.evidence.typed import Typed, Verdict
from qa.evidence.wording import Words
from qa.steps.cautioned import cautioned, duplicated
from qa.steps.circumstances import person_in, without_allergens
from qa.steps.named import drugs_asked, public, without_glosses
from qa.steps.record.facts import named_with
from qa.steps.record.reading import Record, dated
from qa.steps.together import checked, pieces_of

REASONS = 4
"""Named in the verdict at most; each follows in its own sentence."""
_AVOID = re.compile(
    r"^\W*(?:avoid|do not|don['’]t|must not|never|stop)\b|\bcontra-?indicated\b|\bnot recommended\b|"
    r"\bdo not (?:use|combine)\b",
    re.IGNORECASE,
)
_STANDS = ("current", "possible", "planned")


def taking(record: Record, asked: PatientAsked) -> Part | None:
    """The verdict on each drug asked about and its reasons; None where nothing here bears the name of any."""
    asking = record.asking
    who = person_in(asking.question.text, asking.understanding.entities)
    named = {name: id for name, id in drugs_asked(asking.understanding.entities).items() if name in asked.drugs}
    named = without_glosses(asking.question.text, without_allergens(named, who))
    if not named:
        return None
    check, mine = checked(asking, public(asking.view.graph), named, who)
    if check is None or not mine:
        return None
    first: list[Piece] = []
    rest: list[Piece] = []
    verdicts: list[Verdict] = []
    for place in range(mine):
        verdict, pieces, beside = _one(record, check, place, mine)
        verdicts.append(verdict)
        first += pieces
        rest += beside
    typed = Typed("patient", verdict="no" if "no" in verdicts else "maybe")
    return Part((*first, *rest), typed=typed, closes=True)


def _one(record: Record, check: Check, place: int, mine: int) -> tuple[Verdict, list[Piece], list[Piece]]:
    """The verdict on one drug, what speaks against it, and what else is to be known."""
    asking, drug = record.asking, check.drugs[place]
    against = [caution for caution in check.cautions if caution.drug == place]
    pairs = pairs_of(check, place)
    doubles = [piece for piece in duplicated(asking, check, mine) if _is_about(piece, drug)]
    verdict, reasons = weighed(check, place, against, pairs)
    found = cautioned(asking, check, [place])
    told = [_with_lines(record, piece, caution) for piece, caution in zip(found, against, strict=False)]
    head = _verdict(record, drug, verdict, reasons, bool(doubles), [*told, *doubles])
    nothing = not reasons and not doubles
    met = pieces_of(asking, check if nothing else replace(check, pairs=tuple(pairs)), mine)
    interactions = [piece for piece in met if piece.kind != "searched"]
    searched = [piece for piece in met if piece.kind == "searched" and nothing]
    pieces: list[Piece] = [head, *told, *doubles, *interactions]
    return verdict, pieces, [*_taken(record, drug), *_untold(record, check), *searched]


def weighed(check: Check, place: int, against: Sequence[Caution], pairs: Sequence[Pair]) -> tuple[Verdict, list[Words]]:
    """The verdict, and in few words what it rests on."""
    barred = [pair for pair in pairs if _is_barred(pair)]
    forbidden = [caution for caution in against if _forbids(caution)]
    verdict: Verdict = "no" if barred or forbidden else "maybe"
    cautions, together = (forbidden, barred) if verdict == "no" else (list(against), list(pairs))
    return verdict, [bare_words(caution.what) for caution in cautions] + [_with(check, one, place) for one in together]


def _verdict(
    record: Record, drug: Drug, verdict: Verdict, reasons: Sequence[Words], doubled: bool, pieces: Sequence[Piece]
) -> ToldEvidence:
    name = names(drug.entity)
    shown = list({reason.en: reason for reason in reasons}.values())
    english = ", ".join(one.en for one in shown[:REASONS])
    chinese = "、".join(one.zh or one.en for one in shown[:REASONS])
    if len(shown) > REASONS:
        english, chinese = f"{english} and {len(shown) - REASONS} more", f"{chinese}等{len(shown)}项"
    if verdict == "no":
        said = (
            f"No: by the sources {name.en} should not be given to this patient. Against it: {english}",
            f"不宜使用：据所查来源，该患者不应使用{name.zh or name.en}。理由：{chinese}",
        )
    elif shown or doubled:
        english, chinese = english or "a duplicate of what is taken", chinese or "与现用药重复"
        said = (
            f"Only with caution: {name.en} is not ruled out for this patient, but these call for care: {english}",
            f"需谨慎：该患者使用{name.zh or name.en}并非绝对禁止，但需注意：{chinese}",
        )
    else:
        said = (
            f"Nothing in the sources searched speaks against {name.en} for this patient by what the record tells; that "
            "is no proof of safety",
            f"按病历所载，所查来源中没有发现该患者不宜使用{name.zh or name.en}的依据；这不能证明安全",
        )
    chain = [link for piece in pieces if isinstance(piece, ToldEvidence) for link in piece.chain[-1:]]
    piece = record.told(*said, (), warns=True)
    return replace(piece, chain=tuple(dict.fromkeys(chain)), looked_in="" if chain else record.source)


def pairs_of(check: Check, place: int) -> list[Pair]:
    """The pairs of a drug of which anything is found."""
    return [pair for pair in check.pairs if place in (pair.a, pair.b) and not pair.same and _tells(pair)]


def _tells(pair: Pair) -> bool:
    """Whether anything is found of a pair."""
    return pair.found or bool(pair.derived)


def _forbids(caution: Caution) -> bool:
    if caution.verdict in ("contraindicated", "allergy"):
        return True
    return caution.verdict == "genotype" and _AVOID.search(caution.why.en) is not None


def _is_barred(pair: Pair) -> bool:
    """Whether two drugs are not to be combined."""
    if pair.gravest == "contraindicated":
        return True
    told = [*(one.management.en for one in pair.affirmed), *(one.management.en for one in pair.derived)]
    return pair.gravest == "major" and any(_AVOID.search(advice) for advice in told)


def _with(check: Check, pair: Pair, place: int) -> Words:
    other = names(check.drugs[pair.b if pair.a == place else pair.a].entity)
    return Words(f"with {other.en}", f"与{other.zh or other.en}合用")


def bare_words(words: Words) -> Words:
    """On one line in both languages."""
    return Words(bare(words.en), bare(words.zh or words.en))


def _is_about(piece: Piece, drug: Drug) -> bool:
    return any(id in drug.ids for id in piece.entities) or names(drug.entity).en in piece.text


def _with_lines(record: Record, piece: Piece, caution: Caution) -> Piece:
    """The reason with the lines of the record that it meets."""
    if not isinstance(piece, ToldEvidence):
        return piece
    rows = lines_met(record, caution)
    if not rows:
        return piece
    shown = ["; ".join(dict.fromkeys(_line(record, row).of(language) for row in rows)) for language in ("en", "zh")]
    clauses = (f"{piece.clauses[0]}. In the record: {shown[0]}", f"{piece.clauses[1]}。病历记载：{shown[1]}")
    return replace(piece, chain=(*piece.chain, *record.facts(rows)), clauses=clauses)


def lines_met(record: Record, caution: Caution) -> list[Assertion]:
    """The lines of the record that a caution is about, the latest three."""
    rows = [row for row in record.rows if row.object in caution.about and standing_of(row) in _STANDS]
    if caution.verdict in ("allergy", "cross-reactivity") and not rows:
        rows = [row for row in record.rows if row.predicate == "allergic_to" and standing_of(row) in _STANDS]
    rows = [row for row in rows if row.predicate != "takes"]
    return sorted(rows, key=dated, reverse=True)[:3]


def _line(record: Record, row: Assertion) -> Words:
    return Words(*(f"{dated(row)} {named_with(record, [row], language)[0]}".strip() for language in ("en", "zh")))


def _taken(record: Record, drug: Drug) -> list[Piece]:
    """That the drug is or was taken, where the record says so."""
    rows = [row for row in record.rows if row.predicate == "takes" and row.object in drug.ids]
    if not rows:
        return []
    now = [row for row in rows if standing_of(row) == "current"]
    listed = [", ".join(dict.fromkeys(named_with(record, now or rows, language))) for language in ("en", "zh")]
    if now:
        return [record.told(f"The patient already takes it: {listed[0]}", f"患者目前已在使用：{listed[1]}", now)]
    return [record.told(f"In the record from before: {listed[0]}", f"既往用药记录：{listed[1]}", rows)]


def _untold(record: Record, check: Check) -> list[Piece]:
    """What a prescriber looks at and the record does not tell."""
    missing = []
    if not any(row.predicate == "allergic_to" for row in record.rows):
        missing.append(Words("allergies", "过敏史"))
    if check.who.egfr is None:
        missing.append(Words("kidney function", "肾功能"))
    if check.who.age is None:
        missing.append(Words("age", "年龄"))
    if not missing:
        return []
    return [
        record.told(
            f"Not in the record and so not weighed: {', '.join(one.en for one in missing)}",
            f"病历未记录、因此未纳入判断：{'、'.join(one.zh for one in missing)}",
            (),
        )
    ]
