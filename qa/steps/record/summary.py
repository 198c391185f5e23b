"""A patient in few sentences: problems, drugs, allergies, risks, results, what was done, and what the record lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from graph.model import Assertion
from qa.drugs.check import MOST
from qa.drugs.model import Check, Pair
from qa.evidence.bundle import Part, Piece
from qa.evidence.chart import standing_of
from qa.evidence.interacting import bare, graded, names, together
from qa.evidence.kinds import ToldEvidence
from qa.evidence.severity import SEVERITIES
from qa.evidence.typed import Item, Typed
from qa.evidence.wording import Words
from qa.steps.cautioned import cautioned
from qa.steps.named import evidence, public
from qa.steps.patient import IMMUNIZATION, once
from qa.steps.record.facts import items, named_with
from qa.steps.record.judged import Judgement, judgements
from qa.steps.record.reading import Record, dated
from qa.steps.record.series import Series, all_series, difference

RISKS = 3
"""Of each kind told at most, the gravest."""
RESULTS = 12
TRENDS = 6
_MARKED = 0.1
"""From this share of change on a trend is told."""
_SEX = {"female": Words("female", "女"), "male": Words("male", "男")}


def summary(record: Record) -> Part:
    """The whole record in sections, each with the lines that it rests on."""
    own = [row for row in record.rows if row.experiencer == "patient"]
    now, past = _by_time(own, "has_condition")
    taken, before = _by_time(own, "takes")
    allergies, _ = _by_time(own, "allergic_to")
    family = [row for row in record.rows if row.experiencer != "patient"]
    judged = _judged(record)
    pieces = [
        _about(record, now),
        *_section(record, Words("Past problems", "既往疾病"), past),
        *_drugs(record, taken, before),
        *_section(record, Words("Allergies", "过敏"), allergies),
        *_risks(record),
        *_out_of_range(record, judged),
        *_trends(record, judged),
        *_done(record, own),
        *_section(record, Words("Family", "家族史"), once(family)),
        *_missing(record, judged),
    ]
    rows = [*now, *taken, *allergies]
    return Part(tuple(pieces), typed=Typed("patient", items=items(record, rows), total=len(rows)), closes=True)


def _by_time(rows: Sequence[Assertion], predicate: str) -> tuple[list[Assertion], list[Assertion]]:
    """What is or may be so now, and what was; each the latest first."""
    kept = once([row for row in rows if row.predicate == predicate])
    now = [row for row in kept if standing_of(row) in ("current", "possible", "planned")]
    return now, [row for row in kept if standing_of(row) == "past"]


def _about(record: Record, now: Sequence[Assertion]) -> Piece:
    """Who it is, and what they have."""
    english, chinese = [], []
    if sex := _SEX.get(record.sex):
        english.append(sex.en)
        chinese.append(sex.zh)
    if record.born is not None:
        english.append(f"born {record.born}")
        chinese.append(f"{record.born}年出生")
    if record.latest:
        english.append(f"last entry {record.latest}")
        chinese.append(f"最近记录{record.latest}")
    head = f"Patient ({', '.join(english)}). " if english else ""
    head_zh = f"患者（{'，'.join(chinese)}）。" if chinese else ""
    if not now:
        return record.told(f"{head}No active problem is recorded", f"{head_zh}病历中没有现患疾病记录", ())
    listed, listed_zh = (_listed(record, now, language) for language in ("en", "zh"))
    return record.told(f"{head}Active problems: {listed}", f"{head_zh}现患疾病：{listed_zh}", now)


def _section(record: Record, label: Words, rows: Sequence[Assertion]) -> list[Piece]:
    if not rows:
        return []
    return [
        record.told(f"{label.en}: {_listed(record, rows, 'en')}", f"{label.zh}：{_listed(record, rows, 'zh')}", rows)
    ]


def _listed(record: Record, rows: Sequence[Assertion], language: str) -> str:
    marks = {"possible": ("possible", "可能"), "planned": ("planned", "计划")}
    shown = []
    for row in rows:
        (name,) = named_with(record, [row], language)
        mark = marks.get(standing_of(row))
        since = dated(row) if row.predicate == "has_condition" and standing_of(row) == "current" else ""
        if since:
            name += f"（{since}起）" if language == "zh" else f" (since {since})"
        if mark:
            name += f"（{mark[1]}）" if language == "zh" else f" ({mark[0]})"
        shown.append(name)
    return ("、" if language == "zh" else ", ").join(dict.fromkeys(shown))


def _drugs(record: Record, taken: Sequence[Assertion], before: Sequence[Assertion]) -> list[Piece]:
    english = f"Drugs now: {_listed(record, taken, 'en')}" if taken else "No drug is recorded as taken now"
    chinese = f"目前用药：{_listed(record, taken, 'zh')}" if taken else "病历中没有目前用药的记录"
    if before:
        english += f"; before: {_listed(record, before, 'en')}"
        chinese += f"；既往用药：{_listed(record, before, 'zh')}"
    return [record.told(english, chinese, (*taken, *before))]


def _risks(record: Record) -> list[Piece]:
    """What speaks against what is taken, and which of it interact, each with its reason."""
    asking = record.asking
    taken, person = record.person()
    if not taken:
        return []
    view = public(asking.view.graph)
    check = asking.drugs.check(view, list(taken)[:MOST], person)
    found = [piece for piece in cautioned(asking, check, range(len(check.drugs))) if isinstance(piece, ToldEvidence)]
    pieces: list[Piece] = [
        replace(piece, warns=False, clauses=(f"Risk: {piece.clauses[0]}", f"风险：{piece.clauses[1]}"))
        for piece in found[:RISKS]
    ]
    pairs = [pair for pair in check.pairs if not pair.same and (pair.found or pair.derived)]
    gravest = sorted(pairs, key=lambda pair: SEVERITIES.index(pair.gravest))[:RISKS]
    pieces.extend(_interaction(record, check, pair) for pair in gravest)
    if not pieces:
        english = "The drugs taken were checked with one another and with the conditions: nothing was found"
        chinese = "已核对现用药物之间及其与疾病的关系：未发现问题"
        pieces.append(record.told(f"{english}, which is no proof of safety", f"{chinese}，但这不能证明安全", ()))
    return pieces


def _interaction(record: Record, check: Check, pair: Pair) -> Piece:
    drugs = (names(check.drugs[pair.a].entity), names(check.drugs[pair.b].entity))
    reasons = [*(one.mechanism for one in pair.affirmed), *(one.mechanism for one in pair.derived)]
    why = next((one for one in reasons if one.en or one.zh), Words())
    links = [*(one.assertion for one in pair.affirmed[:2])] or [*pair.derived[0].path]
    english = f"Interaction: {together(drugs, 'en')}, {graded(pair.gravest, 'en')}"
    chinese = f"相互作用：{together(drugs, 'zh')}，{graded(pair.gravest, 'zh')}"
    if why != Words():
        english, chinese = f"{english}: {why.of('en')}", f"{chinese}：{why.of('zh')}"
    return ToldEvidence("", evidence(record.asking.records, links), (bare(english), bare(chinese)))


def _judged(record: Record) -> list[tuple[Series, list[Judgement]]]:
    """Every measure with what its last value means."""
    return [(series, judgements(record, series, series.last)) for series in all_series(record)]


def _out_of_range(record: Record, judged: Sequence[tuple[Series, list[Judgement]]]) -> list[Piece]:
    out = [(series, one) for series, found in judged for one in found[:1] if one.side]
    if not out:
        return []
    english = "; ".join(f"{s.name.en} {s.last.shown} ({s.last.day}): {one.what.en}" for s, one in out[:RESULTS])
    chinese = "；".join(f"{s.name.zh} {s.last.shown}（{s.last.day}）：{one.what.zh}" for s, one in out[:RESULTS])
    rows = [row for series, _ in out[:RESULTS] for row in series.last.rows]
    return [record.told(f"Last results out of range: {english}", f"最近结果异常：{chinese}", rows)]


def results(record: Record) -> Part | None:
    """The last value of every measure, what is out of range first; None where nothing was measured."""
    judged = _judged(record)
    if not judged:
        return None
    rest = [series for series, found in judged if not any(one.side for one in found[:1])]
    pieces = _out_of_range(record, judged) or [
        record.told("No last result is out of the ranges known here", "最近结果均未超出已知范围", ())
    ]
    if rest:
        english = "; ".join(f"{series.name.en} {series.last.shown} ({series.last.day})" for series in rest)
        chinese = "；".join(f"{series.name.zh} {series.last.shown}（{series.last.day}）" for series in rest)
        rows = [row for series in rest for row in series.last.rows]
        pieces.append(
            record.told(f"Other last results, not out of range or not to be judged here: {english}",
                        f"其他最近结果（未超出已知范围或无范围可判断）：{chinese}", rows)
        )  # fmt: skip
    out = [series for series, found in judged if any(one.side for one in found[:1])]
    typed = Typed("patient", items=tuple(Item(series.name) for series in out), total=len(out))
    return Part(tuple(pieces), typed=typed, closes=True)


def _trends(record: Record, judged: Sequence[tuple[Series, list[Judgement]]]) -> list[Piece]:
    """How what is out of range went, and what changed much."""
    told: list[tuple[tuple[bool, float], Words, Series]] = []
    for series, found in judged:
        first, last = series.points[0], series.last
        if first.text == last.text or first.number is None or last.number is None or not first.number:
            continue
        share = abs((last.number - first.number) / first.number)
        out = any(one.side for one in found)
        if series.measure is None or series.measure.key in ("pain", "height") or (not out and share < _MARKED):
            continue
        way = ("up by", "升") if last.number > first.number else ("down by", "降")
        by = difference(first, last)
        told.append((
            (not out, -share),
            Words(f"{series.name.en} {first.text} ({first.day}) → {last.shown} ({last.day}), {way[0]} {by}",
                  f"{series.name.zh} {first.text}（{first.day}）→ {last.shown}（{last.day}），{way[1]}{by}"),
            series,
        ))  # fmt: skip
    told.sort(key=lambda one: one[0])
    if not told:
        return []
    shown = told[:TRENDS]
    rows = [row for _, _, series in shown for point in (series.points[0], series.last) for row in point.rows]
    return [
        record.told(
            f"Trends: {'; '.join(one[1].en for one in shown)}",
            f"变化趋势：{'；'.join(one[1].zh for one in shown)}",
            rows,
        )
    ]


def _done(record: Record, own: Sequence[Assertion]) -> list[Piece]:
    rows = [row for row in own if row.predicate == "underwent" and standing_of(row) == "current"]
    vaccines = [row for row in rows if dict(row.qualifiers).get("kind") == IMMUNIZATION]
    procedures = [row for row in rows if dict(row.qualifiers).get("kind") != IMMUNIZATION]
    planned = once([row for row in own if row.predicate == "underwent" and standing_of(row) == "planned"])
    pieces: list[Piece] = []
    for label, same in (
        (Words("Procedures", "手术与操作"), procedures),
        (Words("Vaccines", "疫苗接种"), vaccines),
        (Words("Planned care", "计划中的照护"), planned),
    ):
        if same:
            english, chinese = (named_with(record, same, language) for language in ("en", "zh"))
            pieces.append(record.told(f"{label.en}: {', '.join(english)}", f"{label.zh}：{'、'.join(chinese)}", same))
    return pieces


def _missing(record: Record, judged: Sequence[tuple[Series, list[Judgement]]]) -> list[Piece]:
    """What one looks for in a record and this one does not hold."""
    known = {series.measure.key for series, _ in judged if series.measure is not None}
    has = {row.predicate for row in record.rows}
    doses = [row for row in record.rows if row.predicate == "takes" and standing_of(row) == "current"]
    checks = (
        ("allergic_to" not in has, Words("allergies (neither any nor that there are none)", "过敏史（有无均未记录）")),
        ("takes" not in has, Words("drugs", "用药")),
        (not known & {"egfr", "creatinine"}, Words("kidney function", "肾功能")),
        (not known & {"alt", "ast", "bilirubin"}, Words("liver function", "肝功能")),
        ("pressure" not in known, Words("blood pressure", "血压")),
        ("smoking" not in known, Words("smoking status", "吸烟状况")),
        (
            any(not dict(row.qualifiers).get("dose") for row in doses),
            Words("dosage instructions of drugs taken", "现用药物的用法用量"),
        ),
        (all(row.experiencer == "patient" for row in record.rows), Words("family history", "家族史")),
    )
    gone = [words for lacks, words in checks if lacks]
    if not gone:
        return []
    return [
        record.told(
            f"Not in the record: {', '.join(one.en for one in gone)}",
            f"病历中缺少：{'、'.join(one.zh for one in gone)}",
            (),
        )
    ]
