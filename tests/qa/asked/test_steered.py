import pytest

from qa.asked.steered import steered, without_kidney
from qa.model import AskedEntity


def named(*types: str) -> list[AskedEntity]:
    return [AskedEntity(f"X:{type}", type, type, type, False, "") for type in types]


@pytest.mark.parametrize(
    ("text", "likely", "types", "topic"),
    [
        ("They say it is a lymphoma. Can this be cured?", "diagnosis", ("Disease",), "prognosis"),
        ("是不是没救了", "diagnosis", (), "prognosis"),
        ("will the leg recover, and if the nerve was cut instead?", "inheritance", ("Disease",), "prognosis"),
        ("Which hereditary syndromes raise the risk of a brain tumour?", "inheritance", ("Disease",), "cause"),
        ("哪些遗传病会增加脑瘤的风险", "inheritance", ("Disease",), "cause"),
        ("cirrhosis - what do we keep watching for?", "workup", ("Disease",), "monitoring"),
        ("肝硬化要长期警惕什么", "diagnosis", ("Disease",), "monitoring"),
        ("Are steroids of use in it? If not, which drugs are given?", "contraindication", ("Disease",), "treatment"),
        ("A plus B. What safety concern was raised?", "interaction", ("Drug",), "study"),
        ("how long until sertraline works?", "dose", ("Drug",), "advice"),
        ("舍曲林多久起效", "dose", ("Drug",), "advice"),
        ("二甲双胍，eGFR只有25，还能吃吗", "genotype", ("Drug",), "contraindication"),
        ("my eGFR is 20, can I keep taking it?", "gene", ("Drug",), "contraindication"),
    ],
)
def test_a_wording_settles_the_topic(text: str, likely: str, types: tuple[str, ...], topic: str) -> None:
    assert steered(text, (likely, "general"), named(*types))[0] == topic


@pytest.mark.parametrize(
    ("text", "likely", "types"),
    [
        ("How is osteosarcoma inherited?", "inheritance", ("Disease",)),
        ("Does warfarin interact with aspirin?", "interaction", ("Drug",)),
        ("Which drugs inhibit EGFR?", "gene", ("Gene", "Drug")),
        ("What is the dose of sertraline?", "dose", ("Drug",)),
        ("怎么治疗哮喘", "treatment", ("Disease",)),
    ],
)
def test_any_other_is_left_as_it_is_likely(text: str, likely: str, types: tuple[str, ...]) -> None:
    assert steered(text, (likely, "general"), named(*types)) == (likely, "general")


def test_an_egfr_with_a_number_is_of_the_kidney() -> None:
    gene = [AskedEntity("GENE:egfr", "Gene", "EGFR", "eGFR", False, "")]
    assert without_kidney("eGFR只有25了", gene) == ()
    assert without_kidney("my eGFR is 22", gene) == ()
    assert without_kidney("an EGFR mutation in 20 patients", gene) == tuple(gene)
