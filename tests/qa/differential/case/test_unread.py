import pytest

from graph.view import GraphView
from qa.differential.case.understand import understood
from qa.differential.case.unread import MOST, unread
from qa.differential.matrix import Matrix
from qa.differential.model import Told


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            "3 yo boy, fever, cracked red lips and hands like gloves. Seen by GP yesterday",
            ["cracked red lips", "hands like gloves"],
        ),
        ("患儿，男，2岁，发热3天，持续约2分钟，口唇皲裂", ["口唇皲裂"]),
        ("28F, 38.5, in winter, feels ok otherwise", []),
        ("Which disease presents with blue frobs?", ["blue frobs"]),
        ("什么病会有格罗布征？", ["格罗布征"]),
    ],
)
def test_what_is_not_read_is_named(text: str, left: list[str]) -> None:
    place = next(((text.index(name), text.index(name) + 2) for name in ("fever", "发热") if name in text), (0, 0))
    assert unread(text, [place]) == left


def test_a_case_names_it(view: GraphView, matrix: Matrix) -> None:
    case = understood(view, matrix, Told(text="fever, glorbing toes, no diabetes mellitus"))
    assert [(one.told, one.kind) for one in case.unknown] == [("glorbing toes", "text")]
    assert any("diabetes" in note.en for note in case.notes)


def test_a_long_text_names_the_first() -> None:
    assert len(unread(", ".join(f"glorbing{place}x toes" for place in range(90)), [])) == MOST
