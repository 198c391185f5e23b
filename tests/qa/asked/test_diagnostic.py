import pytest

from qa.asked.diagnostic import Diagnostic, asks_what, case_in, diagnostic
from qa.model import AskedEntity


def entities(*names: str, type: str = "Disease") -> list[AskedEntity]:
    return [AskedEntity(f"D:{name}", type, name, name, False, "") for name in names]


@pytest.mark.parametrize(
    ("text", "named", "sought"),
    [
        ("Which muscular dystrophy has calf pain?", ["muscular dystrophy"], Diagnostic("muscular dystrophy")),
        ("What type of anemia has a low MCV?", ["anemia"], Diagnostic("anemia")),
        ("哪种贫血有异食癖？", ["贫血"], Diagnostic("贫血")),
        ("哪种糖原贮积病有低血糖？", [], Diagnostic("糖原贮积病")),
        ("Which type of EDS has fragile skin?", [], Diagnostic("EDS")),
        ("Is it more likely gout or psoriasis?", ["gout", "psoriasis"], Diagnostic("", ("gout", "psoriasis"))),
        ("Fever and rash: could it be lupus?", ["lupus"], Diagnostic("", ("lupus",))),
        ("是痛风还是银屑病？", ["痛风", "银屑病"], Diagnostic("", ("痛风", "银屑病"))),
        ("Which disease has rash in a patient with gout?", ["gout"], Diagnostic()),
        ("Cough in asthma: what should I ask next?", ["asthma"], Diagnostic(next=True)),
        ("胸痛患者不能漏诊什么病？", [], Diagnostic(missed=True)),
        ("Why not gout in a man with fever?", ["gout"], Diagnostic("", ("gout",))),
        ("为什么不是痛风？发热", ["痛风"], Diagnostic("", ("痛风",))),
        ("Cough and fever: which test next?", [], Diagnostic(next=True, tests=True)),
        ("咳嗽、发热，下一步做什么检查？", [], Diagnostic(next=True, tests=True)),
    ],
)
def test_what_is_asked_beside_the_case(text: str, named: list[str], sought: Diagnostic) -> None:
    assert diagnostic(text, entities(*named)) == sought


def test_findings_with_an_or_between_them_are_not_asked_about() -> None:
    both = [*entities("diarrhea", "vomiting"), *entities("diarrhea", "vomiting", type="Phenotype")]
    assert diagnostic("Patient with diarrhea or vomiting. Which disease?", both) == Diagnostic()
    assert diagnostic("Which disease has diarrhea or vomiting in a child?", both) == Diagnostic()


def test_two_names_before_a_case_are_asked_about_whatever_findings_go_by_them() -> None:
    both = [*entities("Gout", "psoriasis"), *entities("Gout", "psoriasis", type="Phenotype")]
    assert diagnostic("Gout or psoriasis in a man with a rash?", both).weighed == ("Gout", "psoriasis")


@pytest.mark.parametrize(
    ("text", "asks"),
    [("What must not be missed in headache?", True), ("还应该问什么？", True), ("Which disease has fever?", False)],
)
def test_asks_what(text: str, asks: bool) -> None:
    assert asks_what(text) is asks


@pytest.mark.parametrize(
    ("text", "named", "case"),
    [
        ("Is it more likely gout or psoriasis in a man with a rash?", ["gout", "psoriasis"], "… in a man with a rash."),
        ("Rule out gout: fever and rash", ["gout"], "…: fever and rash"),
        ("Why isn't it gout in a man with fever?", ["gout"], "… in a man with fever."),
        ("What is the cause of fever, and what test to do next?", [], "What is the cause of fever, …."),
        ("咳嗽、喘息，下一步做什么检查？", [], "咳嗽、喘息，…."),
        ("Could a woman with nausea be pregnant?", [], "Could a woman with nausea …."),
    ],
)
def test_what_asks_is_no_part_of_the_case(text: str, named: list[str], case: str) -> None:
    assert case_in(text, diagnostic(text, entities(*named))) == case
