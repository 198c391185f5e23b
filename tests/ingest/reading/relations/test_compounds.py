import pytest

from ingest.model import Mention
from ingest.reading.relations.compounds import misnamed, qualifies
from ingest.reading.relations.model import Finding


def mention(text: str, surface: str, type: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, type, f"X:{surface}", 1.0)


@pytest.mark.parametrize(
    ("text", "subject", "object", "expected"),
    [
        ("Zorvex for gout.", "Zorvex", "gout", False),
        ("Zorvex in gout-free people.", "Zorvex", "gout", True),
        ("Zorvex-sparing regimens in gout.", "Zorvex", "gout", True),
        ("Zorvex at the Gout Foundation.", "Zorvex", "Gout", True),
        ("Zorvex deficiency and gout.", "Zorvex", "gout", True),
        ("Zorvex on gout cells.", "Zorvex", "gout", True),
        ("Zorvex donors in gout.", "Zorvex", "gout", True),
        ("Zorvex-lowering diets in gout.", "Zorvex", "gout", True),
    ],
)
def test_names_that_are_parts_of_others(text: str, subject: str, object: str, expected: bool) -> None:
    finding = Finding("X:1", "X:2", "treats", "treats", "affirmed", "certain", 0.9, 0, len(text))
    assert misnamed(text, finding, [mention(text, subject, "Drug")], mention(text, object, "Disease")) is expected


def test_an_object_that_qualifies_its_effect() -> None:
    text = "Zorvex eases gout-related pain."
    finding = Finding("X:1", "X:2", "treats", "treats", "affirmed", "certain", 0.9, 0, len(text))
    assert qualifies(text, finding, [mention(text, "gout", "Disease")])
    assert not qualifies(text, finding, [mention(text, "pain", "Phenotype")])
