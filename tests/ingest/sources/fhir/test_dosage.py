"""How a drug is to be taken, from the parts of a Dosage."""

from __future__ import annotations

from typing import Any

import pytest

from ingest.sources.fhir.dosage import dosage_of, instruction_of

MG = {"doseAndRate": [{"doseQuantity": {"value": 5, "unit": "mg"}}]}
ML, HOUR = {"value": 100, "unit": "mL"}, {"value": 1, "unit": "h"}


def timed(**repeat: Any) -> dict[str, Any]:
    return {**MG, "timing": {"repeat": repeat}}


@pytest.mark.parametrize(
    ("instruction", "words"),
    [
        (timed(frequency=1, period=1, periodUnit="d"), "5 mg daily"),
        (timed(frequency=2, period=1, periodUnit="d"), "5 mg twice daily"),
        (timed(frequency=1, frequencyMax=3, period=1, periodUnit="wk"), "5 mg 1–3 times per week"),
        (timed(frequency=1, period=4, periodMax=6, periodUnit="h"), "5 mg every 4–6 hours"),
        (timed(dayOfWeek=["mon", "thu"], timeOfDay=["08:00:00"]), "5 mg on Mondays and Thursdays at 08:00"),
        (timed(when=["ACM"], offset=30), "5 mg 30 minutes before breakfast"),
        (timed(boundsDuration={"value": 7, "code": "d"}), "5 mg, for 7 days"),
        (timed(boundsPeriod={"start": "2020-01-01", "end": "2020-02-01"}), "5 mg, from 2020-01-01 until 2020-02-01"),
        (timed(count=3, duration=1, durationUnit="h"), "5 mg, 3 times in all, over 1 hour"),
        ({**MG, "timing": {"code": {"coding": [{"code": "BID"}]}}}, "5 mg twice daily"),
        ({**MG, "asNeededCodeableConcept": {"text": "pain"}}, "5 mg, as needed for pain"),
        ({**MG, "route": {"text": "oral"}}, "5 mg, oral"),
        ({"doseAndRate": [{"rateRatio": {"numerator": ML, "denominator": HOUR}}]}, "at 100 mL / 1 h"),
        ({**MG, "maxDosePerPeriod": {"numerator": ML, "denominator": HOUR}}, "5 mg, at most 100 mL per hour"),
        ({**MG, "text": "one in the morning"}, "one in the morning"),
        ({"dose": {"value": 2, "unit": "g"}, "site": {"text": "left arm"}}, "2 g, at left arm"),
    ],
)  # fmt: skip
def test_every_part_is_told(instruction: dict[str, Any], words: str) -> None:
    assert instruction_of(instruction) == words


def test_instructions_stand_in_their_order() -> None:
    assert dosage_of([{"sequence": 2, "text": "then 5 mg"}, {"sequence": 1, "text": "10 mg"}]) == "10 mg, then 5 mg"
    assert dosage_of([{"text": "a"}, {"text": "b"}]) == "a; b"
