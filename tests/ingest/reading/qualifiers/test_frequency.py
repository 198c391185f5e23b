from __future__ import annotations

import pytest

from ingest.reading.qualifiers.frequency import cues, often


def of(text: str, what: str) -> dict[str, str]:
    at = text.index(what)
    return often(text, cues(text), (at, at + len(what)), None)


@pytest.mark.parametrize(
    ("text", "what", "expected"),
    [
        ("Common: headache, nausea; rare: rash", "nausea", "common"),
        ("Common: headache, nausea; rare: rash", "rash", "rare"),
        ("rash (12%), itch (3%)", "rash", "12%"),
        ("rash (12%), itch (3%)", "itch", "3%"),
        ("rash was seen in 3 out of 40 patients", "rash", "3/40"),
        ("12% of patients had rash and 5% had itch", "itch", "5%"),
        ("rash is an uncommon effect", "rash", "uncommon"),
        ("fever and, rarely, rash", "rash", "rare"),
        ("fever and, rarely, rash", "fever", ""),
        ("rash and itch occurred in 20% and 8% respectively", "rash", "20%"),
        ("rash and itch occurred in 20% and 8% respectively", "itch", "8%"),
        ("rash, itch and fever occurred in 20% and 8% respectively", "itch", ""),
        ("about 1 in 5 patients get rash", "rash", "20%"),
        ("rash (may affect up to 1 in 1,000 people)", "rash", "rare"),
        ("皮疹、瘙痒的发生率分别为20%和8%", "瘙痒", "8%"),
        ("皮疹（12%）、瘙痒（3%）", "瘙痒", "3%"),
        ("50例患者中4例出现皮疹", "皮疹", "4/50"),
        ("偶见皮疹，罕见瘙痒", "皮疹", "occasional"),
        ("rash and a common cold", "rash", ""),
        ("a rare disease with rash", "rash", ""),
        ("rash led to withdrawal and remission was seen in 40%", "rash", ""),
        ("rash was reduced by 40%", "rash", ""),
        ("rash after 0.1% tacrolimus", "rash", ""),
        ("rash (95% CI 2 to 5)", "rash", ""),
        ("rash in 30 of 20 patients", "rash", ""),
        ("rash after infusion of fat (Intralipid 20%)", "rash", ""),
        ("皮疹是一种常见病", "皮疹", ""),
    ],
)
def test_how_often(text: str, what: str, expected: str) -> None:
    assert of(text, what).get("frequency", "") == expected


def test_how_often_under_placebo() -> None:
    assert of("rash in 12% of patients and in 4% of those on placebo", "rash") == {"frequency": "12%", "placebo": "4%"}
    assert of("皮疹发生率为12%，安慰剂组为4%", "皮疹") == {"frequency": "12%", "placebo": "4%"}
    assert of("rash (12%) was commoner than with placebo", "rash") == {"frequency": "12%"}
