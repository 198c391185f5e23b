import pytest

from graph.view import GraphView
from qa.asked.understand import understand
from qa.model import Question, Understanding
from qa.plans.order import PLANS, rules

ROUTER = rules(PLANS)


def understood(view: GraphView, text: str) -> Understanding:
    return understand(Question(text), view, ROUTER)


def named(graph: GraphView, text: str) -> dict[str, bool]:
    """Preferred names found, each with whether it is denied."""
    return {e.name: e.negated for e in understood(graph, text).entities}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fever without skin rash", {"Fever": False, "Skin rash": True}),
        ("no fever but cough", {"Fever": True, "Cough": False}),
        ("no fever, cough or skin rash", {"Fever": True, "Cough": True, "Skin rash": True}),
        ("no fever, cough and headache", {"Fever": True, "Cough": False, "Headache": False}),
        ("Patient denies any history of chest pain, has cough", {"Chest pain": True, "Cough": False}),
        ("does not have fever; headache", {"Fever": True, "Headache": False}),
        ("cough; fever is absent", {"Cough": False, "Fever": True}),
        ("Is there no treatment for fever?", {"Fever": False}),
        ("Why does cough not respond and fever stay?", {"Cough": False, "Fever": False}),
        ("咳嗽，没有发热，是什么病", {"Cough": False, "Fever": True}),
        ("无发热、咳嗽，有皮疹", {"Fever": True, "Cough": True, "Skin rash": False}),
        ("否认胸痛，头痛两天", {"Chest pain": True, "Headache": False}),
        ("有没有发热的疾病", {"Fever": False}),
        ("不发热，咳嗽", {"Fever": True, "Cough": False}),
        (
            "I don't have fever but I have a cough and a skin rash, what is it?",
            {"Fever": True, "Cough": False, "Skin rash": False},
        ),
        ("Which disease has cough and skin rash, fever absent?", {"Cough": False, "Skin rash": False, "Fever": True}),
        ("not only fever but cough", {"Fever": False, "Cough": False}),
        ("没有任何发热，有咳嗽，是什么病", {"Fever": True, "Cough": False}),
    ],
)
def test_denied_findings(public: GraphView, text: str, expected: dict[str, bool]) -> None:
    assert named(public, text) == expected


def test_the_longest_name_wins(public: GraphView) -> None:
    assert set(named(public, "high myopia in Marfan syndrome")) == {"High myopia", "Marfan syndrome"}


def test_names_are_read_in_any_spelling(public: GraphView) -> None:
    assert set(named(public, "EHLERS DANLOS syndrome, pyrexia, coughs, 馬凡綜合徵")) == {
        "Ehlers-Danlos syndrome",
        "Fever",
        "Cough",
        "Marfan syndrome",
    }


def test_a_gene_symbol_is_no_word(public: GraphView) -> None:
    assert named(public, "what was the fever") == {"Fever": False}
    assert set(named(public, "mutations of WAS and FBN1")) == {"WAS", "FBN1"}


def test_an_ambiguous_name_keeps_every_meaning_and_says_so(public: GraphView) -> None:
    entities = understood(public, "asthma").entities
    assert {e.id for e in entities} == {"DOID:2841", "HP:0002099"}
    assert all("ambiguous" in e.reason for e in entities)


def test_every_entity_says_why(public: GraphView) -> None:
    (entity,) = understood(public, "acetylsalicylic acid").entities
    assert entity.reason == "'acetylsalicylic acid' is a synonym of Aspirin (DB:aspirin)"
    assert entity.surface == "acetylsalicylic acid"


def test_everyday_words(public: GraphView) -> None:
    assert named(public, "孩子发烧") == {"Fever": False}
    assert named(public, "child with a rash") == {"Skin rash": False}


def test_the_longest_question_is_understood_quickly(public: GraphView) -> None:
    from time import process_time

    for text in ("fever and cough " * 125, "发热咳嗽" * 500):
        begun = process_time()
        assert understood(public, text[:2000]).entities
        assert process_time() - begun < 5
