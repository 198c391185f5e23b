"""`medgraph evaluate tag`: tables, JSON, options, and files that cannot be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

GOLD = """\
7|t|Aspirin and toxicity.
7|a|Renal failure after aspirin in a man.
7\t0\t7\tAspirin\tChemical\tD001241
7\t12\t20\ttoxicity\tDisease\tD064420
7\t22\t35\tRenal failure\tDisease\tD051437
7\t42\t49\taspirin\tChemical\tD001241
7\tCID\tD001241\tD051437

8|t|Warfarin and toxicity.
8|a|Nothing else.
8\t0\t8\tWarfarin\tChemical\tD014859
8\t13\t21\ttoxicity\tDisease\tD064420
8\tCID\tD014859\tD064420
"""
PRED = [
    {
        "id": "7",
        "mentions": [
            {"start": 0, "end": 7, "text": "Aspirin", "type": "Chemical", "id": "MESH:D001241"},
            {"start": 28, "end": 35, "text": "failure", "type": "Disease", "id": "MESH:D051437"},
            {"start": 42, "end": 49, "text": "aspirin", "type": "Chemical", "id": None},
            {"start": 55, "end": 58, "text": "man", "type": "Species", "id": "NCBITaxon:9606"},
        ],
        "relations": [
            {"subject": "MESH:D001241", "predicate": "causes", "object": "MESH:D051437", "polarity": "affirmed"},
            {"subject": "MESH:D001241", "predicate": "treats", "object": "MESH:D064420", "polarity": "affirmed"},
        ],
    },
    {"id": "8", "mentions": [], "relations": []},
]


@pytest.fixture
def files(tmp_path: Path) -> tuple[str, str]:
    gold, pred = tmp_path / "gold", tmp_path / "pred"
    gold.write_text(GOLD)
    pred.write_text("".join(json.dumps(one) + "\n" for one in PRED))
    return str(gold), str(pred)


def test_json_holds_every_figure(files: tuple[str, str], medgraph: Callable[..., Any]) -> None:
    done = medgraph("evaluate", "tag", *files, "--json")
    assert (done.code, done.err) == (0, "")
    found = json.loads(done.out)
    micro = found["mentions"]["micro"]
    assert {name: micro[name] for name in ("tp", "fp", "fn")} == {"tp": 2, "fp": 1, "fn": 4}
    assert micro["precision"] == pytest.approx(2 / 3)
    assert micro["recall"] == pytest.approx(1 / 3)
    assert micro["f1"] == pytest.approx(4 / 9)
    assert micro["f1_ci"][0] <= micro["f1"] <= micro["f1_ci"][1]
    assert found["types"] == ["Chemical", "Disease"]
    assert found["left_out"] == {"Species": 1}
    links = found["linking"]["on_gold"]["micro"]
    assert {name: links[name] for name in ("gold", "found", "linked", "right")} == {
        "gold": 6, "found": 2, "linked": 1, "right": 1,
    }  # fmt: skip
    assert (links["accuracy"], links["coverage"], links["precision"]) == (0.5, 0.5, 1.0)
    assert found["linking"]["concepts"]["micro"]["tp"] == 2
    assert found["relations"]["pairs"]["recall"] == 0.5
    assert found["relations"]["pairs"]["precision"] == 1.0
    assert found["relations"]["left_out"] == 1
    assert found["context"] is None
    patterns = found["errors"]["patterns"]
    assert (patterns[0]["kind"], patterns[0]["detail"], patterns[0]["count"]) == ("missed", "toxicity", 2)
    assert any(one["kind"] == "boundary on the left" and one["detail"] == "leaves renal" for one in patterns)


def test_tables_on_stdout_and_what_was_not_counted_on_stderr(
    files: tuple[str, str], medgraph: Callable[..., Any]
) -> None:
    done = medgraph("evaluate", "tag", *files)
    assert done.code == 0
    assert "Mentions: same place, same type" in done.out
    row = next(line for line in done.out.splitlines() if line.startswith("micro"))
    assert row.split()[1:4] == ["6", "3", "2"]
    assert "66.7" in row
    assert "«toxicity»" in done.out
    assert "1 Species" in done.err
    assert "1 relations are of kinds that GOLD does not annotate" in done.err
    assert all(len(line) <= 120 for line in done.out.splitlines())


def test_options(files: tuple[str, str], medgraph: Callable[..., Any]) -> None:
    only = json.loads(medgraph("evaluate", "tag", *files, "--types", "ChemicalEntity", "--json").out)
    assert list(only["mentions"]) == ["Chemical", "micro"]
    assert only["mentions"]["micro"]["fn"] == 1
    assert only["left_out"] == {"Disease": 1, "Species": 1}
    runs = [
        json.loads(
            medgraph("evaluate", "tag", *files, "--json", "--samples", "20", "--seed", seed, "--errors", "1").out
        )
        for seed in ("1", "1", "2")
    ]
    assert runs[0] == runs[1]
    assert [len(runs[0]["errors"][name]) for name in ("kinds", "patterns")] == [1, 1]
    assert (runs[2]["samples"], runs[2]["seed"]) == (20, 2)
    told = medgraph("evaluate", "tag", *files, "--errors", "0")
    assert "Commonest errors" not in told.out


def test_missing_documents_are_named(tmp_path: Path, files: tuple[str, str], medgraph: Callable[..., Any]) -> None:
    half = tmp_path / "half"
    half.write_text(json.dumps(PRED[0]) + "\n")
    done = medgraph("evaluate", "tag", files[0], str(half))
    assert done.code == 0
    assert "1 documents of GOLD are not in PRED, and count as missed: 8" in done.err


def test_chinese_corpora_keep_their_types(tmp_path: Path, medgraph: Callable[..., Any]) -> None:
    text = "患者头痛，服用阿司匹林"
    gold, pred = tmp_path / "gold.json", tmp_path / "pred.txt"
    given = [("头痛", "症状", 2), ("阿司匹林", "药物", 7)]
    mentions = [{"mention": words, "label": type, "offset": str(at)} for words, type, at in given]
    gold.write_text(json.dumps({"text": text, "mention_data": mentions}) + "\n")
    pred.write_text("".join(f"{c} {'B_症状' if n == 2 else 'I_症状' if n == 3 else 'O'}\n" for n, c in enumerate(text)))
    found = json.loads(medgraph("evaluate", "tag", str(gold), str(pred), "--json").out)
    assert {type: one["f1"] for type, one in found["mentions"].items()} == {
        "症状": 1.0, "药物": 0.0, "micro": pytest.approx(2 / 3),
    }  # fmt: skip


def test_words_of_the_files_cannot_steer_the_terminal(tmp_path: Path, medgraph: Callable[..., Any]) -> None:
    gold = tmp_path / "gold"
    gold.write_text("7|t|A \x1b[31mcold\x1b[0m [bold]day\n7|a|\n7\t7\t11\tcold\tDisease\tD1\n")
    pred = tmp_path / "pred"
    pred.write_text("7|t|A\n7|a|\n")
    done = medgraph("evaluate", "tag", str(gold), str(pred))
    assert done.code == 0
    assert "\x1b[31m" not in done.out
    assert "[bold]" in done.out


def test_bad_files_are_told_in_one_line(tmp_path: Path, files: tuple[str, str], medgraph: Callable[..., Any]) -> None:
    gold, pred = files
    words, broken, other = tmp_path / "words", tmp_path / "broken", tmp_path / "other"
    words.write_text("Only words.\n")
    broken.write_text('{"id": "7", "mentions": [{"start": 0}]}\n')
    other.write_text('{"id": "9", "mentions": []}\n')
    for arguments, told in [
        ((gold, str(tmp_path / "none")), "No such file"),
        ((gold, str(words)), "no format with annotations"),
        ((gold, str(broken)), "line 1: a mention without offsets"),
        ((gold, str(other)), "none of its documents is in"),
        ((pred, gold, "--gold-format", "pubtator"), "line 1: neither text, mention nor relation"),
    ]:
        done = medgraph("evaluate", "tag", *arguments)
        assert done.code == 3, done.err
        assert told in done.err
        assert done.err.count("\n") == 1
        assert done.out == ""
    wrong = medgraph("evaluate", "tag", gold, pred, "--types", "Disease,Planet")
    assert wrong.code == 2
    assert "GOLD annotates no Planet; it annotates Chemical, Disease" in wrong.err


@pytest.mark.data
def test_dev_against_itself(data: Path, medgraph: Callable[..., Any]) -> None:
    gold = str(data / "ner" / "bc5cdr" / "dev.pubtator")
    found = json.loads(medgraph("evaluate", "tag", gold, gold, "--json").out)
    assert (found["mentions"]["micro"]["f1"], found["mentions"]["micro"]["tp"]) == (1.0, 9334)
    assert (found["relations"]["pairs"]["f1"], found["relations"]["pairs"]["tp"]) == (1.0, 992)
