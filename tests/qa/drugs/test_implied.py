"""What the name of a condition says of circumstances."""

from __future__ import annotations

import pytest

from qa.drugs.implied import Implied, implied


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("Normal pregnancy", (True, False, "", None)),
        ("孕妇", (True, False, "", None)),
        ("History of pregnancy", (False, False, "", None)),
        ("Not pregnant", (False, False, "", None)),
        ("Breastfeeding", (False, True, "", None)),
        ("哺乳期", (False, True, "", None)),
        ("Alcoholic cirrhosis", (False, False, "impaired", None)),
        ("肝功能不全", (False, False, "impaired", None)),
        ("Acute liver failure", (False, False, "severe", None)),
        ("Nonalcoholic fatty liver disease", (False, False, "", None)),
        ("Chronic kidney disease stage 3 (disorder)", (False, False, "", 59)),
        ("CKD 3b", (False, False, "", 44)),
        ("慢性肾脏病4期", (False, False, "", 29)),
        ("Chronic kidney disease stage 5", (False, False, "", 14)),
        ("End-stage renal disease", (False, False, "", 14)),
        ("尿毒症", (False, False, "", 14)),
        ("severe renal impairment", (False, False, "", 29)),
        ("Chronic kidney disease", (False, False, "", None)),
        ("asthma", (False, False, "", None)),
    ],
)
def test_a_name(name: str, says: tuple[bool, bool, str, float | None]) -> None:
    told = implied([name])
    assert (told.pregnant, told.lactating, told.liver, told.egfr) == says


def test_the_worst_of_several_counts() -> None:
    told = implied(["liver failure", "liver cirrhosis", "CKD 3a", "CKD 4"])
    assert (told.liver, told.egfr) == ("severe", 29)
    assert implied([]) == Implied()
