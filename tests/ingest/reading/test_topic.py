from __future__ import annotations

import pytest

from ingest.model import Mention
from ingest.reading.topic import may_name, topic


def named(title: str, *names: str, type: str = "Drug") -> Mention | None:
    places = sorted((title.index(name), name) for name in names)
    return topic(title, [Mention(at, at + len(name), name, type, f"X:{name}", 1.0) for at, name in places])


@pytest.mark.parametrize(
    "title",
    [
        "Metformin",
        "Metformin tablets",
        "What is Metformin used for ?",
        "Metformin有哪些副作用",
        "Patient information leaflet: Metformin",
        "Metformin hydrochloride 500 mg film-coated, package insert",
        "Guideline for the use of Metformin in adults",
        "Use of Metformin in adults and children: an overview",
        "盐酸Metformin缓释片说明书",
        "Consumer medicine information: Metformin",
        "Medication guide for Metformin capsules",
        "Package leaflet: Information for the user. Metformin 5 mg tablets",
        "Highlights of prescribing information: GLUCOX (Metformin)",
        "Metformin缓释胶囊（某名）药品说明书",
        "Metformin leaflet for those who take it: patient information",
        "2023 ESC Guidelines for the management of Metformin",
        "NICE guideline NG80: Metformin, diagnosis and monitoring",
        "Clinical practice guideline: management of acute Metformin in adults",
        "Metformin诊疗指南2020",
        "儿童社区获得性Metformin管理专家共识（2019年版）",
    ],
)
def test_a_title_that_is_a_name_asks_about_one_or_heads_a_leaflet_tells_the_topic(title: str) -> None:
    found = named(title, "Metformin")
    assert found is not None
    assert found.entity == "X:Metformin"


def test_a_title_that_tells_something_is_no_topic() -> None:
    assert named("A randomised trial of Metformin in older adults", "Metformin") is None


@pytest.mark.parametrize(
    ("title", "name", "type"),
    [
        ("Anterior leaflet repair in mitral regurgitation of old age", "mitral regurgitation", "Disease"),
        ("Adherence to guidelines for the care of asthma in schools", "asthma", "Disease"),
        ("阿司匹林指南依从性的现况调查", "阿司匹林", "Drug"),
        ("Effect of a patient information leaflet on adherence to warfarin", "warfarin", "Drug"),
        ("Readability of the package insert of metformin in three countries", "metformin", "Drug"),
        ("Randomised trial of a fact sheet on isotretinoin for adolescents", "isotretinoin", "Drug"),
        ("Guideline for nurses caring for relatives of people with dementia", "dementia", "Disease"),
        ("Guidelines on reporting animal studies of stroke", "stroke", "Disease"),
        ("Overview of the immune response in tuberculosis", "tuberculosis", "Disease"),
        ("Survival of children born to mothers with lupus: an overview", "lupus", "Disease"),
        ("Barriers to care of veterans with depression: clinical practice guideline", "depression", "Disease"),
        ("哮喘患者家属心理状况概述", "哮喘", "Disease"),
        ("小儿哮喘病房护士培训指南", "哮喘", "Disease"),
        ("华法林药品说明书阅读情况的调查研究", "华法林", "Drug"),
        ("说明书外使用利妥昔单抗的伦理问题", "利妥昔单抗", "Drug"),
        ("药师用药指导对华法林患者依从性的影响", "华法林", "Drug"),
        ("某医院高血压病房简介", "高血压", "Disease"),
    ],
)
def test_a_title_that_only_holds_such_a_word_is_no_topic(title: str, name: str, type: str) -> None:
    assert named(title, name, type=type) is None


def test_a_title_of_two_things_is_no_topic() -> None:
    assert named("Metformin or insulin?", "Metformin", "insulin") is None
    assert named("Nothing", type="Drug") is None
    assert named("Liver", "Liver", type="Anatomy") is None


def test_long_titles_are_not_read() -> None:
    assert may_name("Metformin")
    assert not may_name("")
    assert not may_name("x" * 200)
