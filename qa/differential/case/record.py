"""A case out of what a patient's record states: conditions, measurements, drugs, and who they are.

Numbers are put as a text would tell them, so that they are read in one way (`measured`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from graph.model import Assertion, Entity
from qa.differential.case.phrases import phrases
from qa.differential.model import Sex, Told
from qa.evidence.chart import standing_of
from text.names import normalise

_SEX = re.compile(r"Sex: (female|male)")
_BORN = re.compile(r"Born: (\d{4})")
_RECENT = timedelta(days=90)
"""A measurement that is older tells nothing of now."""
_CALLED = {
    "8310-5": "temperature", "8331-1": "temperature", "8867-4": "pulse", "9279-1": "respiratory rate",
    "2708-6": "SpO2", "59408-5": "SpO2", "2339-0": "glucose", "2345-7": "glucose", "15074-8": "glucose",
    "14749-6": "glucose", "718-7": "Hb", "6690-2": "WBC", "26464-8": "WBC", "777-3": "platelets",
    "26515-7": "platelets", "2160-0": "creatinine", "14682-9": "creatinine", "38483-4": "creatinine",
    "2823-3": "potassium", "6298-4": "potassium", "2951-2": "sodium", "2947-0": "sodium", "17861-6": "calcium",
    "1988-5": "CRP", "30522-7": "CRP", "4537-7": "ESR", "2524-7": "lactate", "1975-2": "bilirubin",
    "14631-6": "bilirubin", "1742-6": "ALT", "1920-8": "AST", "6768-6": "ALP", "4548-4": "HbA1c", "9269-2": "GCS",
    "39156-5": "BMI", "3084-1": "urate", "2276-4": "ferritin", "3016-3": "TSH", "1751-7": "albumin",
    "6598-7": "troponin", "10839-9": "troponin", "48065-7": "D-dimer", "48066-5": "D-dimer", "2744-1": "pH",
    "11558-4": "pH", "1963-8": "bicarbonate", "6301-6": "INR", "1798-8": "amylase", "3040-3": "lipase",
    "2157-6": "CK", "2532-0": "LDH", "2093-3": "total cholesterol", "2571-8": "triglycerides", "3094-0": "BUN",
}  # fmt: skip
"""By LOINC code, how a text calls the measure."""
_SYSTOLIC, _DIASTOLIC = "8480-6", "8462-4"
_UNITS = {"Cel": "°C", "[degF]": "°F", "/min": "/min", "mm[Hg]": "mmHg", "kg/m2": "kg/m2", "10*3/uL": "k/uL",
          "10*9/L": "×10^9/L", "{score}": "", "[pH]": "", "{INR}": "", "umol/L": "µmol/L", "[IU]/L": "U/L"}  # fmt: skip


def told_by(
    rows: Iterable[Assertion], entities: Mapping[str, Entity], about: Sequence[str] = (), today: date | None = None
) -> Told:
    """The case that a record states now: conditions that are findings are observed, others are known conditions.

    `entities` are those of the record by id, `about` the lines that tell sex and year of birth (`Sex: female`, `Born:
    1961`).
    """
    today = today or date.today()
    observed: dict[str, None] = {}
    excluded: dict[str, None] = {}
    conditions: dict[str, None] = {}
    drugs: dict[str, None] = {}
    latest: dict[str, tuple[str, str]] = {}
    kinds = {
        ("current", True): observed, ("denied", True): excluded, ("current", False): conditions,
        ("past", False): conditions,
    }  # fmt: skip
    for row in rows:
        standing, entity = standing_of(row), entities.get(row.object)
        name = entity.name if entity else row.object
        if row.predicate == "has_measurement" and standing == "current":
            _measure(row, entity, today, latest)
        elif row.predicate == "has_condition":
            sign = normalise(name) in phrases() or (entity is not None and entity.type == "Phenotype")
            into = kinds.get((standing, sign))
            if into is not None:
                into[name] = None
        elif row.predicate == "takes" and standing == "current":
            drugs[name] = None
    lines = "\n".join(about)
    sexes: Mapping[str, Sex] = {"female": "female", "male": "male"}
    born = _BORN.search(lines)
    return Told(
        observed=tuple(observed),
        excluded=tuple(excluded),
        text=_text(latest),
        age=max(round(today.year + today.timetuple().tm_yday / 366 - int(born[1]) - 0.5, 1), 0.0) if born else None,
        sex=sexes.get(match[1], "") if (match := _SEX.search(lines)) else "",
        conditions=tuple(conditions),
        drugs=tuple(drugs),
    )


def _measure(row: Assertion, entity: Entity | None, today: date, latest: dict[str, tuple[str, str]]) -> None:
    """Keep the latest recent value of a measure, by its code."""
    qualifiers = dict(row.qualifiers)
    day, value = qualifiers.get("date", ""), qualifiers.get("value", "")
    if not value or (day and day < (today - _RECENT).isoformat()):
        return
    unit = _UNITS.get(qualifiers.get("unit", ""), qualifiers.get("unit", ""))
    for id in (row.object, *(entity.xrefs if entity else ())):
        code = id.removeprefix("LOINC:")
        if code in _CALLED or code in (_SYSTOLIC, _DIASTOLIC):
            latest[code] = max(latest.get(code, ("", "")), (day, f"{value} {unit}".strip()))


def _text(latest: Mapping[str, tuple[str, str]]) -> str:
    lines = [f"{_CALLED[code]} {value}." for code, (_, value) in latest.items() if code in _CALLED]
    if _SYSTOLIC in latest and _DIASTOLIC in latest:
        upper, lower = (latest[code][1].split()[0] for code in (_SYSTOLIC, _DIASTOLIC))
        lines.append(f"BP {upper.split('.')[0]}/{lower.split('.')[0]} mmHg.")
    return " ".join(lines)
