import pytest

from graph.model import Assertion, Entity
from qa.evidence import judged
from qa.evidence.statement import sentence

NAMED = {
    "D:1": Entity("D:1", "Disease", "Influenza"),
    "HP:1": Entity("HP:1", "Phenotype", "Fever"),
    "MEDGRAPH:population-general": Entity("MEDGRAPH:population-general", "Concept", "general population"),
    "MEDGRAPH:must-not-be-missed": Entity("MEDGRAPH:must-not-be-missed", "Concept", "must not be missed"),
}


def stated(predicate: str, object: str, **qualifiers: str) -> Assertion:
    return Assertion.new(
        "D:1", predicate, object, source=judged.SOURCE, sentence="a line", record="1", qualifiers=qualifiers
    )


@pytest.mark.parametrize(
    ("assertion", "en", "zh"),
    [
        (
            stated("has_phenotype", "HP:1", frequency="85%", kind="exam"),
            "Influenza presents with Fever (in 85 of 100; by judgement).",
            "Influenza的表现包括Fever（每100人中85人；凭判断估计）。",
        ),
        (
            stated("occurs_in", "MEDGRAPH:population-general", incidence="3000", female="55", ages="old=10"),
            "Influenza occurs in the general population (55% of them women; about 3,000 new cases a year per "
            "100,000; by judgement).",
            "Influenza见于普通人群（女性占55%；每10万人每年约3,000例；凭判断估计）。",
        ),
        (
            stated("has_modifier", "MEDGRAPH:must-not-be-missed", why="Hours count.", why_zh="须尽快处理。"),
            "Influenza must not be missed (Hours count).",
            "Influenza不可漏诊（须尽快处理）。",
        ),
    ],
)
def test_statements_of_the_tables_read_well(assertion: Assertion, en: str, zh: str) -> None:
    assert (sentence(assertion, "en", NAMED), sentence(assertion, "zh", NAMED)) == (en, zh)


def test_less_than_one_of_a_hundred() -> None:
    assert judged.of_hundred("0.2%", chinese=False) == "in 2 of 1,000"
    assert judged.of_hundred("0%", chinese=True) == "每100人中0人"


def test_what_is_no_part_of_the_statement_is_left_out() -> None:
    assert judged.qualifier("kind", "exam", chinese=False) == ""
    assert judged.qualifier("ratio", "5", chinese=False) == "odds multiplied by 5"
