"""What is told of a measure: the last value, how it went, the highest, and whether it is out of range."""

from __future__ import annotations

from collections.abc import Iterable

from graph.model import Assertion
from qa.asked.measures import Measure
from qa.asked.of_patient import PatientAsked
from qa.evidence.bundle import Part, Piece
from qa.evidence.kinds import ToldEvidence
from qa.evidence.typed import Item, Typed, Verdict
from qa.evidence.wording import Words
from qa.steps.record.judged import Judgement, judgements
from qa.steps.record.reading import Record
from qa.steps.record.renal import computed
from qa.steps.record.series import Point, Series, begins, difference, series_of, within

SHOWN = 12
"""Values of one measure listed at most, the latest."""


def values(record: Record, asked: PatientAsked) -> Part:
    """What the record says of each measure asked about; of one that it does not hold that it does not."""
    pieces: list[Piece] = []
    typed: list[Typed] = []
    absent: list[Measure] = []
    for wanted in asked.measures:
        series = series_of(record, wanted)
        if series is None and wanted.key == "egfr":
            series = computed(record)
        if series is None:
            absent.append(wanted)
            continue
        piece, told = _told(record, series, asked)
        pieces += piece
        typed.append(told)
    missing = [_missing(record, wanted) for wanted in absent]
    if not pieces:
        return Part(unread=tuple(missing), typed=Typed("patient"), closes=True)
    return Part((*pieces, *missing), typed=typed[0], closes=True)


def _missing(record: Record, wanted: Measure) -> ToldEvidence:
    return record.told(
        f"The record holds no value of {wanted.english}", f"病历中没有{wanted.chinese}（{wanted.english}）的记录", ()
    )


def _told(record: Record, series: Series, asked: PatientAsked) -> tuple[list[Piece], Typed]:
    """The sentences on one measure, and what they come to."""
    if asked.since.visit:
        days = sorted({point.day for point in series.points})
        kept: Series | None = Series(
            series.name, tuple(p for p in series.points if p.day >= days[-2:][0]), series.measure
        )
    else:
        kept = within(series, asked.since, record.latest)
    if kept is None:
        return [_not_then(record, series, asked)], Typed("patient")
    if asked.want in ("highest", "lowest"):
        return _extreme(record, kept, asked)
    if asked.want == "judged":
        return _judged(record, kept, asked)
    if asked.want == "trend":
        return _trend(record, kept, asked), Typed(
            "patient", value=kept.last.text, unit=kept.last.unit, items=_items(kept)
        )
    point = kept.points[0] if asked.want == "first" else kept.last
    return _last(record, series, kept, point, asked), Typed("patient", value=point.text, unit=point.unit)


def _not_then(record: Record, series: Series, asked: PatientAsked) -> Piece:
    day = asked.since.day if asked.since.exact else begins(asked.since, record.latest)
    before = [point for point in series.points if not day or point.day < day]
    near = before[-1] if before else series.points[0]
    english = f"No {series.name.en} is recorded {'for' if asked.since.exact else 'since'} {day}"
    chinese = f"病历中{day}{'' if asked.since.exact else '以来'}没有{series.name.zh}的记录"
    where = ("the last before", "此前最近一次") if before else ("the first after", "此后第一次")
    return record.told(
        f"{english}; {where[0]} is {near.shown} on {near.day}", f"{chinese}；{where[1]}为{near.shown}（{near.day}）",
        near.rows,
    )  # fmt: skip


