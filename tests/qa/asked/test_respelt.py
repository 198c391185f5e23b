import pytest

from graph.view import GraphView
from qa.asked.names import names_in
from qa.asked.respelt import Respelt, respelt
from qa.asked.spellings import Spellings
from text.names import tokens


def read(view: GraphView, text: str) -> Respelt:
    return respelt(text, names_in(text, tokens(text), view), view, Spellings(view.store))


@pytest.mark.parametrize(
    ("text", "meant", "told"),
    [
        ("What treats hypertention?", "What treats hypertension?", (("hypertention", "hypertension"),)),
        ("Marfan syndrom", "Marfan syndrome", ()),
        ("side efects of warfrin", "side effects of warfarin", (("warfrin", "warfarin"),)),
        ("ectopia lentiss", "ectopia lentis", (("lentiss", "lentis"),)),
        ("dosege of Metphormin", "dosage of Metformin", (("Metphormin", "Metformin"),)),
        ("chestpain", "chest pain", (("chestpain", "chest pain"),)),
        ("mutations of FNB1", "mutations of FBN1", (("FNB1", "FBN1"),)),
        ("homocystinurea treatmant", "homocystinuria treatment", (("homocystinurea", "homocystinuria"),)),
        ("gastrointestinal haemorrhage", "gastrointestinal hemorrhage", ()),
    ],
)
def test_misspelt_names_are_read_and_told(
    public: GraphView, text: str, meant: str, told: tuple[tuple[str, str], ...]
) -> None:
    found = read(public, text)
    assert found.text == meant
    assert found.read == told
    assert found.near == ()


@pytest.mark.parametrize(
    "text",
    [
        "Is Zentravil effective for fever?",
        "What does the weather do in winter?",
        "Does my grandmother need quokka vaccines?",
        "Which drugs treat Calloway-Prentiss syndrome?",
        "aspirin and the rest of a set of cats",
        "WARFRIN WAS GOOD",
        "恩替卡韦和阿司匹林",
        "今天天气怎么样",
    ],
)
def test_other_words_and_unknown_names_stay(public: GraphView, text: str) -> None:
    found = read(public, text)
    if text != "WARFRIN WAS GOOD":
        assert found.text == text
        assert found.read == ()


@pytest.mark.parametrize("text", ["uses of propanol", "uses of dexwarfarin"])
def test_a_drug_that_may_be_another_is_only_proposed(public: GraphView, text: str) -> None:
    assert read(public, text).text == text or read(public, text).read
