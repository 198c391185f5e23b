from qa.asked.topics import DECLINED, TOPICS
from qa.plans.order import PLANS


def test_every_plan_is_a_topic() -> None:
    assert {plan.intent for plan in PLANS} <= set(TOPICS)
    assert set(DECLINED) == {plan.intent for plan in PLANS if plan.declines}
