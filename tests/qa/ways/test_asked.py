import pytest

from qa.model import AskedEntity
from qa.ways.asked import Wanted, wanted

TYPES = {
    **dict.fromkeys(("epilepsy", "癫痫", "gout", "痛风", "hypertension", "高血压"), "Disease"),
    **dict.fromkeys(("Marfan syndrome", "马凡综合征", "homocystinuria", "同型半胱氨酸尿症"), "Disease"),
    **dict.fromkeys(("warfarin", "华法林", "metformin", "二甲双胍"), "Drug"),
    **dict.fromkeys(("CYP3A4", "FBN1"), "Gene"),
    **dict.fromkeys(("ectopia lentis", "晶状体异位"), "Phenotype"),
}
CLASSES = ("statins", "他汀类", "beta blockers", "β受体阻滞剂")


def asked(text: str) -> Wanted | None:
    named = [AskedEntity(f"X:{name}", type, name, name, False, "") for name, type in TYPES.items() if name in text] + [
        AskedEntity(f"ATC:{name}", "Concept", name, name, False, "") for name in CLASSES if name in text
    ]
    return wanted(text, named)


def clauses(text: str) -> list[str]:
    found = asked(text)
    assert found is not None, text
    each = [f"{'not ' * one.negated}{one.way.name} {one.thing.surface}" for one in found.branches]
    return [*each, *([f"then {found.behind.name}"] if found.behind else [])]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("List all drugs that treat epilepsy", ["treated_by epilepsy"]),
        ("列出所有治疗癫痫的药物", ["treated_by 癫痫"]),
        ("medications for epilepsy", ["treated_by epilepsy"]),
        ("癫痫有哪些药可以用", ["treated_by 癫痫"]),
        ("And what does metformin treat?", ["treats metformin"]),
        ("二甲双胍治疗什么病", ["treats 二甲双胍"]),
        ("How many diseases have ectopia lentis?", ["found_in ectopia lentis"]),
        ("有多少种疾病会出现晶状体异位", ["found_in 晶状体异位"]),
        ("Diseases caused by mutations in FBN1", ["diseases FBN1"]),
        ("FBN1突变会导致哪些疾病", ["diseases FBN1"]),
        ("Which gene is mutated in Marfan syndrome?", ["genes Marfan syndrome"]),
        ("马凡综合征的致病基因", ["genes 马凡综合征"]),
        ("How is Marfan syndrome inherited?", ["inheritance Marfan syndrome"]),
        ("马凡综合征的遗传方式", ["inheritance 马凡综合征"]),
        ("drugs that inhibit CYP3A4", ["inhibitors CYP3A4"]),
        ("what interacts with warfarin", ["interacts warfarin"]),
        ("what signs would I see in Marfan syndrome", ["findings Marfan syndrome"]),
    ],
)
def test_one_clause(text: str, expected: list[str]) -> None:
    assert clauses(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "drugs that treat hypertension and do not interact with warfarin",
            ["treated_by hypertension", "not interacts warfarin"],
        ),
        ("治疗高血压且不与华法林相互作用的药物", ["treated_by 高血压", "not interacts 华法林"]),
        ("genes shared by Marfan syndrome and homocystinuria", ["genes Marfan syndrome", "genes homocystinuria"]),
        ("马凡综合征和同型半胱氨酸尿症共同的表现", ["findings 马凡综合征", "findings 同型半胱氨酸尿症"]),
        ("What findings do Marfan syndrome and homocystinuria have in common?",
         ["findings Marfan syndrome", "findings homocystinuria"]),
        ("side effects of drugs used for gout", ["treated_by gout", "then effects"]),
        ("治疗痛风的药物有哪些副作用", ["treated_by 痛风", "then effects"]),
        ("which genes do drugs for gout target", ["treated_by gout", "then targets"]),
        ("beta blockers for hypertension", ["class_members beta blockers", "treated_by hypertension"]),
        ("Which drugs for hypertension are beta blockers?", ["treated_by hypertension", "class_members beta blockers"]),
        ("哪些β受体阻滞剂用于高血压", ["class_members β受体阻滞剂", "treated_by 高血压"]),
        ("statins that are not CYP3A4 substrates", ["class_members statins", "not substrates CYP3A4"]),
        ("不经CYP3A4代谢的他汀类", ["not substrates CYP3A4", "class_members 他汀类"]),
        (
            "side effects of beta blockers used for hypertension",
            ["class_members beta blockers", "treated_by hypertension", "then effects"],
        ),
        (
            "Which drugs treat hypertension, do not interact with warfarin and are beta blockers?",
            ["treated_by hypertension", "not interacts warfarin", "class_members beta blockers"],
        ),
        ("genes and inheritance of Marfan syndrome", ["inheritance Marfan syndrome", "genes Marfan syndrome"]),
    ],
)  # fmt: skip
def test_several_clauses(text: str, expected: list[str]) -> None:
    assert sorted(clauses(text)) == sorted(expected)


def test_how_things_are_joined() -> None:
    for text, joining in (
        ("drugs for gout or epilepsy", "any"),
        ("genes shared by Marfan syndrome and homocystinuria", "all"),
        ("symptoms of Marfan syndrome and homocystinuria", "each"),
        ("genes and inheritance of Marfan syndrome", "each"),
    ):
        found = asked(text)
        assert found is not None
        assert found.joining == joining, text


def test_a_number_is_asked_for() -> None:
    for text in ("How many drugs treat gout?", "有多少种药物治疗痛风"):
        found = asked(text)
        assert found is not None
        assert found.counted, text
        assert found.head == ("Drug",)


@pytest.mark.parametrize(
    "text",
    [
        "drugs that do not interact with warfarin",
        "Which drugs treat gout with the contraindication of the genes?",
        "hello",
        "gout",
    ],
)
def test_what_is_not_all_understood_is_no_list(text: str) -> None:
    assert asked(text) is None
