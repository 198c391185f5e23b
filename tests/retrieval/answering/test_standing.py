import pytest

from retrieval.answering.standing import label, leans, puts_off, standings


@pytest.mark.parametrize(
    ("sentence", "standing"),
    [
        ("BACKGROUND: Asthma is common.", "background"),
        ("Objectives: to compare two drugs.", "aim"),
        ("METHODS We asked 40 patients.", "method"),
        ("Results A total of 12 relapsed.", "result"),
        ("CONCLUSIONS: It works.", "conclusion"),
        ("结果：两组差异有统计学意义。", "result"),
        ("Results were good in both groups.", None),
        ("Patients with asthma were asked.", None),
    ],
)
def test_headings(sentence: str, standing: str | None) -> None:
    assert label(sentence) == standing


def test_a_heading_holds_until_the_next() -> None:
    text = ["A trial", "BACKGROUND: It is common.", "METHODS: We asked 40.", "They answered.", "RESULTS: 12 relapsed."]
    assert standings(text, ["abstract"] * 5, "A trial") == ["title", "background", "method", "method", "result"]


def test_one_heading_alone_says_nothing_of_what_follows() -> None:
    text = ["UNLABELLED: Asthma is a common disease.", "We aimed to compare two drugs.", "In conclusion, both work."]
    assert standings(text, ["abstract"] * 3, "") == ["background", "aim", "conclusion"]


def test_sections_of_a_full_text_are_headings() -> None:
    sections = ["Introduction", "Methods", "Results", "Results"]
    assert standings(["One."] * 4, sections, "") == ["background", "method", "result", "result"]


def test_what_leans_on_the_sentence_before() -> None:
    assert leans("This was seen in both groups.")
    assert leans("该药可引起头痛。")
    assert not leans("This study compares two drugs.")
    assert not leans("Nifedipine lowered the pressure.")


def test_what_puts_off() -> None:
    assert puts_off("Further studies are needed.")
    assert not puts_off("The pressure fell by 12 mm Hg.")
