from __future__ import annotations

import pytest

from graph.model import Assertion, Entity
from ingest.sources.curated.atc import CODE, alone, class_entity, classes


def test_a_code_tells_its_classes_once() -> None:
    declared: set[str] = set()
    records = list(classes("L02AE03", "made-up", declared, "atc/1"))
    assert [(e.id, e.name) for e in records if isinstance(e, Entity)] == [
        (f"ATC:{code}", class_entity(code).name) for code in ("L", "L02", "L02A", "L02AE")
    ]
    assert [(a.subject, a.object) for a in records if isinstance(a, Assertion)] == [
        ("ATC:L02", "ATC:L"), ("ATC:L02A", "ATC:L02"), ("ATC:L02AE", "ATC:L02A"),
    ]  # fmt: skip
    assert list(classes("L02AE04", "made-up", declared, "atc/1")) == []


@pytest.mark.parametrize(("code", "fits"), [("A01AA01", True), ("A01AA", False), ("E01AA01", False), ("", False)])
def test_a_code_of_a_substance(code: str, fits: bool) -> None:
    assert bool(CODE.fullmatch(code)) == fits


def test_which_codes_are_of_one_substance() -> None:
    assert all(alone(code) for code in ("A10BA02", "N05AN01", "C10AA01"))
    assert not any(alone(code) for code in ("A10BD11", "N02BE51", "C09DA01", "R03AK06", "J01EE20", "N02AA79"))


def test_a_class_goes_by_the_name_that_medgraph_ships() -> None:
    main = class_entity("C")
    assert main.name == "Drugs for the cardiovascular system"
    assert [(name.text, name.language) for name in main.synonyms] == [("心血管系统用药", "zh")]
    assert class_entity("Z99").name == "ATC class Z99"
