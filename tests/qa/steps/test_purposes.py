"""What drugs are for, by who says so."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api.answering import answerer
from graph.model import Assertion, Entity, Source
from graph.sqlite.store import SqliteStore
from qa.model import Question
from qa.steps.purposes import purposes
from tests.qa.steps.conftest import Asked
from text.context.judgement import Polarity

GOUT, ASTHMA, FLU = "DOID:13189", "DOID:2841", "DOID:8469"
EMA = Source("ema-medicines", "curated", title="EMA")
LIST = Source("pharmacotherapydb", "curated", title="A list")
SIDER = Source("sider", "curated", title="Inserts")
STATED: tuple[tuple[Source, str, str, Polarity, str], ...] = (
    (EMA, "treats", GOUT, "affirmed", "Azurol is indicated for the treatment of&nbsp;gout."),
    (EMA, "prevents", FLU, "affirmed", "Prevention of influenza."),
    (EMA, "treats", ASTHMA, "negated", "Azurol is not indicated for the treatment of asthma."),
    (LIST, "palliates", FLU, "affirmed", "SYM"),
    (SIDER, "treats", FLU, "affirmed", "NLP"),
)


@pytest.fixture
def ask(texts: Any, tmp_path: Path) -> Any:
    store = SqliteStore(tmp_path / "graph.db")
    names = ((GOUT, "Disease", "gout"), (ASTHMA, "Disease", "asthma"), (FLU, "Disease", "influenza"))
    for source in (EMA, LIST, SIDER):
        store.load(
            source,
            [Entity("INN:bluemycin", "Drug", "Bluemycin"), *(Entity(*name) for name in names)],
            [
                Assertion.new(
                    "INN:bluemycin",
                    predicate,
                    object,
                    source=source.id,
                    sentence=sentence,
                    polarity=polarity,
                    qualifiers={"product": "Azurol", "status": "authorised"} if source is EMA else {},
                    record=f"{predicate} {object}",
                )
                for own, predicate, object, polarity, sentence in STATED
                if own is source
            ],
        )
    answers = answerer(store, texts[1])
    yield lambda text: answers.answer(Question(text)).text
    store.close()


def test_authorities_tell_the_uses_in_their_own_words(ask: Any) -> None:
    text = ask("What is bluemycin indicated for?")
    approved = "Bluemycin is authorised to treat gout (Azurol): “Azurol is indicated for the treatment of gout.”"
    parts = (
        "Bluemycin is authorised to prevent influenza (Azurol): “Prevention of influenza.”",
        approved,
    )
    assert text.startswith("2 uses of Bluemycin: influenza (3), gout")
    places = [text.index(part) for part in parts]
    assert places == sorted(places)


def test_what_an_authority_denies_is_no_indication(ask: Any) -> None:
    assert "asthma is not an indication of Bluemycin (Azurol)" in ask("Is bluemycin indicated for asthma?")
    assert "asthma不是Bluemycin的适应症，不应用于asthma" in ask("bluemycin的适应症有asthma吗？")


def test_nothing_is_told_where_no_drug_is_named(asking: Asked) -> None:
    assert purposes(asking("What is fever?")).evidence == ()
