import pytest

from graph.model import Assertion, Entity, Name
from qa.evidence.statement import about, clause, sentence

NAMES = {
    "D:1": Entity("D:1", "Disease", "Marfan syndrome", synonyms=(Name("马凡综合征", "zh"),)),
    "HP:1": Entity("HP:1", "Phenotype", "Ectopia lentis", synonyms=(Name("晶状体异位", "zh"),)),
    "HP:2": Entity("HP:2", "Concept", "Congenital onset", synonyms=(Name("先天发病", "zh"),)),
    "U:1": Entity("U:1", "Anatomy", "liver"),
    "G:1": Entity("G:1", "Gene", "ALB"),
    "B:1": Entity("B:1", "Drug", "Rifampicin"),
}


def stated(subject: str, predicate: str, object: str, polarity: str = "affirmed", **qualifiers: str) -> Assertion:
    return Assertion.new(
        subject, predicate, object, source="S", sentence="x", record="1", qualifiers=qualifiers,
        polarity="negated" if polarity == "negated" else "affirmed",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("row", "english", "chinese"),
    [
        (stated("D:1", "has_phenotype", "HP:1", frequency="3/7", onset="HP:2", evidence="PCS"),
         "Marfan syndrome presents with Ectopia lentis (in 3 of 7 patients, 43%; congenital onset).",
         "马凡综合征的表现包括晶状体异位（7例患者中有3例，43%；先天发病）。"),
        (stated("D:1", "has_phenotype", "HP:1", "negated"),
         "Marfan syndrome does not present with Ectopia lentis.", "马凡综合征的表现不包括晶状体异位。"),
        (stated("D:1", "has_phenotype", "HP:9"), "Marfan syndrome presents with HP:9.", "马凡综合征的表现包括HP:9。"),
        (stated("U:1", "upregulates", "G:1"), "ALB is upregulated in liver.", "ALB在liver中上调。"),
        (stated("U:1", "downregulates", "G:1", "negated"),
         "ALB is not downregulated in liver.", "ALB在liver中并不下调。"),
        (stated("U:1", "downregulates", "D:1"), "liver downregulates Marfan syndrome.", "liver下调马凡综合征。"),
        (stated("B:1", "upregulates", "G:1"), "Rifampicin upregulates ALB.", "Rifampicin上调ALB。"),
    ],
)  # fmt: skip
def test_a_record_becomes_a_sentence(row: Assertion, english: str, chinese: str) -> None:
    assert (sentence(row, "en", NAMES), sentence(row, "zh", NAMES)) == (english, chinese)
    assert clause(row, "en", NAMES) == english[:-1]


def test_what_a_sentence_names() -> None:
    assert about(stated("D:1", "has_phenotype", "HP:1", onset="HP:2")) == ("D:1", "HP:1", "HP:2")
