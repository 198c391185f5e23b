from __future__ import annotations

from dataclasses import replace

from ingest.model import Mention
from ingest.reading.judged import judged
from text.context.judge import RULES


def test_mentions_of_one_place_share_its_judgement_and_keep_their_order() -> None:
    text = "No gout. Possible asthma. Cough."
    gout, asthma, cough = (
        Mention(text.index(word), text.index(word) + len(word), word, "Disease", None, 1.0)
        for word in ("gout", "asthma", "Cough")
    )
    other = replace(gout, entity="MESH:D006073")
    found = judged(RULES, text, [asthma, gout, other, cough], "en")
    assert found == [
        replace(asthma, certainty="possible"),
        replace(gout, polarity="negated"),
        replace(other, polarity="negated"),
        cough,
    ]
    assert judged(RULES, text, [], "en") == []
