import re

from qa.asked.router import Router
from qa.asked.rules import Rules, surfaces, types_of, worded
from qa.model import AskedEntity

ASPIRIN, SAME = (AskedEntity(f"DB:{n}", "Drug", "Aspirin", s, False, "") for n, s in ((1, "aspirin"), (2, "ASPIRIN")))
FEVER = AskedEntity("HP:1", "Phenotype", "Fever", "fever", True, "")


def test_the_first_cue_that_fits_decides() -> None:
    router = Rules(
        (
            ("drugs", lambda text, entities: "Drug" in types_of(entities)),
            ("why", worded(re.compile(r"\bwhy\b"))),
            ("drugs", worded(re.compile(r"pill"))),
        ),
        otherwise="rest",
    )
    assert router.intent("why", [ASPIRIN]) == "drugs"
    assert router.intent("why the pill", [FEVER]) == "why"
    assert router.intent("the pill", []) == "drugs"
    assert router.intent("", []) == "rest"
    kept: Router = router
    assert kept.intents("", []) == ("rest",)


def test_what_is_named_is_counted_by_words() -> None:
    named = [ASPIRIN, SAME, FEVER]
    assert types_of(named) == {"Drug", "Phenotype"}
    assert surfaces(named) == {"aspirin", "fever"}
    assert surfaces(named, "Drug", "Disease") == {"aspirin"}
    assert surfaces([]) == set()
