"""What of a line of a list of medicines names the drug."""

from __future__ import annotations

import pytest

from text.prescription import drug_in, drugs_in, lines_in


@pytest.mark.parametrize(
    ("line", "drug"),
    [
        ("warfarin 5 mg po qd", "warfarin"),
        ("Tab. Metformin 500mg BID", "Metformin"),
        ("2 tabs paracetamol 500mg prn", "paracetamol"),
        ("nitroglycerin 0.4 mg SL prn", "nitroglycerin"),
        ("二甲双胍0.5g 每日三次", "二甲双胍"),
        ("insulin glargine 10 units qhs", "insulin glargine"),
        ("vitamin B12 1000 mcg im monthly", "vitamin B12"),
        ("5-fluorouracil 500 mg iv", "5-fluorouracil"),
        ("1,25-dihydroxyvitamin D", "1,25-dihydroxyvitamin D"),
        ("6-MP 50 mg", "6-MP"),
        ("aspirin", "aspirin"),
        ("an anticoagulant", "anticoagulant"),
        ("5 mg", "5 mg"),
        ("", ""),
    ],
)
def test_amount_route_and_times_are_no_part_of_the_name(line: str, drug: str) -> None:
    assert drug_in(line) == drug


@pytest.mark.parametrize(
    ("line", "names", "inside"),
    [
        ("warfarin 5 mg po qd", ("warfarin",), ()),
        ("aspirin 25 mg/dipyridamole 200 mg", ("aspirin", "dipyridamole"), ()),
        ("amoxicillin and clavulanate", ("amoxicillin", "clavulanate"), ()),
        ("aspirin 100mg, clopidogrel 75mg daily", ("aspirin", "clopidogrel"), ()),
        ("阿司匹林100mg、氯吡格雷75mg", ("阿司匹林", "氯吡格雷"), ()),
        ("warfarin 5 mg, once daily with food", ("warfarin",), ()),
        ("insulin 5 units/day", ("insulin",), ()),
        ("fentanyl 25 mcg/h", ("fentanyl",), ()),
        ("fentanyl 25 mcg/h patch q72h", ("fentanyl",), ()),
        ("salbutamol 100 mcg/puff inhaler", ("salbutamol",), ()),
        ("amoxicillin 250 mg/5 mL suspension", ("amoxicillin",), ()),
        ("heparin 18 units/kg/h", ("heparin",), ()),
        ("华法林钠片（2.5mg）", ("华法林钠片",), ()),
        ("warfarin (Coumadin) 5 mg", ("warfarin",), ("Coumadin",)),
        ("warfarin 5 mg, INR 2.5", ("warfarin", "INR 2.5"), ()),
        ("1,25-dihydroxyvitamin D", ("1,25-dihydroxyvitamin D",), ()),
    ],
)
def test_no_drug_of_several_in_a_line_is_dropped(line: str, names: tuple[str, ...], inside: tuple[str, ...]) -> None:
    assert drugs_in(line) == (names, inside)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("warfarin; amiodarone", ("warfarin", "amiodarone")),
        ("华法林、胺碘酮", ("华法林", "胺碘酮")),
        ("warfarin, ibuprofen and fluoxetine", ("warfarin", "ibuprofen", "fluoxetine")),
        ("warfarin, ibuprofen, and fluoxetine", ("warfarin", "ibuprofen", "fluoxetine")),
        ("insulin, human", ("insulin, human",)),
        ("sulfamethoxazole and trimethoprim", ("sulfamethoxazole and trimethoprim",)),
        ("", ("",)),
    ],
)
def test_a_list_in_one_line_is_parted(text: str, lines: tuple[str, ...]) -> None:
    assert lines_in(text) == lines
