"""The whole way: question, guard, conversation, understand, plan, writer, check, answer."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass, replace
from time import perf_counter
from typing import TYPE_CHECKING, Literal

from graph.store import Access, GraphStore
from graph.view import GraphView
from qa.asked.conversation import resolve
from qa.asked.guard import guard
from qa.asked.reader import Reader
from qa.asked.router import Router
from qa.asked.spellings import Spellings
from qa.asked.topics import DECLINED
from qa.asked.understand import understand
from qa.checking.checker import Checker
from qa.differential.engine import Differential
from qa.drugs.check import DrugEngine
from qa.errors import ModelUnavailable
from qa.evidence.interacting import unknown
from qa.evidence.kinds import Evidence
from qa.evidence.material import Material
from qa.evidence.typed import Typed
from qa.model import Answer, Question, Reason, Sentence, Understanding
from qa.plans.plan import Plan
from qa.several import Read, joined, read, together
from qa.steps.named import drugs_asked
from qa.steps.readings import misread, nearest_to, only_near, only_strangers, proposed, read_as, strangers
from qa.view import View
from qa.writing.chinese import CHINESE
from qa.writing.english import ENGLISH
from qa.writing.writer import Writer
from retrieval.model import Filter
from storage import deadline

if TYPE_CHECKING:
    from qa.drugs.repurpose.rank import Repurposing
    from qa.verdicts.findings import Findings
    from retrieval.answering.ranker import SentenceRanker
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
    """Answers questions from one graph and one searcher. Safe to use from several threads.

    `router` names for each question the plan that answers, of `plans`; `engine` ranks what a plan for diagnoses asks
    for; `check` makes what checks the sentences of one answer. Where `writer` is unavailable the answer is written by
    `fallback` (its `writer` then says so) or, without one, abstains. `reader` gives what reads the names in a question
    that the graph does not list, and is called with the first that has any; `repurposing` opens what proposes
    candidates, `sentences` what ranks the sentences of passages: without it none is quoted.
    """

    def __init__(
        self,
        graph: GraphStore,
        searcher: Searcher,
        *,
        router: Router,
        plans: Sequence[Plan],
        engine: Differential,
        writer: Writer,
        check: Callable[[Material, GraphView], Checker],
        fallback: Writer | None = None,
        reader: Callable[[], Reader] | None = None,
        repurposing: Callable[[], Repurposing] | None = None,
        sentences: Callable[[], SentenceRanker] | None = None,
        findings: Callable[[], Findings | None] | None = None,
    ) -> None:
        self._graph, self._searcher, self._sentences = graph, searcher, sentences
        self._router, self._reader = router, reader
        self._plans = {plan.intent: plan for plan in plans}
        self._engine, self._drugs, self._check = engine, DrugEngine(graph), check
        self._writer, self._fallback = writer, fallback
        self._repurposing, self._findings = repurposing, findings
        self._spellings = Spellings(graph)

    def open_names(self) -> None:
        """Read how the names of the graph are spelt, so that no question waits for it. Raises what the graph raises."""
        self._spellings.open()

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
            yield Event("done", _refused(refusal.reason, refusal.message, clock.stop("guard")))
            return
        clock.stop("guard")
        view = View.of(question, self._graph, self._searcher, self._sentences() if self._sentences else None)
        turn = resolve(question.text, question.conversation, view.graph, of_patient=question.patient is not None)
        if turn.missing:
            yield Event("done", _refused("unclear", turn.missing, clock.stop("understand")))
            return
        if turn.changed:
            question = replace(question, text=turn.text, conversation=())
        reads = read(question, lambda one: understand(one, view.graph, self._router, self._reader, self._spellings))
        understanding = together(reads)
        if turn.changed and not understanding.read_as:
            understanding = replace(understanding, read_as=turn.text)
        question = reads[0].question if len(reads) == 1 else question
        clock.stop("understand")
        yield Event("understanding", understanding)
        told = joined(question, reads, [self._gathered(each, view) for each in reads])
        material = told.material
        clock.stop("gather")
        yield Event("evidence", material.evidence)
        draft = Answer(
            text="",
            abstained=False,
            reason="",
            message="",
            sentences=(),
            evidence=material.evidence,
            understanding=understanding,
            differential=material.candidates,
            totals=material.totals,
            typed=_typed(material),
            writer=self._writer.name,
            seconds=seconds,
        )
        if not material.evidence:
            yield Event("done", self._without_evidence(draft, view.graph, question.text, material))
            return
        checker = self._check(material, view.graph)
        try:
            answer = yield from _written(told.sentences(self._writer), checker, draft)
        except ModelUnavailable as error:
            if self._fallback is None:
                clock.stop("write")
                yield Event("done", _abstained(draft, "model_unavailable"))
                return
            yield Event("discard", str(error))
            answer = yield from _written(told.sentences(self._fallback), checker, draft)
            answer = replace(answer, writer=f"{self._fallback.name} (model unavailable)")
        clock.stop("write")
        yield Event("done", answer if answer.sentences else _abstained(answer, "unsupported_answer"))

    def _gathered(self, read: Read, view: View) -> Material:
        """What the plan of one question finds."""
        asked = read.understanding
        plan, view = self._plans[asked.intent], view.naming(entity.id for entity in asked.entities)
        if plan.declines:
            return Material()
        return plan.gather(read.question, asked, view, self._engine, self._drugs, self._repurposing, self._judge())

    def _judge(self) -> Findings | None:
        """What judges the conclusions of studies, where there is one."""
        return self._findings() if self._findings else None

    def _holds_nothing(self, access: Access) -> bool:
        """Whether nothing was loaded or ingested that the asker may see: then no question is to blame."""
        curated = (source.access for source in self._graph.sources(kind="curated"))
        if any(access is None or not access.isdisjoint(labels) for labels in curated):
            return False
        return self._searcher.count(Filter(access=access, retracted=True)) == 0

    def _without_evidence(self, draft: Answer, view: GraphView, text: str, material: Material) -> Answer:
        """Why there is none: what was not understood; of a drug that is none here, which are nearest to its name."""
        asked = draft.understanding
        nothing: Reason = "no_evidence" if material.related else "out_of_scope"
        if asked is None or not asked.entities:
            nothing = "nothing_loaded" if self._holds_nothing(view.access) else nothing
        if asked is None:
            return _abstained(draft, nothing)
        if only_near(asked):
            answer = _abstained(draft, "unknown_name")
            return replace(answer, message=f"{proposed(asked)}{'' if asked.language == 'zh' else ' '}{answer.message}")
        if asked.intent in DECLINED:
            return _abstained(draft, "vague" if asked.intent == "vague" else "out_of_scope")
        stop = CHINESE.stop if asked.language == "zh" else f"{ENGLISH.stop} "
        if not only_strangers(text, asked):
            answer = _abstained(draft, nothing)
            read = misread(asked, view.entities({one.id for one in asked.entities}))
            told = "".join(f"{read_as(surface, name, asked.language)}{stop}" for surface, name in read.items())
            told += "".join(f"{clauses[asked.language == 'zh']}{stop}" for clauses in material.unread)
            return replace(answer, message=f"{told}{answer.message}")
        strange = strangers(text, asked)
        near = nearest_to(strange, view, self._drugs.nearest)
        answer = _abstained(draft, "unknown_name")
        return replace(answer, message=f"{unknown(strange, near, asked.language)}{stop}{answer.message}")


def _written(sentences: Iterator[Sentence], checker: Checker, draft: Answer) -> Generator[Event, None, Answer]:
    """Yield each supported sentence; return the draft with them in it."""
    kept: list[Sentence] = []
    dropped = 0
    for sentence in sentences:
        deadline.check()
        if checker.objection(sentence):
            dropped += 1
        else:
            kept.append(sentence)
            yield Event("sentence", sentence)
    text = "\n".join(f"{s.text} {''.join(f'[{id}]' for id in s.citations)}" for s in kept)
    return replace(draft, text=text, sentences=tuple(kept), dropped=dropped)


def _typed(material: Material) -> Typed:
    if material.typed is not None:
        return material.typed
    if material.candidates:
        return Typed("differential")
    of_patient = bool(material.facts) and all(fact.kind == "patient" for fact in material.facts)
    return Typed("patient" if of_patient else "text")


def _refused(reason: Reason, message: str, seconds: dict[str, float]) -> Answer:
    return Answer(text="", abstained=True, reason=reason, message=message, sentences=(), evidence=(), seconds=seconds)


def _abstained(draft: Answer, reason: Reason) -> Answer:
    chinese = draft.understanding is not None and draft.understanding.language == "zh"
    words = CHINESE if chinese else ENGLISH
    message = words.messages[reason]
    asked = draft.understanding
    of_record = draft.typed.kind == "patient"
    if (
        asked is not None
        and not of_record
        and asked.intent not in DECLINED
        and (drugs_asked(asked.entities) or (asked.unknown and asked.intent == "interaction"))
    ):
        message += words.unproven
    if asked is not None and asked.intent == "diagnosis" and reason != "unsupported_answer" and not draft.differential:
        message += words.untold
    return replace(draft, text="", abstained=True, reason=reason, message=message, sentences=(), typed=Typed())


class _Clock:
    """Seconds by step, each from the end of the one before."""

    def __init__(self, seconds: dict[str, float]) -> None:
        self._seconds, self._begun = seconds, perf_counter()

    def stop(self, step: str) -> dict[str, float]:
        now = perf_counter()
        self._seconds[step], self._begun = round(now - self._begun, 6), now
        return self._seconds
