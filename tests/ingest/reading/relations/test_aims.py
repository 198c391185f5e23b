from ingest.model import Mention
from ingest.reading.relations.aims import Aims


def mention(text: str, surface: str) -> Mention:
    start = text.index(surface)
    return Mention(start, start + len(surface), surface, "Drug", "X:1", 1.0)


def asked(text: str) -> bool:
    return Aims(text).only_asked(0, len(text), mention(text, "zorvex"), mention(text, "gout"))


def test_an_aim_is_no_result_unless_one_follows() -> None:
    assert asked("Our aim was to see if zorvex helps in gout.")
    assert not asked("Our aim was to see if it works; we found that zorvex helps in gout.")


def test_only_a_title_without_a_claim_announces() -> None:
    text = "A comparison of zorvex and blarine in gout\nA comparison of zorvex and blarine in gout."
    end = text.index("\n")
    assert Aims(text).announced(0, end)
    assert not Aims(text).announced(end + 1, len(text))
    claim = "Comparison shows that zorvex is effective in gout"
    assert not Aims(claim).announced(0, len(claim))
