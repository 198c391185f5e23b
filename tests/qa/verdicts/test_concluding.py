from qa.verdicts.concluding import concluding


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in concluding(text)]


def test_what_stands_behind_the_label_concludes() -> None:
    text = "METHODS: We gave it to forty patients. RESULTS: Pain fell. CONCLUSIONS: It relieves pain well enough."
    assert said(text) == ["It relieves pain well enough."]


def test_without_a_label_the_last_sentences_do() -> None:
    text = "We gave it to forty patients. The pain fell in most of them. It was well tolerated by all of them."
    assert said(text) == ["The pain fell in most of them.", "It was well tolerated by all of them."]


def test_registrations_conclude_nothing() -> None:
    text = (
        "The pain fell in most of them. It helps in chronic pain. Trial registration: ClinicalTrials.gov NCT00000001."
    )
    assert said(text) == ["The pain fell in most of them.", "It helps in chronic pain."]


def test_chinese_and_empty_texts() -> None:
    assert said(
        "目的：观察疗效。方法：随机分为两组，每组四十例患者。结论：该药不能改善这些患者的肺功能，也不能减少其急性发作的次数。"
    ) == ["该药不能改善这些患者的肺功能，也不能减少其急性发作的次数。"]
    assert said("") == []
