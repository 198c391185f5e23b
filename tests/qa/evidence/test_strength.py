import pytest

from graph.model import Assertion, Source
from qa.evidence.strength import CHINESE, study, weakness


def paper(title: str, year: int = 2000) -> Source:
    return Source("PMID:1", "document", title=title, year=year)


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("Statins in the old: a systematic review and meta-analysis of randomized trials", "systematic review"),
        ("A randomised, double-blind trial of losartan", "randomised trial"),
        ("A phase II study of imatinib", "clinical trial"),
        ("A prospective cohort of 40 children", "cohort study"),
        ("Lens luxation after a fall: case report", "case report"),
        ("Report of two cases", "case report"),
        ("Marfan syndrome: a review", "review"),
        ("Reviewing nothing", ""),
        ("二甲双胍治疗多囊卵巢综合征的随机对照试验", "randomised trial"),
        ("Losartan and the aorta", ""),
    ],
)
def test_a_title_names_the_kind_of_study(title: str, kind: str) -> None:
    assert study(paper(title)) == kind
    assert kind == "" or CHINESE[kind]


def test_a_data_set_is_no_study() -> None:
    assert study(Source("S", "curated", title="A randomised review")) == study(None) == ""


def test_what_was_read_in_the_text_tells_where_the_title_does_not() -> None:
    told = {"study": "cohort study"}
    assert study(paper("Losartan and the aorta"), told) == "cohort study"
    assert study(paper("A randomised trial"), told) == "randomised trial"
    assert study(paper("Losartan and the aorta"), {"study": "meta-analysis"}) == "systematic review"
    assert study(Source("S", "curated"), told) == study(paper("x"), {"study": "dream"}) == ""


def stated(record: str, **rest: object) -> Assertion:
    return Assertion.new("D:1", "treats", "D:2", source="S", sentence="x", record=record, **rest)  # type: ignore[arg-type]  # words of the model


def test_the_strongest_come_first() -> None:
    data = Source("S", "curated")
    order = [
        (stated("1", qualifiers={"evidence": "PCS"}), data),
        (stated("2"), data),
        (stated("3", qualifiers={"evidence": "IEA"}), data),
        (stated("4", confidence=0.6), paper("A randomised trial")),
        (stated("4a", qualifiers={"study": "cohort study"}), paper("A paper")),
        (stated("5", confidence=0.9), paper("A paper", 2020)),
        (stated("6", confidence=0.9), paper("A paper", 1990)),
        (stated("7", confidence=0.8), paper("A paper", 2024)),
        (stated("7a", confidence=0.95, qualifiers={"section": "background"}), paper("A paper", 2025)),
        (stated("8", certainty="possible"), paper("A randomised trial")),
        (stated("9", qualifiers={"species": "rats"}), paper("A randomised trial")),
        (stated("10", qualifiers={"species": "rats"}), paper("A paper")),
    ]
    turned = list(reversed(order))
    assert sorted(turned, key=lambda pair: weakness(*pair)) == order
    assert weakness(order[0][0], None)
