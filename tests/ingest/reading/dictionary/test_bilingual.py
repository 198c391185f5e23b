from __future__ import annotations

from graph.model import Entity, Name
from ingest.reading.dictionary.bilingual import Bilingual

GOUT = Entity("MESH:D1", "Disease", "Gout", (Name("痛风", "zh"), Name("Podagra"), Name("痛风病", "zh")))


def test_a_concept_is_known_by_its_chinese_names_alone() -> None:
    lexicon = Bilingual([GOUT], "abc")
    assert [(c.entity, c.name, c.preferred) for c in lexicon.exact("痛风")] == [("MESH:D1", "痛风", True)]
    assert [c.preferred for c in lexicon.exact("痛风病")] == [False]
    assert lexicon.exact("Podagra") == ()
    assert (lexicon.entity("MESH:D1"), lexicon.entity("MESH:D2")) == (GOUT, None)


def test_the_version_changes_with_the_lexicon() -> None:
    assert Bilingual([], "a").version != Bilingual([], "b").version
