import pytest

from graph.model import Assertion, Source
from graph.store import GraphStore
from graph.view import GraphView
from qa.differential import reading
from text.context.judgement import Polarity

STORES = ["sqlite", pytest.param("neo4j", marks=pytest.mark.neo4j)]
pytestmark = pytest.mark.parametrize("curated", STORES, indirect=True)


def test_what_stands_below_and_above(public: GraphView) -> None:
    assert reading.below(public, ["HP:0000545"]) == {"HP:0000545", "HP:0011003"}
    assert len(reading.below(public, ["HP:0000118"])) == 8
    assert len(reading.below(public, ["HP:0000118"], limit=2)) == 7, "one step further than the limit and no more"
    assert reading.parents(public, ("HP:0011003", "HP:0001945")) == ("HP:0000118", "HP:0000545")
    assert reading.parents(public, ("HP:0000118",)) == ()


def test_who_has_a_finding_and_who_is_stated_not_to(public: GraphView) -> None:
    held = reading.holders(public, ["HP:0001083"])
    assert held is not None
    assert (held.having, held.denying) == ({"OMIM:154700", "OMIM:236200"}, {"OMIM:130000"})
    assert reading.holders(public, ["HP:0002315"]) is None
    assert reading.holders(public, ["HP:0001083"], limit=3) is None, "as common as the limit says nothing"
    assert reading.holders_of_parent(public, "HP:0000545") == reading.holders(public, ["HP:0000545", "HP:0011003"])


def test_counts_and_frequencies(public: GraphView) -> None:
    assert reading.annotated(public, ["OMIM:154700", "OMIM:130000", "DOID:9352"]) == {
        "OMIM:154700": 5,
        "OMIM:130000": 3,
        "DOID:9352": 0,
    }
    frequencies = reading.frequencies(public, "OMIM:154700")
    assert frequencies["HP:0001166"] == 41 / 52
    assert reading.frequencies(public, "OMIM:130000").keys() == {"HP:0001382", "HP:0001065"}


def test_a_plain_list_does_not_hide_that_a_finding_is_seldom(public: GraphView) -> None:
    """Of its findings nothing is known of how often, which counts as half."""
    lists = Source("plain list", "curated")
    diseases = ("OMIM:154700", "OMIM:236200", "OMIM:130000")
    before = {disease: reading.frequencies(public, disease) for disease in diseases}
    assert min(often for findings in before.values() for often in findings.values()) < 0.5
    public.store.load(
        lists,
        (),
        [
            Assertion.new(disease, "has_phenotype", finding, source=lists.id, sentence="", record="1")
            for disease, findings in before.items()
            for finding in (*findings, "HP:0002315")
        ],
    )
    for disease, findings in before.items():
        assert reading.frequencies(public, disease) == {"HP:0002315": 0.5} | findings
    public.store.delete([lists.id])


def test_a_statement_that_says_how_often_outweighs_those_that_do_not(curated: GraphStore, public: GraphView) -> None:
    def said(finding: str, frequency: str, polarity: Polarity = "affirmed", source: str = "HPOA") -> Assertion:
        return Assertion.new(
            "OMIM:236200", "has_phenotype", finding, source=source, sentence=finding, record=f"{finding} {frequency}",
            qualifiers={"frequency": frequency} if frequency else {}, polarity=polarity,
        )  # fmt: skip

    curated.load(Source("HPOA", "curated"), [], [
        said("HP:0001945", "1/98"), said("HP:0012735", "0/4", "negated"), said("HP:0000988", "", "negated"),
    ])  # fmt: skip
    curated.load(Source("list", "curated"), [], [
        said(finding, "not stated", source="list") for finding in ("HP:0001945", "HP:0012735", "HP:0000988")
    ])  # fmt: skip
    frequencies = reading.frequencies(public, "OMIM:236200")
    assert frequencies["HP:0001945"] == 2 / 100
    assert frequencies["HP:0012735"] == 1 / 6
    assert frequencies["HP:0000988"] == 0.5
