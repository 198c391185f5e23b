"""Of what a recogniser and the names of the graph find in a Chinese text, the longer name that is known."""

from __future__ import annotations

from ingest.model import Mention
from ingest.reading.confirmed import confirmed

TEXT = "前列腺增生患者的地高辛血药水平、胰岛素增敏剂、维拉帕米、甲基多巴降压、受体单抗托珠单抗、量地塞米松"


def mention(surface: str, type: str, entity: str | None = None) -> Mention:
    start = TEXT.index(surface)
    return Mention(
        start=start, end=start + len(surface), surface=surface, type=type, entity=entity, score=0.9,
        polarity="affirmed", certainty="certain", experiencer="patient", tagger="test", label="",
    )  # fmt: skip


def told(found: list[Mention], known: list[Mention]) -> list[tuple[str, str, str | None]]:
    return [(one.surface, one.type, one.entity) for one in confirmed(found, known)]


def test_a_known_name_covers_what_is_found_of_it() -> None:
    parts = [mention("前列腺", "Anatomy", "A:1"), mention("增生", "Phenotype")]
    assert told(parts, [mention("前列腺增生", "Disease", "D:1")]) == [("前列腺增生", "Disease", "D:1")]


def test_a_longer_find_stays_with_what_is_known_in_it() -> None:
    found = [mention("前列腺增生患者", "Disease", "D:2")]
    assert told(found, [mention("前列腺增生", "Disease", "D:1")]) == [("前列腺增生患者", "Disease", "D:2")]


def test_a_name_that_only_crosses_what_is_found_is_none() -> None:
    found = [mention("增生患者", "Concept")]
    assert told(found, [mention("前列腺增生", "Disease", "D:1")]) == [("增生患者", "Concept", None)]


def test_the_type_of_a_known_name_is_that_of_the_graph() -> None:
    known = [mention("维拉帕米", "Drug", "D:3")]
    (one,) = confirmed([mention("维拉帕米", "Procedure")], known)
    assert (one.type, one.entity, one.score) == ("Drug", "D:3", 0.9)
    assert told([mention("维拉帕米", "Procedure", "P:1")], known) == [("维拉帕米", "Procedure", "P:1")]


def test_a_word_behind_a_drug_is_not_of_its_name_unless_it_makes_another() -> None:
    assert told([mention("地高辛血药", "Drug")], [mention("地高辛", "Drug", "D:4")]) == [("地高辛", "Drug", "D:4")]
    found = [mention("胰岛素增敏剂", "Drug")]
    assert told(found, [mention("胰岛素", "Drug", "D:5")]) == [("胰岛素增敏剂", "Drug", None)]


def test_names_where_nothing_is_found_come_in_their_order() -> None:
    known = [mention("前列腺增生", "Disease", "D:1"), mention("维拉帕米", "Drug", "D:3")]
    assert [row[0] for row in told([mention("地高辛", "Drug")], known)] == ["前列腺增生", "地高辛", "维拉帕米"]


def test_a_purpose_behind_a_drug_and_a_class_before_it_are_not_of_its_name() -> None:
    methyldopa = mention("甲基多巴", "Drug", "D:6")
    assert told([mention("甲基多巴降压", "Procedure")], [methyldopa]) == [("甲基多巴", "Drug", "D:6")]
    tocilizumab, dexamethasone = mention("托珠单抗", "Drug", "D:7"), mention("地塞米松", "Drug", "D:8")
    assert told([mention("受体单抗托珠单抗", "Drug")], [tocilizumab]) == [("托珠单抗", "Drug", "D:7")]
    assert told([mention("量地塞米松", "Drug")], [dexamethasone]) == [("地塞米松", "Drug", "D:8")]
