from collections.abc import Callable

from graph.model import Entity, Name
from qa.evidence.definition import DefinitionEvidence
from qa.evidence.kinds import FactEvidence
from qa.evidence.material import Material
from qa.evidence.passage import PassageEvidence


def test_the_facts_among_the_evidence(
    fact: Callable[..., FactEvidence], passage: Callable[..., PassageEvidence], definition: DefinitionEvidence
) -> None:
    own = fact()
    assert Material((passage(), own, definition)).facts == (own,)


def test_a_name_in_the_language_of_the_answer() -> None:
    aspirin = Entity("DB:1", "Drug", "Aspirin", synonyms=(Name("阿司匹林", "zh"),))
    material = Material(entities={"DB:1": aspirin})
    assert [material.name("DB:1", language) for language in ("en", "zh")] == ["Aspirin", "阿司匹林"]
    assert material.name("DB:2", "zh") == "DB:2"
