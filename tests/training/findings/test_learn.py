import gzip
import json
from pathlib import Path

from qa.verdicts.findings import opened_in
from training.findings.examples import of_templates
from training.findings.fit import Example
from training.findings.learn import figures, judged, learn


def test_weights_are_written_and_judge(tmp_path: Path) -> None:
    abstracts, labels = tmp_path / "abstracts.jsonl.gz", tmp_path / "labels.jsonl"
    said = {"yes": "Zinc significantly helped most of the children.", "no": "Zinc did not help any of the children."}
    rows = [(str(n), verdict) for n, verdict in enumerate(["yes", "no"] * 8)]
    with gzip.open(abstracts, "wt", encoding="utf-8") as file:
        for id, verdict in rows:
            text = f"CONCLUSIONS: {said[verdict]}"
            file.write(json.dumps({"pmid": id, "title": "Does zinc help?", "abstract": text}) + "\n")
    labels.write_text("\n".join(json.dumps({"document": f"PMID:{id}", "verdict": verdict}) for id, verdict in rows))
    told = learn(labels, abstracts, tmp_path / "out")
    assert told["conclusions"] == 16
    assert told["accuracy"] == 1.0
    judge = opened_in(tmp_path / "out")
    assert judge is not None
    rows_of_form = of_templates()
    right = [one == row.verdict for one, row in zip(judged(rows_of_form, judge), rows_of_form, strict=True)]
    assert sum(right) / len(right) > 0.6


def test_figures() -> None:
    examples = [Example({}, verdict) for verdict in ("yes", "yes", "no", "maybe")]
    told = figures(examples, ["yes", "yes", "yes", "maybe"])
    assert (told["accuracy"], told["majority"], told["clear"]) == (0.75, 0.5, 0.667)
    assert told["f1_no"] == 0.0
    assert figures([], []) == {}
