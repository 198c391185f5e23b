"""Each plan by itself: its cues, and what it says of its steps."""

from dataclasses import replace

import pytest

from qa.model import AskedEntity
from qa.plans import adverse_effect, cause, contraindication, definition, diagnosis, general, interaction, treatment
from qa.plans.plan import Plan

DRUG, OTHER, DISEASE, SIGN = (
    AskedEntity(f"X:{name}", type, name, name, False, "")
    for type, name in (("Drug", "aspirin"), ("Drug", "warfarin"), ("Disease", "asthma"), ("Phenotype", "fever"))
)


@pytest.mark.parametrize(
    ("plan", "text", "named", "fits"),
    [
        (interaction.PLAN, "aspirin and warfarin taken together", [DRUG, OTHER], True),
        (interaction.PLAN, "aspirin taken together with food", [DRUG], False),
        (interaction.PLAN, "与哪些药物有相互作用", [DRUG], True),
        (contraindication.PLAN, "Is aspirin safe in asthma?", [DRUG, DISEASE], True),
        (contraindication.PLAN, "What is aspirin?", [DRUG], False),
        (adverse_effect.PLAN, "side effects of aspirin", [DRUG], True),
        (adverse_effect.PLAN, "Does aspirin cause fever?", [DRUG, SIGN], False),
        (treatment.PLAN, "How is asthma treated?", [DISEASE], True),
        (treatment.PLAN, "What is asthma?", [DISEASE], False),
        (definition.PLAN, "symptoms of asthma", [DISEASE], True),
        (definition.PLAN, "symptoms of fever", [SIGN], False),
        (cause.PLAN, "What causes asthma?", [DISEASE], True),
        (cause.PLAN, "What causes asthma with fever?", [DISEASE, SIGN], False),
        (cause.PLAN, "What causes asthma?", [DISEASE, replace(DISEASE, id="X:sign", type="Phenotype")], True),
        (diagnosis.PLAN, "Which disease has fever?", [SIGN], True),
        (diagnosis.PLAN, "Which disease is asthma?", [DISEASE], False),
    ],
)
def test_what_a_plan_is_asked_for_by(plan: Plan, text: str, named: list[AskedEntity], fits: bool) -> None:
    assert plan.cue is not None
    assert plan.cue(text, named) is fits


def test_what_is_asked_of_findings_goes_before_all() -> None:
    assert diagnosis.PLAN.first is not None
    assert diagnosis.PLAN.first("What must not be missed in fever?", [SIGN])
    assert not diagnosis.PLAN.first("What must not be missed with aspirin?", [DRUG, SIGN])
    assert not diagnosis.PLAN.first("Which disease has fever?", [SIGN])


def test_weaker_cues() -> None:
    assert diagnosis.PLAN.weaker is not None
    assert diagnosis.PLAN.weaker("fever: what is it?", [SIGN])
    assert diagnosis.PLAN.weaker("Is it asthma?", [DISEASE])
    assert diagnosis.PLAN.weaker("Which asthma has fever?", [DISEASE, SIGN])
    assert not diagnosis.PLAN.weaker("asthma in children", [DISEASE])
    assert adverse_effect.PLAN.weaker is not None
    assert adverse_effect.PLAN.weaker("Does aspirin cause fever?", [DRUG, SIGN])
    assert not adverse_effect.PLAN.weaker("Does it cause fever?", [SIGN])
    assert definition.PLAN.weaker is not None
    assert definition.PLAN.weaker("什么是发热", [SIGN])
    assert (general.PLAN.cue, general.PLAN.weaker) == (None, None)


def test_what_joins_two_things_wants_texts_that_name_both() -> None:
    joins = {plan.PLAN.intent for plan in (interaction, adverse_effect, cause, definition) if plan.PLAN.passages.joins}
    assert joins == {"interaction", "adverse_effect"}
