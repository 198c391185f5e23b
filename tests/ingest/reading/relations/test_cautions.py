import pytest

from ingest.model import Mention
from ingest.reading.relations.cautions import only_cautioned, permitted


def drug(text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, "Drug", "X:1", 1.0)


@pytest.mark.parametrize(
    ("text", "surface", "expected"),
    [
        ("Zorvex is safe in pregnancy.", "Zorvex", True),
        ("Zorvex may be used during breastfeeding.", "Zorvex", True),
        ("No dose adjustment of zorvex is needed in renal failure.", "zorvex", True),
        ("People with gout should take zorvex and avoid beer.", "zorvex", True),
        ("痛风患者应补充左尔维，避免饮酒。", "左尔维", True),
        ("左尔维在妊娠期使用是安全的。", "左尔维", True),
        ("Zorvex is not safe in pregnancy.", "Zorvex", False),
        ("Zorvex must not be used in pregnancy.", "Zorvex", False),
        ("Zorvex can be used with caution in gout.", "Zorvex", False),
        ("妊娠期不可使用左尔维。", "左尔维", False),
        ("痛风患者不应服用左尔维。", "左尔维", False),
    ],
)
def test_what_is_allowed(text: str, surface: str, expected: bool) -> None:
    assert permitted(text, 0, len(text), drug(text, surface)) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Use zorvex with caution in gout.", True),
        ("Talk to your doctor before taking zorvex if you have gout.", True),
        ("痛风患者慎用左尔维。", True),
        ("Zorvex is contraindicated in gout and needs caution in asthma.", False),
        ("Do not take zorvex if you have gout.", False),
    ],
)
def test_what_only_wants_caution(text: str, expected: bool) -> None:
    assert only_cautioned(text, 0, len(text)) is expected
