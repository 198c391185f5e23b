import pytest

from ingest.model import Mention
from ingest.reading.relations.attributed import attributed


def mention(text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, "Drug", "X:1", 1.0)


@pytest.mark.parametrize(
    ("text", "agent", "harm", "expected"),
    [
        ("Zinc-induced nausea was rare.", "Zinc", "nausea", False),
        ("Zinc, iron and copper-related nausea was rare.", "iron", "nausea", False),
        ("Zinc- and copper-induced severe nausea was rare.", "Zinc", "nausea", False),
        ("Zinc- and copper sulfate-induced nausea was rare.", "Zinc", "nausea", False),
        ("Zinc-induced and/or copper-induced nausea was rare.", "Zinc", "nausea", False),
        ("Ginger eased copper-induced nausea.", "Ginger", "nausea", True),
        ("Copper-induced nausea and cramps.", "Copper", "cramps", False),
        ("Cramps, and copper-induced nausea.", "copper", "Cramps", True),
        ("Nausea caused by zinc and copper.", "copper", "Nausea", False),
        ("Nausea induced by zinc, in spite of ginger.", "ginger", "Nausea", True),
        ("Ginger for nausea that is caused by zinc.", "Ginger", "nausea", True),
        ("Zinc led to nausea.", "Zinc", "nausea", False),
    ],
)
def test_a_harm_is_that_of_the_cause_that_is_named_with_it(text: str, agent: str, harm: str, expected: bool) -> None:
    assert attributed(text, 0, mention(text, agent), mention(text, harm)) is expected


def test_a_long_list_takes_no_longer_than_its_length() -> None:
    text = "zinc" + " and b" * 400 + " ;; x-induced nausea"
    assert attributed(text, 0, mention(text, "zinc"), mention(text, "nausea"))
    text = "nausea caused by" + " b and" * 400 + " zinc"
    assert attributed(text, 0, mention(text, "zinc"), mention(text, "nausea"))
