"""A new intent is one new plan: nothing else has to know it."""

from __future__ import annotations

import re
from typing import Any

from graph.model import PUBLIC
from graph.view import GraphView
from qa.answer import Answerer
from qa.asked.rules import worded
from qa.checking.checker import Checker
from qa.differential.engine import Differential
from qa.drugs.check import DrugEngine
from qa.model import Question
from qa.plans.order import PLANS, rules
from qa.plans.plan import Plan
from qa.steps.facts import Facts, Template
from qa.steps.passages import Passages
from qa.writing.quote import Quote

KIND = Plan(
    intent="kind",
    cue=worded(re.compile(r"\bkinds? of\b|哪一类", re.IGNORECASE)),
    steps=(Facts(templates=(Template(("subclass_of",), "object", ()),)),),
    passages=Passages(search_words="kind"),
)


def test_a_new_plan_is_asked_and_answers(world: Any) -> None:
    plans = (KIND, *PLANS)
    answerer = Answerer(
        world.graph,
        world.searcher,
        router=rules(plans),
        plans=plans,
        engine=Differential(),
        writer=Quote(),
        check=Checker,
    )
    answer = answerer.answer(Question("What kinds of myopia are there?"))
    assert answer.understanding is not None
    assert answer.understanding.intent == "kind"
    assert answer.sentences[0].text == "High myopia is a kind of Myopia."
    chinese = answerer.answer(Question("近视有哪一类？"))
    assert chinese.understanding is not None
    assert chinese.understanding.intent == "kind"
    assert chinese.sentences[0].text == "高度近视属于近视。"
    # Without it the same question is another.
    before = world.answerer().answer(Question("What kinds of myopia are there?"))
    assert before.understanding is not None
    assert before.understanding.intent == "general"


def test_a_plan_gathers_no_more_than_asked(world: Any) -> None:
    from qa.asked.understand import understand
    from qa.view import View

    question = Question("What is Marfan syndrome?", limit=3)
    view = View.of(question, world.graph, world.searcher)
    understanding = understand(question, GraphView(world.graph, PUBLIC), rules(PLANS))
    (plan,) = [plan for plan in PLANS if plan.intent == understanding.intent]
    material = plan.gather(question, understanding, view, Differential(), DrugEngine(world.graph))
    assert [e.id for e in material.evidence] == ["E1", "E2", "E3"]
    assert material.related
