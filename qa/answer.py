"""The whole way: question, guard, understand, gather, writer, check, answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from graph.store import GraphStore
from qa.asked.guard import guard
from qa.asked.reader import Reader
from qa.asked.understand import understand
from qa.checking.checker import Checker
from qa.errors import ModelUnavailable
from qa.evidence.material import Material
from qa.evidence.phrases import MESSAGES
from qa.model import Answer, Evidence, Question, Reason, Sentence, Understanding
from qa.steps.gather import Gatherer, visible
from qa.writing.generate import Generate
from qa.writing.quote import Quote
from qa.writing.writer import Writer

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from retrieval.search import Searcher


@dataclass(frozen=True, slots=True)
class Event:
    """One step on the way, in this order: `understanding`, `evidence`, each `sentence` once it is checked, `done`.

    `discard` says that the sentences so far no longer count, because the language model broke off and the answer
    begins anew by quoting. The Answer of `done` is the one that holds.
    """

    kind: Literal["understanding", "evidence", "sentence", "discard", "done"]
    data: Understanding | tuple[Evidence, ...] | Sentence | Answer | str


class Answerer:
    """Answers questions from one graph and one searcher; with a chat model where one is given, else by quoting.

    `fallback` says whether an answer is quoted where the model is unavailable (its `writer` then says so) or the
    answer abstains; `seconds` is the time the model has for one answer. `reader` gives what reads the names in a
    question that the graph does not list, and is called with the first that has any. Safe to use from several threads.
    """

    def __init__(
        self,
        graph: GraphStore,
        searcher: Searcher,
        model: BaseChatModel | None = None,
        *,
        fallback: bool = True,
        seconds: float = 60.0,
        reader: Callable[[], Reader] | None = None,
    ) -> None:
        self._graph = graph
        self._reader = reader
        self._gatherer = Gatherer(graph, searcher)
        self._writer: Writer = Quote() if model is None else Generate(model, seconds=seconds)
        self._fallback = fallback and model is not None

    def answer(self, question: Question) -> Answer:
        """The answer, which may abstain and say why. Raises what graph and retrieval raise."""
        for event in self.stream(question):
            if isinstance(event.data, Answer):
                return event.data
        raise AssertionError("a stream ends with an answer")

    def stream(self, question: Question) -> Iterator[Event]:
        """The same as events, as they happen; the last is `done` with the Answer."""
        seconds: dict[str, float] = {}
        clock = _Clock(seconds)
        if refusal := guard(question):
            yield Event("done", Answer("", True, refusal.reason, refusal.message, (), (), seconds=clock.stop("guard")))
            return
        clock.stop("guard")
        understanding = understand(question, self._graph, self._reader)
        clock.stop("understand")
        yield Event("understanding", understanding)
        material = self._gatherer.gather(question, understanding)
        clock.stop("gather")
        yield Event("evidence", material.evidence)
        draft = Answer(
            "", False, "", "", (), material.evidence, understanding, material.candidates, writer=self._writer.name,
            seconds=seconds,
        )  # fmt: skip
        if not material.evidence:
            yield Event("done", _abstained(draft, "no_evidence" if material.related else "out_of_scope"))
            return
        try:
            answer = yield from self._written(self._writer, question, understanding, material, draft)
        except ModelUnavailable as error:
            if not self._fallback:
                clock.stop("write")
                yield Event("done", _abstained(draft, "model_unavailable"))
                return
            yield Event("discard", str(error))
            answer = yield from self._written(Quote(), question, understanding, material, draft)
            answer = replace(answer, writer="quote (model unavailable)")
        clock.stop("write")
        yield Event("done", answer if answer.sentences else _abstained(answer, "unsupported_answer"))

    def _written(
        self, writer: Writer, question: Question, understanding: Understanding, material: Material, draft: Answer
    ) -> Generator[Event, None, Answer]:
        """Yield each supported sentence; return the draft with them in it."""
        checker = Checker(material, self._graph, visible(question))
        kept: list[Sentence] = []
        dropped = 0
        for sentence in writer.write(question, understanding, material):
            if checker.objection(sentence):
                dropped += 1
            else:
                kept.append(sentence)
                yield Event("sentence", sentence)
        text = "\n".join(f"{s.text} {''.join(f'[{id}]' for id in s.citations)}" for s in kept)
        return replace(draft, text=text, sentences=tuple(kept), dropped=dropped)


def _abstained(draft: Answer, reason: Reason) -> Answer:
    language = draft.understanding.language if draft.understanding else "en"
    message = MESSAGES[reason][language == "zh"]
    return replace(draft, text="", abstained=True, reason=reason, message=message, sentences=())


class _Clock:
    """Seconds by step, each from the end of the one before."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds, self._begun = seconds, perf_counter()

    def stop(self, step: str) -> dict[str, float]:
        now = perf_counter()
        self._seconds[step], self._begun = round(now - self._begun, 6), now
        return self._seconds
