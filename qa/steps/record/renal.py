"""How the kidneys work by creatinine, where nobody recorded an eGFR."""

from __future__ import annotations

from qa.asked.measures import measure
from qa.drugs.kidney import Measured, kidney
from qa.evidence.wording import Words
from qa.steps.record.reading import Record
from qa.steps.record.series import Point, Series, series_of

_UNIT = "mL/min/1.73 m²"
_NAME = Words(
    "eGFR computed from creatinine (CKD-EPI 2021; none is recorded)", "eGFR（按CKD-EPI 2021由肌酐计算，病历未直接记录）"
)


def computed(record: Record) -> Series | None:
    """The eGFR of each creatinine by the age of that year; None where creatinine, age or sex is not recorded."""
    series = series_of(record, measure("creatinine"))
    if series is None or record.born is None:
        return None
    points = []
    for point in series.points:
        qualifiers = dict(point.rows[0].qualifiers)
        age = float(point.day[:4]) - record.born if point.day[:4].isdigit() else None
        one = Measured(
            frozenset(series.measure.codes if series.measure else ()), "creatinine", qualifiers.get("value", ""),
            qualifiers.get("unit", ""), point.day,
        )  # fmt: skip
        if (works := kidney([one], age, record.sex)) is not None:
            points.append(Point(point.day, f"{works.egfr:g}", works.egfr, _UNIT, point.rows))
    return Series(_NAME, tuple(points), measure("egfr")) if points else None
