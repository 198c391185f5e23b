from __future__ import annotations

from api.lexicon import open_bilingual, open_glossary


def test_the_glossary_knows_names_of_the_lexicon_and_what_is_said_of_them() -> None:
    glossary = open_glossary()
    assert glossary.english("二甲双胍治疗2型糖尿病的最大剂量是多少？").startswith("Metformin treatment therapy")
    assert "maximum dose" in glossary.english("二甲双胍治疗2型糖尿病的最大剂量是多少？")
    assert "二甲双胍" in glossary.chinese("How much metformin?")


def test_the_lexicon_names_concepts() -> None:
    names = open_bilingual()
    (gout, *_) = names.exact("痛风")
    entity = names.entity(gout.entity)
    assert entity is not None
    assert entity.name == "Gout"
