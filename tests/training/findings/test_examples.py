import gzip
import json
from pathlib import Path

import pytest

from training.findings.examples import asked, of_labels, of_templates, question_of


@pytest.mark.parametrize(
    ("statement", "question"),
    [
        ("zinc reduces diarrhoea in children", "Does zinc reduce diarrhoea in children?"),
        ("zinc is useful in children", "Is zinc useful in children?"),
        ("zinc would help", "Would zinc help?"),
        ("of zinc nothing", "Is it so that of zinc nothing?"),
    ],
)
def test_statements_become_questions(statement: str, question: str) -> None:
    assert asked(statement) == question


def test_the_question_is_the_title_or_the_aim() -> None:
    assert question_of("[Does zinc help?].", "") == "Does zinc help?"
    abstract = "We tested whether zinc reduces diarrhoea in children. " + "It did so in most of them. " * 3
    assert question_of("Zinc", abstract) == "Does zinc reduce diarrhoea in children?"
    assert question_of("Zinc", "Nothing was tested.") == ""


def test_labels_are_joined_with_their_abstracts(tmp_path: Path) -> None:
    abstracts, labels = tmp_path / "abstracts.jsonl.gz", tmp_path / "labels.jsonl"
    with gzip.open(abstracts, "wt", encoding="utf-8") as file:
        file.write(
            json.dumps({"pmid": "1", "title": "Does zinc help?", "abstract": "CONCLUSIONS: Zinc did not help them."})
        )
    labels.write_text(
        json.dumps({"document": "PMID:1", "verdict": "no"}) + "\n" + json.dumps({"document": "PMID:2", "verdict": "no"})
    )
    ((document, example),) = of_labels(labels, abstracts)
    assert (document, example.verdict) == ("PMID:1", "no")
    assert example.features["denied_any"] == 1.0


def test_templates_are_filled() -> None:
    rows = of_templates()
    assert len(rows) > 100
    assert {row.verdict for row in rows} == {"yes", "no", "maybe"}
