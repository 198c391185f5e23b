import pytest

from graph.view import GraphView
from qa.differential.case.pictures import pictured
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Told
from text.names import tokens


@pytest.mark.parametrize(
    ("text", "observed", "excluded"),
    [
        ("he has lost a bit of weight", ["Weight loss"], []),
        ("lost nearly 6 kg since spring", ["Weight loss"], []),
        ("I gained a few kilos", [], []),
        ("she couldn't get the words out", ["Aphasia"], []),
        ("she was unable to say the words", ["Aphasia"], []),
        ("both shoulders and hips so stiff and sore", ["Hip pain", "Shoulder pain"], []),
        ("can't get out of bed, headache, cough", ["Cough", "Headache"], []),
        ("cannot find any rash", [], ["Skin rash"]),
        ("water runs out of my mouth", [], []),
        ("got the runs", ["Diarrhea"], []),
        ("my hip is really killing me", ["Hip pain"], []),
        ("shoulder has been aching for years", ["Shoulder pain"], []),
        ("hip never hurts", [], []),
        ("it is worse when I cough", [], []),
        ("my nose runs in the cold", [], []),
        ("foot cold, FIT neg", [], []),
    ],
)
def test_what_is_pictured_is_understood(
    view: GraphView, matrix: Matrix, text: str, observed: list[str], excluded: list[str]
) -> None:
    case = understood(view, matrix, Told(text=text))
    assert sorted(finding.name for finding in case.observed) == observed
    assert sorted(finding.name for finding in case.excluded) == excluded


def test_a_picture_is_a_stretch_of_words(view: GraphView) -> None:
    text = "Dad lost 6 kg."
    (span,) = pictured(view, text, tokens(text))
    assert text[span.start : span.end] == "lost 6 kg"
    assert [entity.id for entity in span.entities] == ["HP:0001824"]
    assert pictured(view, "瘦了 lost 6 kg", tokens("瘦了 lost 6 kg")) == []