def _last(record: Record, series: Series, kept: Series, point: Point, asked: PatientAsked) -> list[Piece]:
    """One value, the one before it, and what it means where it is out of range."""
    which = ("first", "首次") if asked.want == "first" else ("last", "最近一次")
    english = f"{_cap(series.name.en)}: {point.shown} on {point.day}"
    chinese = f"{series.name.zh}：{point.shown}（{point.day}）"
    rows = list(point.rows)
    if not asked.since.exact:
        english, chinese = f"{english}, the {which[0]} value recorded", f"{chinese}，{which[1]}记录"
    elif len(kept.points) > 1:
        others = kept.points[:-1]
        english += "; before it in that time " + ", ".join(f"{one.shown} on {one.day}" for one in others[-SHOWN:])
        chinese += "；同期此前：" + "、".join(f"{one.shown}（{one.day}）" for one in others[-SHOWN:])
        rows += [row for one in others[-SHOWN:] for row in one.rows]
    place = series.points.index(point)
    before = series.points[place - 1] if place and asked.want != "first" and not asked.since.exact else None
    if before is not None:
        change = _change(before, point)
        english += f"; the one before was {before.shown} on {before.day}{f', so it {change.en}' if change.en else ''}"
        chinese += f"；此前一次为{before.shown}（{before.day}）{f'，{change.zh}' if change.zh else ''}"
        rows += before.rows
    meant = [one for one in judgements(record, series, point) if one.side]
    for one in meant[:2]:
        english += f"; {_means(one).en}"
        chinese += f"；{_means(one).zh}"
    return [record.told(english, chinese, rows)]


def _trend(record: Record, kept: Series, asked: PatientAsked) -> list[Piece]:
    """The values in a row, from where to where they went, and the extremes."""
    points = kept.points[-SHOWN:]
    if len(points) == 1:
        one = points[0]
        english = (
            f"{_cap(kept.name.en)}: one value alone is recorded{_time(asked, record).en}, {one.shown} on {one.day}"
        )
        chinese = f"{kept.name.zh}：{_time(asked, record).zh}只有一次记录，{one.shown}（{one.day}）"
        return [record.told(english, chinese, points[0].rows)]
    first, last = kept.points[0], kept.last
    change = _change(first, last)
    english = f"{_cap(kept.name.en)}{_time(asked, record).en}: from {first.shown} on {first.day} to {last.shown}"
    english += f" on {last.day}"
    chinese = f"{kept.name.zh}{_time(asked, record).zh}：从{first.shown}（{first.day}）到{last.shown}（{last.day}）"
    if change.en:
        english, chinese = f"{english}: it {change.en}", f"{chinese}，{change.zh}"
    if len(kept.points) > 2:
        before = kept.points[-2]
        step = _change(before, last)
        english += f"; from the value before ({before.shown} on {before.day}) it {step.en}" if step.en else ""
        chinese += f"；与前一次（{before.shown}，{before.day}）相比{step.zh}" if step.zh else ""
    pieces: list[Piece] = [record.told(english, chinese, _rows((first, *kept.points[-2:])))]
    if len(kept.points) > 2:
        more = len(kept.points) - len(points)
        listed = ", ".join(f"{point.day} {point.text}" for point in points)
        listed_zh = "，".join(f"{point.day} {point.text}" for point in points)
        head = f"The last {len(points)} of {len(kept.points)} values" if more else f"All {len(points)} values"
        head_zh = f"共{len(kept.points)}次，最近{len(points)}次" if more else f"全部{len(points)}次"
        unit = f" ({last.unit})" if last.unit else ""
        pieces.append(record.told(f"{head}{unit}: {listed}", f"{head_zh}{unit}：{listed_zh}", _rows(points)))
        if numbered := [point for point in kept.points if point.number is not None]:
            high, low = max(numbered, key=_number), min(numbered, key=_number)
            pieces.append(
                record.told(
                    f"Lowest {low.shown} on {low.day}, highest {high.shown} on {high.day}",
                    f"最低{low.shown}（{low.day}），最高{high.shown}（{high.day}）",
                    _rows((low, high)),
                )
            )
    return pieces


def _extreme(record: Record, kept: Series, asked: PatientAsked) -> tuple[list[Piece], Typed]:
    numbered = [point for point in kept.points if point.number is not None]
    if not numbered:
        return _trend(record, kept, asked), Typed("patient")
    highest = asked.want == "highest"
    point = max(numbered, key=_number) if highest else min(numbered, key=_number)
    count, time = len(numbered), _time(asked, record)
    english = (
        f"{'Highest' if highest else 'Lowest'} {kept.name.en}{time.en}: {point.shown} on {point.day}, of {count} "
        f"value{'s' if count > 1 else ''}; the last is {kept.last.shown} on {kept.last.day}"
    )
    chinese = (
        f"{kept.name.zh}{time.zh}{'最高' if highest else '最低'}：{point.shown}（{point.day}），共{count}次记录；"
        f"最近一次{kept.last.shown}（{kept.last.day}）"
    )
    cited = _rows(dict.fromkeys((point, kept.last, *numbered[-SHOWN:])))
    return [record.told(english, chinese, cited)], Typed("patient", value=point.text, unit=point.unit)


