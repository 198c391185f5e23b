from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Name, Source
from ingest.model import Failure
from ingest.sources.curated import who
from ingest.sources.detect import detect

Write = Callable[..., Path]

HEAD = '<?xml version="1.0" encoding="utf-8"?>\n<tryton><data>\n'
CLASSES = (
    HEAD + '<record model="gnuhealth.medicament.category" id="em"><field name="name">All</field></record>\n'
    '<record model="gnuhealth.medicament.category" id="em_1"><field name="name">BLUE DRUGS</field>'
    '<field name="parent" ref="em"/></record>\n'
    '<record model="gnuhealth.medicament.category" id="em_1_1"><field name="name">Azure drugs</field>'
    '<field name="parent" ref="em_1"/></record>\n'
    '<record model="gnuhealth.medicament.category" id="em_1_1c"><field name="name">Complementary</field></record>\n'
    '<record model="gnuhealth.medicament.category" id="em_2"/>\n</data></tryton>\n'
)


def _medicine(number: int, name: str, letter: str, warning: str, category: str = "em_1_1c") -> str:
    return (
        f'<record model="gnuhealth.medicament" id="meds_em{number}"><field name="active_component">{name}</field>'
        f'<field name="category" ref="{category}"/><field name="pregnancy_warning">{warning}</field>'
        f'<field name="pregnancy_category">{letter}</field></record>\n'
    )


MEDICINES = (
    HEAD
    + _medicine(1, "warfarin", "X", "1")
    + _medicine(2, "Bluezol (azurol)", "B", "")
    + _medicine(3, "warfarin sodium +   bluezol", "C", "1")
    + _medicine(4, "", "D", "1")
    + '<record model="product.template" id="t"><field name="name">Warfarin</field></record></data></tryton>\n'
)
CATALOGUE = """msgid ""
msgstr "Content-Type: text/plain; charset=utf-8"

msgctxt "model:gnuhealth.medicament,active_component:meds_em2"
msgid "Bluezol (azurol)"
msgstr "蓝唑"

msgctxt "model:gnuhealth.medicament,active_component:meds_em1"
msgid ""
"warfarin"
msgstr ""
"二甲"
"双胍"

msgctxt "model:gnuhealth.medicament.category,name:em_1"
msgid "BLUE DRUGS"
msgstr "蓝药"
"""


@pytest.fixture
def data(write: Write) -> Path:
    write("m/tryton.cfg", "[tryton]\nversion=9.1\n")
    write("m/locale/zh_CN.po", CATALOGUE)
    write("m/data/medicament_categories.xml", CLASSES)
    return write("m/data/list.xml", MEDICINES).parent


def test_classes(data: Path) -> None:
    path = data / "medicament_categories.xml"
    assert detect(path) == "who"
    source, *records = who.read(path)
    assert isinstance(source, Source)
    assert (source.version, "NC" in source.licence) == ("9.1", True)
    assert [r for r in records if isinstance(r, Entity)] == [
        Entity("WHO:class-em_1", "Concept", "Blue drugs", (Name("蓝药", "zh"),)),
        Entity("WHO:class-em_1_1", "Concept", "Azure drugs"),
    ]
    assert [(a.subject, a.object) for a in records if isinstance(a, Assertion)] == [
        ("WHO:class-em_1_1", "WHO:class-em_1"),
    ]
    assert [f.record for f in records if isinstance(f, Failure)] == ["record 5"]


def test_medicines(data: Path) -> None:
    _, *records = who.read(data / "list.xml")
    facts = [r for r in records if isinstance(r, Assertion)]
    assert [(a.subject, a.predicate, a.object, dict(a.qualifiers).get("category", "")) for a in facts] == [
        ("MESH:D014859", "has_role", "WHO:class-em_1_1", ""),
        ("MESH:D014859", "contraindicated_in", "MEDGRAPH:pregnancy", "X"),
        ("WHO:bluezol-azurol", "has_role", "WHO:class-em_1_1", ""),
        ("WHO:warfarin-sodium-bluezol", "has_ingredient", "MESH:D014859", ""),
        ("WHO:warfarin-sodium-bluezol", "has_ingredient", "WHO:bluezol", ""),
        ("WHO:warfarin-sodium-bluezol", "has_role", "WHO:class-em_1_1", ""),
        ("WHO:warfarin-sodium-bluezol", "cautioned_in", "MEDGRAPH:pregnancy", "C"),
    ]
    assert dict(facts[1].qualifiers)["mechanism"].startswith("pregnancy category X")
    drugs = {r.id: r for r in records if isinstance(r, Entity)}
    # The catalogue gives warfarin the name of metformin: the lexicon knows better.
    assert drugs["MESH:D014859"] == Entity(
        "MESH:D014859", "Drug", "Warfarin", (Name("warfarin", "en"), Name("warfarin sodium", "en"))
    )
    assert drugs["WHO:bluezol-azurol"] == Entity("WHO:bluezol-azurol", "Drug", "Bluezol", (Name("蓝唑", "zh"),))
    assert [f.record for f in records if isinstance(f, Failure)] == ["record 4"]
