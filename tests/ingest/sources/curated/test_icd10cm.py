from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from graph.model import Assertion, Entity, Source
from ingest.sources.curated import icd10cm
from ingest.sources.detect import detect

XML = """<?xml version="1.0" encoding="utf-8"?>
<ICD10CM.tabular><version>2031</version>
<chapter><name>8</name><desc>Diseases of the ear (H60-H95)</desc>
<section id="H60-H62"><desc>Blue diseases of the ear (H60-H62)</desc>
<diag><name>H60</name><desc>Blue ear</desc><diag><name>H60.0</name><desc>Blue left ear</desc></diag></diag>
</section></chapter>
<chapter><name>18</name><desc>Symptoms (R00-R99)</desc>
<section id="R99"><desc>Hiccups (R99)</desc><diag><name>R99</name><desc>Hiccups</desc></diag></section></chapter>
</ICD10CM.tabular>
"""


def test_chapters_sections_and_codes(write: Callable[..., Path]) -> None:
    path = write("tabular.xml", XML)
    assert detect(path) == "icd10cm"
    source, *records = icd10cm.read(path)
    assert isinstance(source, Source)
    assert (source.id, source.version) == ("icd10cm", "2031")
    assert [(e.id, e.type) for e in records if isinstance(e, Entity)] == [
        ("ICD10CM:chapter-8", "Disease"), ("ICD10CM:H60-H62", "Disease"), ("ICD10CM:H60", "Disease"),
        ("ICD10CM:H60.0", "Disease"), ("ICD10CM:chapter-18", "Phenotype"), ("ICD10CM:R99", "Phenotype"),
        ("ICD10CM:R99", "Phenotype"),
    ]  # fmt: skip
    facts = [(a.subject, a.object) for a in records if isinstance(a, Assertion)]
    assert ("ICD10CM:H60.0", "ICD10CM:H60") in facts
    assert ("ICD10CM:R99", "ICD10CM:R99") not in facts


def test_the_package_carries_a_list() -> None:
    pytest.importorskip(icd10cm.PACKAGE)
    path = icd10cm.packaged()
    assert path is not None
    assert detect(path) == "icd10cm"
