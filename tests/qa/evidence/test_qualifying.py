import pytest

from graph.model import Assertion, Entity, Name
from qa.evidence.frequency import MIDDLE
from qa.evidence.qualifying import FREQUENCIES, RANGES, grounds, ids, qualified

NAMES = {
    "HP:0003577": Entity("HP:0003577", "Concept", "Congenital onset", synonyms=(Name("先天发病", "zh"),)),
    "HP:0012828": Entity("HP:0012828", "Concept", "Severe", synonyms=(Name("重度", "zh"),)),
    "HP:0003676": Entity("HP:0003676", "Concept", "Progressive"),
}


def stated(**qualifiers: str) -> Assertion:
    predicate = "affects_response_to" if {"recommendation", "population"} & qualifiers.keys() else "has_phenotype"
    return Assertion.new("D:1", predicate, "HP:1", source="S", sentence="x", record="1", qualifiers=qualifiers)


@pytest.mark.parametrize(
    ("qualifiers", "english", "chinese"),
    [
        ({}, "", ""),
        ({"frequency": "HP:0040281"}, " (very frequent, 80–99%)", "（非常常见，80–99%）"),
        ({"frequency": "HP:0040280"}, " (always, 100%)", "（总是出现，100%）"),
        ({"frequency": "3/7"}, " (in 3 of 7 patients, 43%)", "（7例患者中有3例，43%）"),
        ({"frequency": "1/1"}, " (in 1 of 1 patient, 100%)", "（1例患者中有1例，100%）"),
        ({"frequency": "0/44"}, " (in 0 of 44 patients, 0%)", "（44例患者中有0例，0%）"),
        ({"frequency": "9/7"}, " (9/7)", "（9/7）"),
        ({"frequency": "0/0"}, " (0/0)", "（0/0）"),
        ({"frequency": "45%"}, " (in 45% of patients)", "（45%的患者）"),
        ({"frequency": "5.9 %"}, " (in 5.9% of patients)", "（5.9%的患者）"),
        ({"frequency": "1%-3%"}, " (in 1–3% of patients)", "（1–3%的患者）"),
        ({"frequency": "Common"}, " (common)", "（常见）"),
        ({"frequency": "now and then"}, " (now and then)", "（now and then）"),
        ({"onset": "HP:0003577"}, " (congenital onset)", "（先天发病）"),
        ({"onset": "HP:9"}, " (HP:9)", "（HP:9）"),
        ({"modifier": "HP:0012828;HP:0003676;HP:0012828"}, " (severe and progressive)", "（重度、Progressive）"),
        ({"sex": "male"}, " (in males)", "（见于男性）"),
        ({"severity": "Major"}, " (severity: major)", "（严重程度：严重）"),
        ({"priority": "high"}, " (high priority)", "（优先级：高）"),
        ({"priority": "non-interruptive", "classes": "Statins; Azoles"},
         " (as members of Statins; Azoles; an alert need not interrupt)",
         "（所属类别：Statins; Azoles；提醒不必打断操作）"),
        ({"severity": "Unheard of"}, " (severity: Unheard of)", "（严重程度：Unheard of）"),
        ({"genotype": "G2 Slow", "strength": "Strong", "recommendation": "Halve the dose", "population": "general"},
         " (genotype: G2 Slow; recommendation: Halve the dose; strength of the recommendation: strong)",
         "（基因型：G2 Slow；建议：Halve the dose；推荐强度：强）"),
        ({"strength": "N/A", "population": "adults"}, " (population: adults)", "（人群：成人）"),
        ({"frequency": "3%", "placebo": "1%"}, " (in 3% of patients; with placebo: in 1% of patients)",
         "（3%的患者；安慰剂组：1%的患者）"),
        ({"frequency": "1/8"}, " (in 1 of 8 patients, 13%)", "（8例患者中有1例，13%）"),
        ({"frequency": "2.2-5.6%, rare, postmarketing", "placebo": "2%"},
         " (in 2.2–5.6% of patients, rare, postmarketing; with placebo: in 2% of patients)",
         "（2.2–5.6%的患者，罕见，上市后报告；安慰剂组：2%的患者）"),
        ({"frequency": "not stated"}, " (how often is not stated)", "（频率未说明）"),
        ({"effect": "increases level", "affected": "MESH:D1"}, " (increases level)", "（增加血药浓度）"),
        ({"dose": "500 mg", "interval": "twice daily", "line": "first-line", "route": "oral"},
         " (500 mg; twice daily; first-line; oral)", "（500 mg；每日2次；一线；给药途径：oral）"),
        ({"measure": "odds ratio", "value": "2.1", "interval_95": "1.4 to 3.2", "p": "<0.01"},
         " (odds ratio 2.1, 95% CI 1.4–3.2, P<0.01)", "（比值比 2.1，95% CI 1.4–3.2，P<0.01）"),
        ({"relation": "RO:0004029"}, "", ""),
        ({"genotype": "CYP9 Poor Metabolizer"}, " (genotype: CYP9 Poor Metabolizer)",
         "（基因型：CYP9 Poor Metabolizer）"),
        ({"strength": "weak"}, " (weak)", "（弱）"),
        ({"strength": "sensitive", "narrow": "yes"}, " (of a narrow therapeutic index; sensitive)",
         "（治疗窗窄；敏感底物）"),
        ({"dose": "5 mg"}, " (5 mg)", "（5 mg）"),
        ({"species": "rats, mice"}, " (in rats and mice)", "（大鼠、小鼠）"),
        ({"aspect": "history"}, " (in the medical history)", "（既往史）"),
        ({"evidence": "PCS", "license": "CC0", "aspect": "inheritance"}, "", ""),
        ({"sex": "female", "frequency": "2/4"}, " (in 2 of 4 patients, 50%; in females)",
         "（4例患者中有2例，50%；见于女性）"),
    ],
)  # fmt: skip
def test_qualifiers_in_words(qualifiers: dict[str, str], english: str, chinese: str) -> None:
    row = stated(**qualifiers)
    assert (qualified(row, "en", NAMES), qualified(row, "zh", NAMES)) == (english, chinese)


