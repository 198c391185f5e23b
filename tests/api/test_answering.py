"""What answers is made of its parts: a graph and a search are enough."""

from __future__ import annotations

from pathlib import Path

from api.answering import answerer
from api.settings import Settings
from api.wiring import Parts
from qa.model import Question


def test_a_graph_and_a_search_answer_by_quoting(filled: Path) -> None:
    with Parts(Settings(home=filled)) as parts:
        alone = answerer(parts.graph(), parts.searcher(), sentences=parts.sentences)
        question = Question("What are the adverse effects of metformin?", access=frozenset({"public"}))
        answer = alone.answer(question)
        assert not answer.abstained
        assert "lactic acidosis" in " ".join(sentence.text for sentence in answer.sentences)
        assert [one.text for one in parts.answerer().answer(question).sentences] == [
            one.text for one in answer.sentences
        ]
