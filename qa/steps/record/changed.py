"""What changed in a record since a day or a visit: what is new, what ended, and which values and doses are others."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from graph.model import Assertion
from qa.asked.of_patient import PatientAsked
from qa.evidence.bundle import Part, Piece
from qa.evidence.chart import standing_of
from qa.evidence.typed import Item, Typed
from qa.evidence.wording import Words
from qa.steps.patient import IMMUNIZATION, once
from qa.steps.record.facts import items, named_with
from qa.steps.record.judged import judgements
from qa.steps.record.reading import Record, dated
from qa.steps.record.series import Point, Series, all_series, begins

VALUES = 14
"""Changed values told at most, those out of range and those that changed most first."""
_SMALL = 0.05
"""A change of a smaller share is told after the others."""


def changed(record: Record, asked: PatientAsked) -> Part:
    """What the record has since then that it did not have before."""
    since, words = _since(record, asked)
    if not since:
        return Part(
            (
                record.told(
                    "The record has entries of one day at most, so that nothing can be compared",
                    "病历只有一天的记录，无法比较",
                    (),
                ),
            ),
            typed=Typed("patient"),
            closes=True,
        )
    new = [row for row in record.rows if dated(row) and _after(dated(row), since) and row.experiencer == "patient"]
    ended = [row for row in record.rows if _ended(row, since) and row not in new]
    if not new and not ended:
        english = f"Nothing is recorded since {words.en}; the last entry is of {record.latest}"
        chinese = f"{words.zh}以来病历中没有新的记录；最近一次记录为{record.latest}"
        return Part((record.told(english, chinese, ()),), typed=Typed("patient"), closes=True)
    pieces, rows = _new(record, new, since, words)
    over = [row for row in once(ended) if row.predicate in ("has_condition", "takes")]
    if over:
        rows += over
        pieces.append(_listed(record, Words("Ended since {since}", "{since}以来已结束"), over, words))
    told, changes = _values(record, since, words)
    same = _unchanged(record, {row.predicate for row in (*new, *ended)})
    typed = Typed("patient", items=(*items(record, rows), *changes), total=len(rows) + len(changes))
    return Part((*pieces, *told, *same), typed=typed, closes=True)


def _new(record: Record, new: Sequence[Assertion], since: str, words: Words) -> tuple[list[Piece], list[Assertion]]:
    """What there was not before, by kind, and its lines."""
    pieces: list[Piece] = []
    rows: list[Assertion] = []
    for predicate, vaccines, label in _KINDS:
        kept = [row for row in new if row.predicate == predicate and _is_vaccine(row) == vaccines]
        kept = once([row for row in kept if standing_of(row) != "denied"])
        if predicate == "takes":
            pieces += _doses(record, kept, since)
        if kept:
            rows += kept
            pieces.append(_listed(record, label, kept, words))
    return pieces, rows


_KINDS = (
    ("has_condition", False, Words("New conditions since {since}", "{since}以来新增诊断")),
    ("takes", False, Words("New drugs since {since}", "{since}以来新开药物")),
    ("allergic_to", False, Words("New allergies since {since}", "{since}以来新增过敏")),
    ("underwent", False, Words("Procedures and care since {since}", "{since}以来的操作与照护")),
    ("underwent", True, Words("Vaccines since {since}", "{since}以来的疫苗接种")),
)


def _since(record: Record, asked: PatientAsked) -> tuple[str, Words]:
    """The day after which things are new, and how it is told; of a visit the last one before the latest entries."""
    day = begins(asked.since, record.latest)
    if day:
        # Of a day that is told the day itself counts; what is new is later than what was known the day before.
        return day, Words(day, f"自{day}{'年' if len(day) == len('2019') else ''}")
    days = sorted({dated(row) for row in record.rows if row.predicate == "has_measurement" and dated(row)})
    days = days or sorted({dated(row) for row in record.rows if dated(row)})
    if len(days) < 2:
        return "", Words()
    latest, before = days[-1], days[-2]
    told = Words(f"the visit of {before} (up to {latest}, the last)", f"自{before}就诊（截至最近一次{latest}）")
    return f">{before}", told


def _after(day: str, since: str) -> bool:
    if since.startswith(">"):
        return day > since[1:]
    return day[: len(since)] >= since


def _ended(row: Assertion, since: str) -> bool:
    """Whether something that is over ended since then and began before."""
    end = dict(row.qualifiers).get("abatement", "")[:10]
    return bool(end) and end[:1].isdigit() and _after(end, since) and standing_of(row) == "past"


def _is_vaccine(row: Assertion) -> bool:
    return dict(row.qualifiers).get("kind") == IMMUNIZATION


def _listed(record: Record, label: Words, rows: Sequence[Assertion], since: Words) -> Piece:
    english, chinese = (named_with(record, rows, language) for language in ("en", "zh"))
    return record.told(
        f"{label.en.format(since=since.en)}: {', '.join(dict.fromkeys(english))}",
        f"{label.zh.format(since=since.zh)}：{'、'.join(dict.fromkeys(chinese))}",
        rows,
    )


def _doses(record: Record, new: Sequence[Assertion], since: str) -> list[Piece]:
    """Drugs that were taken before and whose dose or preparation is another now."""
    pieces: list[Piece] = []
    for row in new:
        before = [
            one
            for one in record.rows
            if one.predicate == "takes"
            and one.object == row.object
            and dated(one)
            and not _after(dated(one), since)
            and named_with(record, [one], "en") != named_with(record, [row], "en")
        ]
        if before:
            last = max(before, key=dated)
            old, now = (named_with(record, [one], "en")[0] for one in (last, row))
            old_zh, now_zh = (named_with(record, [one], "zh")[0] for one in (last, row))
            pieces.append(
                record.told(f"Changed: {old} before, {now} now", f"变更：此前{old_zh}，现为{now_zh}", (last, row))
            )
    return pieces


def _values(record: Record, since: str, words: Words) -> tuple[list[Piece], list[Item]]:
    """The last value of each measure against the last one before that time."""
    found = [one for series in all_series(record) if (one := _moved(record, series, since)) is not None]
    found.sort(key=lambda one: one.place)
    if not found:
        return [], []
    shown, more = found[:VALUES], max(0, len(found) - VALUES)
    english = "; ".join(one.words.en for one in shown) + (f"; and {more} more" if more else "")
    chinese = "；".join(one.words.zh for one in shown) + (f"；另有{more}项" if more else "")
    rows = [row for one in shown for point in one.points for row in point.rows]
    piece = record.told(
        f"Values, the last before and the last since {words.en}: {english}",
        f"{words.zh}以来各项结果（此前最近一次 → 最近一次）：{chinese}",
        rows,
    )
    return [piece], [Item(one.words) for one in found]


@dataclass(frozen=True, slots=True)
class _Moved:
    """A measure with another value than before; the one of the lowest `place` is told first."""

    place: tuple[bool, bool, float]
    words: Words
    points: tuple[Point, Point]


def _moved(record: Record, series: Series, since: str) -> _Moved | None:
    before = [point for point in series.points if point.day and not _after(point.day, since)]
    after = [point for point in series.points if point.day and _after(point.day, since)]
    if not before or not after or before[-1].text == after[-1].text:
        return None
    old, now = before[-1], after[-1]
    out = any(one.side for one in judgements(record, series, now))
    share = abs((now.number - old.number) / old.number) if old.number and now.number is not None else 1.0
    note = (" (out of range)", "（超出范围）") if out else ("", "")
    words = Words(
        f"{series.name.en} {old.text} → {now.shown}{note[0]}", f"{series.name.zh} {old.text} → {now.shown}{note[1]}"
    )
    return _Moved((not out, share < _SMALL, -share), words, (old, now))


def _unchanged(record: Record, kinds: set[str]) -> list[Piece]:
    """Of what there is nothing new."""
    named = (
        ("has_condition", Words("conditions", "诊断")),
        ("takes", Words("drugs", "用药")),
        ("allergic_to", Words("allergies", "过敏")),
        ("has_measurement", Words("values", "检验结果")),
    )
    none = [name for kind, name in named if kind not in kinds]
    if not none:
        return []
    return [
        record.told(
            f"Nothing new is recorded of: {', '.join(one.en for one in none)}",
            f"没有新记录的项目：{'、'.join(one.zh for one in none)}",
            (),
        )
    ]
