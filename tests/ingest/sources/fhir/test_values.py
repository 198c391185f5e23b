"""Every value[x] of an Observation is shown."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from ingest.sources.fhir.values import age_of, missing_of, number_of, value_of


@pytest.mark.parametrize(
    ("measured", "shown"),
    [
        ({"valueQuantity": {"value": 5, "unit": "mg", "comparator": "<"}}, "<5 mg"),
        ({"valueCodeableConcept": {"text": "positive"}}, "positive"),
        ({"valueBoolean": False}, "no"),
        ({"valueInteger": 0}, "0"),
        ({"valueRange": {"low": {"value": 1, "unit": "mg"}, "high": {"value": 2, "unit": "mg"}}}, "1–2 mg"),
        ({"valueRange": {"high": {"value": 2, "unit": "mg"}}}, "at most 2 mg"),
        ({"valueRatio": {"numerator": {"value": 1}, "denominator": {"value": 128}}}, "1 / 128"),
        ({"valuePeriod": {"start": "2020-01-01", "end": "2020-02-01"}}, "2020-01-01 to 2020-02-01"),
        ({"valueSampledData": {"origin": {"value": 0, "unit": "mV"}, "data": "1 2 3"}}, "samples 1 2 3 mV"),
        ({"valueTime": "08:00:00"}, "08:00:00"),
        ({}, ""),
    ],
)
def test_values(measured: dict[str, Any], shown: str) -> None:
    assert value_of(measured)[2] == shown


@pytest.mark.parametrize(
    ("age", "words"),
    [
        ({"value": 6, "code": "a", "system": "http://unitsofmeasure.org"}, "6 years"),
        ({"value": 1, "unit": "a"}, "1 year"),
        ({"value": 18, "unit": "mo", "code": "mo"}, "18 months"),
        ({"value": 3, "unit": "wks", "code": "wk"}, "3 weeks"),
        ({"value": 2, "code": "d"}, "2 days"),
        ({"value": 5, "code": "h"}, "5 hours"),
        ({"value": 40, "unit": "years"}, "40 years"),
        ({"value": 40, "code": "a", "comparator": "<"}, "<40 years"),
        ({"low": {"value": 2, "code": "a"}, "high": {"value": 5, "code": "a"}}, "2–5 years"),
        ({"low": {"value": 11, "code": "mo"}, "high": {"value": 2, "code": "a"}}, "11 months–2 years"),
        ({"high": {"value": 5, "code": "a"}}, "at most 5 years"),
        ({}, ""),
    ],
)
def test_ages(age: dict[str, Any], words: str) -> None:
    assert age_of(age) == words


def test_a_reason_for_no_value() -> None:
    assert missing_of({"dataAbsentReason": {"text": "not performed"}}) == "not performed"


def test_a_number_has_six_digits_however_large_it_is() -> None:
    told = {5: "5", 1.23456789: "1.23457", Decimal("1.50000000"): "1.5", 10**350: "1.00000e+350"}
    assert [number_of(value) for value in told] == list(told.values())
