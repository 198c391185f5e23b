import pytest

from graph.view import GraphView
from qa.differential.case.typos import put_right
from qa.differential.case.understand import understood
from qa.differential.matrix import Matrix
from qa.differential.model import Told
from text.names import tokens


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("fevr headach", "fever headache"),
        ("stif neck", "stiff neck"),
        ("vomting diarhoea", "vomiting diarrhoea"),
        ("tried fewer on the couch", "tried fewer on the couch"),
        ("发烧", "发 烧"),
    ],
)
def test_slips_are_put_right(text: str, right: str) -> None:
    assert " ".join(word.norm for word in put_right(tokens(text), [])) == right


def test_what_is_read_stays() -> None:
    assert put_right(tokens("fevr"), [(0, 4)]) == tokens("fevr")


def test_a_case_tells_what_a_word_is_read_as(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(text="fevr and no vomting"))
    assert [(one.told, one.name, one.read) for one in case.observed] == [("fevr", "Fever", "fever")]
    assert [one.name for one in case.excluded] == ["Vomiting"]
    assert not case.unknown