def _judged(record: Record, kept: Series, asked: PatientAsked) -> tuple[list[Piece], Typed]:
    """Whether the last value is out of range, on the side that is asked about."""
    point, name = kept.last, kept.name
    found = judgements(record, kept, point)
    out = [one for one in found if one.side]
    on_side = [one for one in out if not asked.direction or one.side == asked.direction]
    value = f"{name.en} was {point.shown} on {point.day}"
    value_zh = f"{name.zh}为{point.shown}（{point.day}）"
    verdict: Verdict
    if on_side:
        verdict = "yes" if asked.direction else "no"
        means = [_means(one) for one in on_side[:2]]
        english = f"{_head(asked, True).en}: {value}; {'; '.join(one.en for one in means)}"
        chinese = f"{_head(asked, True).zh}：{value_zh}；{'；'.join(one.zh for one in means)}"
    elif out:
        verdict = "no"
        english = f"No: {value}; {_means(out[0]).en}"
        chinese = f"不是：{value_zh}；{_means(out[0]).zh}"
    elif found:
        verdict = "no" if asked.direction else "yes"
        english = f"{_head(asked, False).en}: {value}, which is not out of the range known here ({found[0].by.en})"
        chinese = f"{_head(asked, False).zh}：{value_zh}，未超出已知范围（{found[0].by.zh}）"
    else:
        verdict = ""
        english = (
            f"{_cap(value)}; the record gives no reference range for it and none is known here by which to judge it"
        )
        chinese = f"{value_zh}；病历未给出参考范围，本系统也没有可用来判断的范围"
    typed = Typed("patient", verdict=verdict, value=point.text, unit=point.unit)
    return [record.told(english, chinese, point.rows)], typed


def _head(asked: PatientAsked, out: bool) -> Words:
    """The verdict first: of high and low whether it is, of normal whether it is."""
    if asked.direction:
        return Words("Yes", "是") if out else Words("No", "不是")
    return Words("It is out of range", "超出范围") if out else Words("Yes, within range", "在范围内")


def _means(one: Judgement) -> Words:
    side = Words("too high" if one.side == "high" else "too low", "偏高" if one.side == "high" else "偏低")
    return Words(f"that is {side.en}: {one.what.en} ({one.by.en})", f"{side.zh}：{one.what.zh}（{one.by.zh}）")


def _time(asked: PatientAsked, record: Record) -> Words:
    day = begins(asked.since, record.latest)
    return (
        Words(f" since {day}", f"自{day}{'年' if len(day) == len('2019') else ''}以来")
        if day and not asked.since.exact
        else Words()
    )


def _change(first: Point, last: Point) -> Words:
    """How the last stands to the first; nothing where they are no numbers."""
    if first.number is None or last.number is None or first is last:
        return Words()
    by = difference(first, last)
    if first.second is not None and last.second is not None:
        ups = [last.number > first.number, last.second > first.second]
        if ups[0] != ups[1] and first.number != last.number and first.second != last.second:
            went = ("rose", "fell") if ups[0] else ("fell", "rose")
            return Words(
                f"{went[0]} in the upper and {went[1]} in the lower value (by {by})",
                f"收缩压{'升高' if ups[0] else '降低'}、舒张压{'升高' if ups[1] else '降低'}（{by}）",
            )
    if last.number == first.number:
        return Words("stayed the same", "没有变化")
    if last.number > first.number:
        return Words(f"rose by {by} (higher)", f"升高了{by}")
    return Words(f"fell by {by} (lower)", f"降低了{by}")


def _rows(points: Iterable[Point]) -> list[Assertion]:
    return [row for point in points for row in point.rows]


def _number(point: Point) -> float:
    return point.number or 0.0


def _items(series: Series) -> tuple[Item, ...]:
    """The values by day, for a program."""
    return tuple(Item(Words(f"{p.day} {p.shown}", f"{p.day} {p.shown}")) for p in series.points)


def _cap(text: str) -> str:
    return text[:1].upper() + text[1:]
