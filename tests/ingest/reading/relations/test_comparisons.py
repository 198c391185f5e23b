import pytest

from ingest.model import Mention
from ingest.reading.relations.comparisons import as_without, spared, unlike


def mention(text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, "Drug", "X:1", 1.0)


@pytest.mark.parametrize(
    ("text", "agent", "expected"),
    [
        ("Compared with zorvex, more rash was seen on blarine.", "zorvex", True),
        ("Compared with zorvex, more rash was seen on blarine.", "blarine", False),
        ("Zorvex gave fewer rashes than blarine.", "Zorvex", True),
        ("Zorvex gave fewer rashes than blarine.", "blarine", False),
        ("Zorvex gave rashes.", "Zorvex", False),
    ],
)
def test_a_harm_is_that_of_one_side(text: str, agent: str, expected: bool) -> None:
    assert spared(text, 0, len(text), mention(text, agent), mention(text, "rash")) is expected


def test_who_is_unlike() -> None:
    text = "In contrast to zorvex, blarine has no effect."
    assert unlike(text, 0, mention(text, "zorvex"))
    assert not unlike(text, 20, mention(text, "blarine"))


def test_what_is_as_frequent_on_placebo() -> None:
    text = "Rashes did not differ between zorvex and placebo."
    assert as_without(text, 0, len(text))
    assert not as_without("Rashes were commoner than on placebo.", 0, 37)
