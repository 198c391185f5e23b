from typing import Any

from qa.steps.definitions import definitions


def test_the_definition_of_what_is_named(asking: Any) -> None:
    (piece,) = definitions(asking("What are Marfan syndrome and aspirin?")).evidence
    assert (piece.source, piece.title) == ("OMIM:154700", "Marfan syndrome")
    assert piece.text.startswith("A heritable disorder")
    assert definitions(asking("What is aspirin?")).evidence == ()
