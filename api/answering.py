"""What answers questions, out of its parts."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from qa.differential.engine import Differential

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

    from graph.store import GraphStore
    from qa.answer import Answerer
    from qa.asked.learnt import Weights
    from qa.asked.reader import Reader
    from qa.asked.router import Router
    from qa.drugs.repurpose.rank import Repurposing
    from qa.verdicts.findings import Findings
    from qa.writing.writer import Writer
    from retrieval.answering.ranker import SentenceRanker
    from retrieval.encoder import Encoder
    from retrieval.search import Searcher


def answerer(
    graph: GraphStore,
    searcher: Searcher,
    model: BaseChatModel | None = None,
    *,
    seconds: float = 60.0,
    fallback: bool = True,
    reader: Callable[[], Reader] | None = None,
    repurposing: Callable[[], Repurposing] | None = None,
    differential: Differential | None = None,
    sentences: Callable[[], SentenceRanker] | None = None,
    findings: Callable[[], Findings | None] | None = None,
    topics: tuple[Weights, Encoder] | None = None,
) -> Answerer:
    """What answers by every plan there is, chosen by `topics` with their encoder or, without, by rules: written by
    `model` within `seconds`, else by quoting. `fallback` says whether an answer is quoted where the model is
    unavailable."""
    from qa.answer import Answerer
    from qa.checking.checker import Checker
    from qa.plans.order import PLANS, rules
    from qa.writing.quote import Quote

    router: Router = rules(PLANS)
    if topics is not None:
        from qa.asked.learnt import Learnt

        router = Learnt(*topics, router, frozenset(plan.intent for plan in PLANS))
    writer: Writer = Quote()
    if model is not None:
        from qa.writing.generate import Generate

        writer = Generate(model, seconds=seconds)
    return Answerer(
        graph,
        searcher,
        router=router,
        plans=PLANS,
        engine=differential or Differential(),
        writer=writer,
        check=Checker,
        fallback=Quote() if fallback and model is not None else None,
        reader=reader,
        repurposing=repurposing,
        sentences=sentences,
        findings=findings,
    )