@pytest.mark.parametrize(
    ("qualifiers", "english", "chinese"),
    [
        ({}, "", ""),
        ({"evidence": "PCS"}, "published clinical study (PCS)", "已发表的临床研究（PCS）"),
        ({"evidence": "XYZ"}, "XYZ", "XYZ"),
        ({"category": "SYM", "n_curators": "2", "n_resources": "1"},
         "symptomatic indication, so classified at first by 2 of 3 curators, listed by 1 of 4 resources",
         "对症治疗的适应证，三名审编者中2名最初如此判定，四个资源中1个收录"),
        ({"sources": "DrugCentral"}, "from DrugCentral", "来自DrugCentral"),
        ({"relation": "RO:0004020"}, "", ""),
        ({"status": "withdrawn"}, "medicine: withdrawn", "药品状态：已撤市"),
        ({"method": "reading", "relation": "slows"}, "by text mining (reading), stated there as slows",
         "由文本挖掘得出（reading），原文关系：slows"),
    ],
)  # fmt: skip
def test_grounds_in_words(qualifiers: dict[str, str], english: str, chinese: str) -> None:
    assert (grounds(stated(**qualifiers), "en"), grounds(stated(**qualifiers), "zh")) == (english, chinese)


def test_the_ids_that_need_a_name() -> None:
    assert ids(stated(onset="HP:1", modifier="HP:2;HP:3;HP:2", frequency="HP:0040281")) == ("HP:2", "HP:3", "HP:1")


def test_every_class_of_frequency_has_words_a_range_and_a_middle() -> None:
    assert FREQUENCIES.keys() == RANGES.keys() == MIDDLE.keys()
