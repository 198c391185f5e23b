import pytest

from graph.sqlite.store import SqliteStore
from qa.asked.intent import asks_whether
from qa.asked.understand import understand
from qa.model import Question


def named(graph: SqliteStore, text: str) -> dict[str, bool]:
    """Preferred names found, each with whether it is denied."""
    return {e.name: e.negated for e in understand(Question(text), graph).entities}


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("What disease causes fever and skin rash?", "diagnosis"),
        ("Which condition presents with ectopia lentis and arachnodactyly?", "diagnosis"),
        ("A 30-year-old patient with fever and cough", "diagnosis"),
        ("Patient with ectopia lentis, arachnodactyly and myopia: diagnosis?", "diagnosis"),
        ("What could fever and cough be?", "diagnosis"),
        ("What causes chest pain?", "diagnosis"),
        ("How is type 2 diabetes mellitus treated?", "treatment"),
        ("What drugs are used for hypertension?", "treatment"),
        ("Does metformin treat type 2 diabetes mellitus?", "treatment"),
        ("What are the side effects of aspirin?", "adverse_effect"),
        ("Can ibuprofen cause gastrointestinal hemorrhage?", "adverse_effect"),
        ("Which drugs cause gastrointestinal hemorrhage?", "adverse_effect"),
        ("What antibiotics are known to induce fever?", "adverse_effect"),
        ("Which drugs treat fever caused by measles?", "treatment"),
        ("What causes hypertension?", "cause"),
        ("Can I take aspirin and warfarin together?", "interaction"),
        ("Does ibuprofen interact with warfarin?", "interaction"),
        ("Is propranolol contraindicated in asthma?", "contraindication"),
        ("Is ibuprofen safe in pregnancy?", "contraindication"),
        ("Can aspirin be used in pregnancy?", "contraindication"),
        ("What is Marfan syndrome?", "definition"),
        ("What are the symptoms of measles?", "definition"),
        ("measles", "general"),
        ("发热、咳嗽和皮疹是什么病？", "diagnosis"),
        ("患者晶状体异位，蜘蛛指，可能是什么病？", "diagnosis"),
        ("高血压怎么治疗？", "treatment"),
        ("哮喘吃什么药？", "treatment"),
        ("阿司匹林有哪些副作用？", "adverse_effect"),
        ("哪些药会引起消化道出血？", "adverse_effect"),
        ("高血压的病因是什么？", "cause"),
        ("阿司匹林和华法林能一起吃吗？", "interaction"),
        ("哮喘患者能用普萘洛尔吗？", "contraindication"),
        ("什么是马凡综合征？", "definition"),
        ("麻疹有哪些症状？", "definition"),
    ],
)
def test_intent(curated: SqliteStore, text: str, intent: str) -> None:
    understanding = understand(Question(text), curated)
    assert understanding.intent == intent


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Does metformin treat hypertension?", True),
        ("My father takes aspirin. Can it cause fever?", True),
        ("阿司匹林会引起发热吗？", True),
        ("Which drugs cause fever?", False),
        ("Can you tell me what treats fever?", False),
        ("Is there a drug against fever?", False),
        ("哪些药会引起发热？", False),
        ("Side effects of aspirin", False),
    ],
)
def test_a_question_for_yes_or_no_is_known(text: str, expected: bool) -> None:
    assert asks_whether(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("fever without skin rash", {"Fever": False, "Skin rash": True}),
        ("no fever but cough", {"Fever": True, "Cough": False}),
        ("no fever, cough or skin rash", {"Fever": True, "Cough": True, "Skin rash": True}),
        ("no fever, cough and headache", {"Fever": True, "Cough": False, "Headache": False}),
        ("Patient denies any history of chest pain, has cough", {"Chest pain": True, "Cough": False}),
        ("does not have fever; headache", {"Fever": True, "Headache": False}),
        ("cough; fever is absent", {"Cough": False, "Fever": True}),
        ("Is there no treatment for fever?", {"Fever": False}),
        ("Why does cough not respond and fever stay?", {"Cough": False, "Fever": False}),
        ("咳嗽，没有发热，是什么病", {"Cough": False, "Fever": True}),
        ("无发热、咳嗽，有皮疹", {"Fever": True, "Cough": True, "Skin rash": False}),
        ("否认胸痛，头痛两天", {"Chest pain": True, "Headache": False}),
        ("有没有发热的疾病", {"Fever": False}),
        ("不发热，咳嗽", {"Fever": True, "Cough": False}),
        (
            "I don't have fever but I have a cough and a skin rash, what is it?",
            {"Fever": True, "Cough": False, "Skin rash": False},
        ),
        ("Which disease has cough and skin rash, fever absent?", {"Cough": False, "Skin rash": False, "Fever": True}),
        ("not only fever but cough", {"Fever": False, "Cough": False}),
        ("没有任何发热，有咳嗽，是什么病", {"Fever": True, "Cough": False}),
    ],
)
def test_denied_findings(curated: SqliteStore, text: str, expected: dict[str, bool]) -> None:
    assert named(curated, text) == expected


def test_the_longest_name_wins(curated: SqliteStore) -> None:
    assert set(named(curated, "high myopia in Marfan syndrome")) == {"High myopia", "Marfan syndrome"}


def test_names_are_read_in_any_spelling(curated: SqliteStore) -> None:
    assert set(named(curated, "EHLERS DANLOS syndrome, pyrexia, coughs, 馬凡綜合徵")) == {
        "Ehlers-Danlos syndrome",
        "Fever",
        "Cough",
        "Marfan syndrome",
    }


def test_a_gene_symbol_is_no_word(curated: SqliteStore) -> None:
    assert named(curated, "what was the fever") == {"Fever": False}
    assert set(named(curated, "mutations of WAS and FBN1")) == {"WAS", "FBN1"}


def test_an_ambiguous_name_keeps_every_meaning_and_says_so(curated: SqliteStore) -> None:
    entities = understand(Question("asthma"), curated).entities
    assert {e.id for e in entities} == {"DOID:2841", "HP:0002099"}
    assert all("ambiguous" in e.reason for e in entities)


def test_every_entity_says_why(curated: SqliteStore) -> None:
    (entity,) = understand(Question("acetylsalicylic acid"), curated).entities
    assert entity.reason == "'acetylsalicylic acid' is a synonym of Aspirin (DB:aspirin)"
    assert entity.surface == "acetylsalicylic acid"


def test_everyday_words(curated: SqliteStore) -> None:
    assert named(curated, "孩子发烧") == {"Fever": False}
    assert named(curated, "child with a rash") == {"Skin rash": False}


def test_a_chinese_question_is_searched_in_english_too(curated: SqliteStore) -> None:
    understanding = understand(Question("阿司匹林有哪些不良反应？"), curated)
    assert understanding.language == "zh"
    assert understanding.search_text.startswith("阿司匹林有哪些不良反应？")
    assert "Aspirin" in understanding.search_text
    assert "adverse effects" in understanding.search_text


def test_an_english_question_is_searched_as_it_is(curated: SqliteStore) -> None:
    assert understand(Question("What treats fever?"), curated).search_text == "What treats fever?"


def test_the_longest_question_is_understood_quickly(curated: SqliteStore) -> None:
    from time import perf_counter

    for text in ("fever and cough " * 125, "发热咳嗽" * 500):
        begun = perf_counter()
        assert understand(Question(text[:2000]), curated).entities
        assert perf_counter() - begun < 1.0
