"""The conditions, drugs, allergies, procedures and vaccines of a record as they stand, each told with what it is told
with there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from graph.model import Assertion
from qa.asked.chart import Sought, is_named
from qa.asked.of_patient import PatientAsked
from qa.asked.since import Since
from qa.asked.whether import asks_whether
from qa.evidence.bundle import Part, Piece
from qa.evidence.chart import STANDINGS, Standing, enumerated, standing_of, stated, told
from qa.evidence.kinds import ToldEvidence
from qa.evidence.typed import Item, Typed, Verdict
from qa.evidence.wording import Words, all_names
from qa.steps.patient import IMMUNIZATION, ORDER, once
from qa.steps.record.kinds import conditions_of, drugs_of
from qa.steps.record.reading import Record, dated
from qa.steps.record.series import begins, of_rows
from qa.steps.record.values import SHOWN
from text.drug_names import ingredients
from text.names import normalise

NAMED = 40
"""Facts of one kind and standing told at most; how many more there are is said."""
FEW = 6
_NOW: tuple[Standing, ...] = ("current", "possible")
_PATIENT = Words("The patient", "患者")
_NO_DOSE = Words("no dosage instructions recorded", "未记录用法用量")
_NOTHING = {
    "has_condition": Words("condition", "疾病诊断"),
    "takes": Words("drug", "用药"),
    "allergic_to": Words("allergy", "过敏信息"),
    "underwent": Words("procedure", "手术或操作"),
    "has_measurement": Words("measurement", "检验检查结果"),
}


def facts(record: Record, asked: PatientAsked) -> Part | None:
    """What the question asks for of the record; None where it names what no line of the record is about, and documents
    may be."""
    seeking = asked.facts
    if seeking is None:
        return None
    if seeking.words:
        return _named(record, asked, seeking)
    if not seeking.predicates:
        return None
    pieces: list[Piece] = []
    rows: list[Assertion] = []
    for predicate in sorted(seeking.predicates, key=ORDER.index):
        if predicate == "has_measurement":
            continue
        kept = _after(_of_kind(record.rows, predicate, seeking), asked.since, record)
        # Of what was done each time is told.
        single = kept if predicate == "underwent" else once(kept)
        chosen = _standing(single, predicate, seeking)
        rows += chosen
        pieces += by_standing(record, chosen, predicate) if chosen else [nothing(record, predicate, seeking)]
        if not chosen and seeking.when == "now" and (past := _standing(once(kept), predicate, None)):
            pieces += by_standing(record, past, predicate)
    if not pieces:
        return None
    return Part(tuple(pieces), typed=Typed("patient", items=items(record, rows), total=len(rows)), closes=True)


def by_standing(record: Record, rows: Sequence[Assertion], predicate: str) -> list[ToldEvidence]:
    """Facts of one kind as sentences, one for each way in which they stand."""
    pieces: list[ToldEvidence] = []
    for standing in STANDINGS:
        same = [row for row in rows if standing_of(row) == standing]
        if not same:
            continue
        words = []
        for language in ("en", "zh"):
            names = named_with(record, same, language)
            shown, more = names[:NAMED], max(0, len(names) - NAMED)
            listed = enumerated(shown, more, language)
            words.append(stated(predicate, standing, _PATIENT.of(language), listed, language))
        pieces.append(record.told(words[0], words[1], same))
    return pieces


def named_with(record: Record, rows: Sequence[Assertion], language: str) -> list[str]:
    """Each thing once as it reads in a list; one that was done or given several times with its days."""
    groups: dict[str, list[Assertion]] = {}
    for row in rows:
        name = told(row, record.name(row).of(language), language)
        if row.predicate == "takes" and not dict(row.qualifiers).get("dose"):
            name = _beside(name, _NO_DOSE.of(language), language)
        if row.predicate == "underwent":
            key = dict(row.qualifiers).get("recorded") or record.name(row).of(language)
            groups.setdefault(key, []).append(row)
        else:
            groups.setdefault(name, []).append(row)
    return [_several(name, same, record, language) for name, same in groups.items()]


def _several(name: str, rows: Sequence[Assertion], record: Record, language: str) -> str:
    days = sorted({dated(row) for row in rows if dated(row)})
    if rows[0].predicate != "underwent" or len(days) < 2:
        return told(rows[0], record.name(rows[0]).of(language), language) if rows[0].predicate == "underwent" else name
    if len(days) <= 3:
        return f"{name}（{'、'.join(days)}）" if language == "zh" else f"{name} ({', '.join(days)})"
    if language == "zh":
        return f"{name}（{len(days)}次，{days[0]}至{days[-1]}）"
    return f"{name} ({len(days)} times, {days[0]} to {days[-1]})"


def _beside(name: str, note: str, language: str) -> str:
    if language == "zh":
        return f"{name[:-1]}，{note}）" if name.endswith("）") else f"{name}（{note}）"
    return f"{name[:-1]}, {note})" if name.endswith(")") else f"{name} ({note})"


def items(record: Record, rows: Iterable[Assertion]) -> tuple[Item, ...]:
    """The things that these rows are about, for a program."""
    made: dict[str, Item] = {}
    for row in rows:
        recorded = dict(row.qualifiers).get("recorded", "")
        name = record.name(row)
        made.setdefault(recorded or name.en, Item(Words(recorded or name.en, name.zh), row.object))
    return tuple(made.values())


def nothing(record: Record, predicate: str, seeking: Sought | None = None) -> Piece:
    """That the record has nothing of a kind, which is no proof that there is none."""
    what = _NOTHING[predicate]
    if predicate == "underwent" and seeking is not None and seeking.vaccines:
        what = Words("vaccination", "疫苗接种")
    now = seeking is not None and seeking.when == "now" and predicate in ("takes", "has_condition")
    english = f"The record states no {'current ' if now else ''}{what.en} of the patient"
    chinese = f"病历中没有{'目前的' if now else ''}{what.zh}记录"
    if predicate == "takes":
        english, chinese = "The record states no drug that the patient takes now", "病历中没有患者目前用药的记录"
    return record.told(f"{english}, which is no proof that there is none", f"{chinese}（不代表一定没有）", ())


def _of_kind(rows: Sequence[Assertion], predicate: str, seeking: Sought) -> list[Assertion]:
    kept = [row for row in rows if row.predicate == predicate]
    if predicate == "underwent" and len(seeking.predicates) == 1:
        kept = [row for row in kept if (dict(row.qualifiers).get("kind") == IMMUNIZATION) == seeking.vaccines]
    own = [row for row in kept if row.experiencer == "patient"]
    others = [row for row in kept if row.experiencer != "patient"]
    return others if seeking.family else own


def _after(rows: Sequence[Assertion], since: Since, record: Record) -> list[Assertion]:
    begin = begins(since, record.latest)
    if not begin:
        return list(rows)
    if since.exact:
        return [row for row in rows if dated(row).startswith(begin)]
    return [row for row in rows if dated(row)[: len(begin)] >= begin]


def _standing(rows: Sequence[Assertion], predicate: str, seeking: Sought | None) -> list[Assertion]:
    """Those that hold when the question asks: without a time all of what was done, and of drugs and conditions what is
    so now and planned, with what is past or denied where that is little."""
    by: dict[str, list[Assertion]] = {standing: [] for standing in STANDINGS}
    for row in rows:
        by[standing_of(row)].append(row)
    when = seeking.when if seeking is not None else "past"
    now, past = [*by["current"], *by["possible"]], [*by["past"], *by["denied"]]
    if when == "planned":
        return by["planned"]
    if predicate == "underwent":
        return [*by["current"], *by["possible"], *by["denied"]] or [row for row in rows if row not in by["planned"]]
    if seeking is not None and seeking.family:
        return list(rows)
    if when == "past":
        return past or list(rows)
    if predicate == "allergic_to":
        return now or by["denied"]
    if when == "now":
        return now
    # A few that ended or are denied are told beside what is so now; of many, who asks for them.
    return [*now, *by["planned"], *(past if len(past) <= FEW else [])] or list(rows)


def _named(record: Record, asked: PatientAsked, seeking: Sought) -> Part | None:
    """What the record says of the thing that the question names."""
    text = record.asking.question.text
    whether = asks_whether(text) or "有没有" in text or "吗" in text
    fitting, kind = _about(record, asked, seeking)
    if not fitting:
        return _unnamed(record, seeking) if whether else None
    done = [row for row in fitting if row.predicate == "underwent"]
    kept = once([row for row in fitting if row.predicate != "has_measurement"])
    pieces = _measured(record, fitting)
    for predicate in ORDER:
        same = done if predicate == "underwent" else [row for row in kept if row.predicate == predicate]
        pieces += by_standing(record, same, predicate)
    # That a drug taken is of a class is a yes; that a condition is of a group may not be what is meant.
    kind = kind and all(row.predicate == "has_condition" for row in kept)
    verdict = _verdict(kept, kind=kind)
    if whether:
        pieces[:1] = [_answering(pieces[0], verdict, kind)]
    typed = Typed("patient", verdict=verdict if whether else "", items=items(record, kept), total=len(kept))
    return Part(tuple(pieces), typed=typed, closes=True)


def _about(record: Record, asked: PatientAsked, seeking: Sought) -> tuple[list[Assertion], bool]:
    """The lines on what the question names, and whether they are only on kinds of it."""
    text = record.asking.question.text
    ids = {entity.id for entity in record.asking.understanding.entities}
    about = [row for row in record.rows if row.object in ids or is_named(names_of(record, row), text, seeking)]
    kinds = (
        set()
        if about
        else conditions_of(record, ids) | (drugs_of(record, ids) if "takes" in seeking.predicates else set())
    )
    about = about or [row for row in record.rows if row.object in kinds]
    if seeking.family:
        about = [row for row in about if row.experiencer != "patient"]
    fitting = [row for row in about if row.predicate in seeking.predicates] or about
    if asked.since:
        fitting = _after(fitting, asked.since, record) or fitting
    return fitting, bool(kinds)


def _verdict(rows: Sequence[Assertion], *, kind: bool) -> Verdict:
    """Whether it is so now; what is so of a kind of it only may be meant."""
    standings = {standing_of(row) for row in rows}
    if "current" in standings and not kind:
        return "yes"
    return "no" if standings and standings <= {"denied"} else "maybe"


def _measured(record: Record, rows: Sequence[Assertion]) -> list[ToldEvidence]:
    """The last value of each thing that was measured among these."""
    by_thing: dict[str, list[Assertion]] = {}
    for row in rows:
        if row.predicate == "has_measurement":
            by_thing.setdefault(row.object, []).append(row)
    pieces = []
    for same in by_thing.values():
        if (series := of_rows(record, same)) is None:
            continue
        last, count = series.last, len(series.points)
        lines = [row for point in series.points[-SHOWN:] for row in point.rows]
        english = f"{series.name.en}: {last.shown} on {last.day}, the last of {count}"
        chinese = f"{series.name.zh}：{last.shown}（{last.day}），共{count}次，为最近一次"
        pieces.append(record.told(english, chinese, lines))
    return pieces


_HEADS = {"yes": ("Yes: ", "是："), "no": ("No: ", "否："), "maybe": ("Not as such: ", "没有这样记录，但有：")}
_KIND = (" (a kind of it by the sources' classification)", "（按所查来源的分类属于此类）")


def _answering(piece: ToldEvidence, verdict: str, kind: bool) -> ToldEvidence:
    """The sentence with the verdict before it; what is not what was asked about, but of its kind, is no yes."""
    english, chinese = piece.clauses
    head, after = _HEADS[verdict] if kind or verdict != "maybe" else ("", ""), _KIND if kind else ("", "")
    return replace(
        piece, clauses=(f"{head[0]}{english[:1].lower()}{english[1:]}{after[0]}", f"{head[1]}{chinese}{after[1]}")
    )


def _unnamed(record: Record, seeking: Sought) -> Part | None:
    """That no line of the record is of it."""
    surfaces = list(
        dict.fromkeys(e.surface for e in record.asking.understanding.entities if e.type not in ("Gene", "Patient"))
    )
    name = ", ".join(surfaces) or " ".join(seeking.words[0])
    english = f"The record states nothing under the name {name}, which is no proof that there is none"
    chinese = f"病历中没有名为{name}的记录（不代表一定没有）"
    pieces = [record.told(english, chinese, ())]
    # What is asked about may stand there under another name: what there is of the kind is shown.
    for predicate in set(seeking.predicates) & {"takes", "allergic_to", "underwent"}:
        kept = _of_kind(record.rows, predicate, seeking)
        pieces += by_standing(
            record, _standing(kept if predicate == "underwent" else once(kept), predicate, seeking), predicate
        )
    exact = seeking.predicates[:1] == ("has_condition",)
    return Part(tuple(pieces), typed=Typed("patient", verdict="no" if exact else ""), closes=True)


def names_of(record: Record, row: Assertion) -> list[str]:
    """Every name under which a question may mean what a row is about."""
    entity = record.entities.get(row.object)
    names = list(all_names(entity)) if entity else []
    if recorded := dict(row.qualifiers).get("recorded"):
        names.append(recorded)
    if row.predicate in ("takes", "allergic_to"):
        names += [form for name in names[:1] + names[-1:] for forms in ingredients(name) for form in forms]
    # What a name of LOINC measures stands before the property: `Glucose [Mass/volume] in Blood`.
    names += [name.partition(" [")[0] for name in names if " [" in name]
    return [name for name in names if normalise(name)]
