"""`medgraph differential` as a user has it: the table in both languages, `--json`, bad input, exit codes."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

Command = Callable[..., Any]


def test_the_words_of_json(medgraph: Command, clinic: Path) -> None:
    asked = ("differential", "Ectopia lentis", "HP:0001166", "zzzz", "--not", "fever", "--json")
    done = medgraph(*asked, home=clinic)
    assert (done.code, done.err) == (0, "")
    body = done.json
    first = body["candidates"][0]
    assert (first["id"], first["name"], first["ids"]) == (
        "OMIM:154700",
        "Marfan syndrome",
        ["OMIM:154700", "ORPHA:558"],
    )
    assert sum(one["probability"] for one in body["candidates"]) + body["other"] <= 1.0001
    assert {one["finding"] for one in first["explained"]} == {"Ectopia lentis", "HP:0001166"}
    assert all(one["ratio"] > 1 and one["frequency_told"] for one in first["explained"])
    assert first["explained"][0]["statement"]["source"] == "HPOA"
    assert [one["name"] for one in first["expected"]] == ["Tall stature"]
    assert [row["words"] for row in first["inheritance"]] == [
        "Marfan syndrome has the mode of inheritance Autosomal dominant inheritance."
    ]
    assert [row["words"] for row in first["genes"]] == ["FBN1 is associated with Marfan syndrome."]
    assert [one["told"] for one in body["unknown"]] == ["zzzz"]
    assert [one["id"] for one in body["case"]["absent"]] == ["HP:0001945"]
    assert body["id"] is None


def test_the_table(medgraph: Command, clinic: Path) -> None:
    done = medgraph("differential", "fever", "cough", "--not", "headache", "--season", "winter", home=clinic)
    assert (done.code, done.err) == (0, "")
    lines = done.out.splitlines()
    assert "  there: fever; cough" in lines
    assert "  not there: headache" in lines
    text = " ".join(done.out.split())
    assert "Influenza (MESH:D007251)" in text
    assert "explains: fever ×" in text
    assert "against it: no headache ×" in text
    assert "something else" in text
    assert "new cases a year per 100,000, by judgement" in text
    assert "1. Is there" in text


def test_the_table_in_chinese(medgraph: Command, clinic: Path) -> None:
    done = medgraph("differential", "发热", "咳嗽", "zzzz", home=clinic)
    assert (done.code, done.err) == (0, "")
    for words in ("存在：发热; 咳嗽", "未识别，未计入", "流行性感冒 (MESH:D007251)", "解释：", "其他疾病", "是否有"):
        assert words in done.out
    assert "流行性感冒" in medgraph("differential", "fever", "cough", "--language", "zh", home=clinic).out


def test_what_must_not_be_missed_is_marked(medgraph: Command, clinic: Path) -> None:
    done = medgraph("differential", "chest pain", home=clinic)
    assert "Myocardial infarction (MESH:D009203)  [MUST NOT BE MISSED]" in done.out
    assert "The heart dies." in done.out
    assert "Only one finding was understood" in done.out
    assert "心肌坏死。" in medgraph("differential", "胸痛", home=clinic).out


def test_what_is_taken_may_be_the_cause(medgraph: Command, clinic: Path) -> None:
    asked = ("differential", "cough", "--drug", "Lisinopril")
    (one,) = [
        one
        for one in medgraph(*asked, "--json", home=clinic).json["candidates"]
        if one["adverse_effect_of"] == "Lisinopril"
    ]
    assert (one["id"], one["name"]) == ("MESH:D017706", "adverse effect of lisinopril")
    assert "has the adverse effect" in one["explained"][0]["statement"]["words"]
    assert "的不良反应 (MESH:D017706)" in medgraph(*asked, "--language", "zh", home=clinic).out


def test_forms_of_one_disease_are_grouped(medgraph: Command, clinic: Path) -> None:
    body = medgraph("differential", "arachnodactyly", "--json", home=clinic).json
    (group,) = body["groups"]
    assert (group["name"], set(group["members"])) == ("Osteodystrophy", {"OMIM:601", "OMIM:602"})
    parts = [one for one in body["candidates"] if one["group"] == "Osteodystrophy"]
    assert group["probability"] == pytest.approx(sum(one["probability"] for one in parts), rel=0.01)


def test_a_paper_may_be_left_out(medgraph: Command, clinic: Path) -> None:
    asked = ("differential", "ectopia lentis", "arachnodactyly", "--json")
    whole = medgraph(*asked, home=clinic).json["candidates"]
    without = medgraph(*asked, "--without", "PMID:1", home=clinic).json["candidates"]
    assert whole[0]["id"] == "OMIM:154700" != without[0]["id"]


@pytest.mark.parametrize("age", ["34", "6mo", "3d", "2y6m", "P3Y", "3岁", "0.5"])
def test_ages(age: str, medgraph: Command, clinic: Path) -> None:
    assert medgraph("differential", "fever", "--age", age, home=clinic).code == 0


@pytest.mark.parametrize(
    "args",
    [
        (), ("fever", "--age", "-1"), ("fever", "--age", "131"), ("fever", "--age", "old"), ("fever", "--sex", "x"),
        ("fever", "--limit", "0"), ("",), ("fever", "--without", "12345"), ("fever", "--without-own-papers"),
        ("fever", "--interactive", "--json"), ("fever", "--onset", "9", "--age", "3"), ("fever",) * 501,
        ("fever", "--format", "jsonl", "--json"), ("--format", "jsonl"), ("nowhere", "--format", "jsonl"),
    ],
)  # fmt: skip
def test_wrong_options(args: tuple[str, ...], medgraph: Command, clinic: Path) -> None:
    done = medgraph("differential", *args, home=clinic)
    assert (done.code, done.out) == (2, "")
    assert done.err


def test_nothing_understood(medgraph: Command, clinic: Path) -> None:
    done = medgraph("differential", "zzzz", home=clinic)
    assert done.code == 8
    assert "zzzz: nothing is near" in done.out
    assert "nothing can be ranked" in done.out


def test_a_graph_without_annotations_says_what_to_load(medgraph: Command, tmp_path: Path) -> None:
    done = medgraph("differential", "fever", home=tmp_path)
    assert (done.code, done.out) == (9, "")
    assert "medgraph load conditions" in done.err


def test_a_folder_is_ranked_a_line_a_case(medgraph: Command, clinic: Path, folder: Path) -> None:
    done = medgraph("differential", str(folder), "--format", "jsonl", home=clinic)
    assert done.code == 4
    first, second = map(json.loads, done.out.splitlines())
    assert (first["case"], second["case"]) == ("a", "b")
    assert first["ranked"][0].keys() == {"id", "ids", "name", "probability", "score"}
    assert first["ranked"][0]["ids"] == ["OMIM:154700", "ORPHA:558"]
    assert len(first["ranked"]) == 8
    assert second["ranked"][0]["name"] == "Influenza"
    assert "broken.json: no JSON" in done.err
    assert "1 of 3 could not be read" in done.err


def test_a_batch_without_the_own_papers(medgraph: Command, clinic: Path, folder: Path) -> None:
    asked = ("differential", str(folder / "a.json"), "--format", "jsonl")
    whole, without = (medgraph(*asked, *more, home=clinic) for more in ((), ("--without-own-papers",)))
    assert (whole.code, without.code) == (0, 0)

    def score(done: Any) -> float:
        return float({one["id"]: one["score"] for one in json.loads(done.out)["ranked"]}["OMIM:154700"])

    assert score(whole) > 5 > score(without)


def test_a_batch_tells_what_did_not_count_and_is_never_more_than_sure(
    medgraph: Command, clinic: Path, tmp_path: Path, packet: Callable[..., dict[str, Any]]
) -> None:
    tall, fingers = "HP:0000098", "HP:0001166"
    for name, one in (
        ("bare", packet(excluded=(tall,))), ("both", packet(tall, fingers, excluded=(tall,))), ("odd", packet("HP:99")),
    ):  # fmt: skip
        (tmp_path / f"{name}.json").write_text(json.dumps(one))
    done = medgraph("differential", str(tmp_path), "--format", "jsonl", home=clinic)
    bare, both, odd = map(json.loads, done.out.splitlines())
    assert (done.code, len(both["notes"])) == (4, 1)
    assert bare == {"case": "bare", "ranked": [], "error": "it tells of no finding that is there"}
    assert (odd["error"], odd["unknown"]) == ("no finding that is there was understood", ["HP:99"])
    assert "error" not in both
    assert "bare.json: it tells of no finding" in done.err
    assert medgraph("differential", str(tmp_path / "odd.json"), "--format", "jsonl", home=clinic).code == 8
    assert sum(each["probability"] for each in both["ranked"]) <= 1


def test_of_files_that_are_broken_each_is_named_and_the_others_are_ranked(
    medgraph: Command, clinic: Path, folder: Path, packet: Callable[..., dict[str, Any]]
) -> None:
    (folder / "gone.json").symlink_to("nowhere")
    (folder / "old.json").write_text(json.dumps(packet(metaData={"phenopacketSchemaVersion": "1.0"})))
    (folder / "bytes.json").write_bytes(b"\xff")
    (folder / "more").mkdir()
    (folder / "more" / "a.json").write_text(json.dumps(packet("HP:0012735")))
    done = medgraph("differential", str(folder), "--format", "jsonl", home=clinic)
    assert (done.code, [json.loads(line)["case"] for line in done.out.splitlines()]) == (4, ["a", "b", "a"])
    for words in (
        f"failed: {folder}/gone.json: No such file",
        "old.json: a phenopacket of version 1",
        "bytes.json: no UTF-8 text",
    ):
        assert words in done.err
    assert "4 of 7 could not be read" in done.err
    assert "2 files are called a" in done.err


def test_folders_without_a_case(medgraph: Command, clinic: Path, folder: Path, tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    done = medgraph("differential", str(tmp_path / "empty"), "--format", "jsonl", home=clinic)
    assert (done.code, done.out) == (3, "")
    assert "no phenopacket" in done.err
    assert medgraph("differential", str(folder / "broken.json"), "--format", "jsonl", home=clinic).code == 3


def test_a_phenopacket(medgraph: Command, clinic: Path, folder: Path) -> None:
    body = medgraph("differential", "tall stature", "--phenopacket", str(folder / "a.json"), "--json", home=clinic).json
    assert [one["id"] for one in body["case"]["findings"]] == ["HP:0000098", "HP:0001083", "HP:0001166"]
    assert (body["case"]["sex"], body["case"]["age"]) == ("male", 16)
    done = medgraph("differential", "--phenopacket", str(folder / "broken.json"), home=clinic)
    assert done.code == 3
    assert "broken.json" in done.err


def test_a_case_that_is_written_is_read_again(medgraph: Command, clinic: Path, tmp_path: Path) -> None:
    path = tmp_path / "case.json"
    asked = (
        "differential", "HP:0001083", "tall stature", "--not", "fever", "--age", "3y2mo", "--onset", "6mo", "--sex",
        "male", "--drug", "lisinopril", "--json",
    )  # fmt: skip
    first = medgraph(*asked, "--write-phenopacket", str(path), home=clinic).json
    again = medgraph("differential", "--phenopacket", str(path), "--json", home=clinic).json
    for one in (first, again):
        for finding in (*one["case"]["findings"], *one["case"]["absent"], *one["case"]["drugs"]):
            del finding["told"]
    assert again["case"] == first["case"]
    assert [(one["id"], one["probability"]) for one in again["candidates"]] == [
        (one["id"], one["probability"]) for one in first["candidates"]
    ]


def test_a_phenopacket_that_cannot_be_written_is_no_crash(medgraph: Command, clinic: Path, tmp_path: Path) -> None:
    done = medgraph("differential", "fever", "--write-phenopacket", str(tmp_path / "no" / "x.json"), home=clinic)
    assert done.code == 5
    assert "x.json: No such file or directory" in done.err
    assert "there: fever" in done.out


def test_a_bundle_of_which_a_part_cannot_be_read(
    medgraph: Command, clinic: Path, tmp_path: Path, bundle: Callable[..., dict[str, Any]]
) -> None:
    path = tmp_path / "chart.json"
    path.write_text(json.dumps(bundle({"resourceType": "Condition", "id": "c", "subject": 7})))
    done = medgraph("differential", "--bundle", str(path), "--json", home=clinic)
    assert done.code == 4
    (failed,) = done.json["failed"]
    assert failed["record"].startswith("entry 3 (Condition)")
    assert f"chart.json: {failed['record']}: {failed['reason']}" in done.err
    assert [one["told"] for one in done.json["case"]["findings"]] == ["Cough"]


def test_an_id_is_told_once(medgraph: Command, clinic: Path) -> None:
    assert "  there: Fever (HP:0001945)" in medgraph("differential", "HP:0001945", home=clinic).out.splitlines()


def test_a_disease_alone_is_told_by_its_findings_before_what_it_is_weighed_by(medgraph: Command, clinic: Path) -> None:
    text = medgraph("ask", "influenza", home=clinic).out.partition("Sources")[0]
    assert 0 <= text.index("presents with Fever") < text.index("occurs in")


def test_asking_and_answering(medgraph: Command, clinic: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("what\ny\nu\nn\nq\n"))
    done = medgraph("differential", "cough", "--interactive", home=clinic)
    assert (done.code, done.err) == (0, "")
    assert "([y]es, [n]o, [u]nknown, [q]uit)" in done.out
    assert "Answer y, n, u or q." in done.out
    assert done.out.count("something else") > 2
