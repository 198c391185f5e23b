"""Sources loaded, replaced and unloaded as a user does it: only what stands in the end shows, however it came."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from api.cli.main import main

TERM = "\n[Term]\nid: {0}:{1}\nname: {2} {1}\n"
ROW = "MONDO:{0}\tskos:exactMatch\tDOID:{1}\n"
FILES = {
    "MONDO": ["mondo1.obo", "mondo2.obo"],
    "DO": ["doid1.obo"],
    "mondo-sssom-DOID": ["one.sssom.tsv", "two.sssom.tsv"],
}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    for name, prefix, release in (("mondo", "MONDO", 1), ("mondo", "MONDO", 2), ("doid", "DOID", 1)):
        text = f"format-version: 1.2\nontology: {name}\ndata-version: releases/203{release}-01-01\n"
        text += "".join(
            TERM.format(prefix, n, f"{name} {release}") + f"is_a: {prefix}:1\n" for n in range(2, 4 + release)
        )
        (tmp_path / f"{name}{release}.obo").write_text(text)
    for release, (name, shift) in enumerate((("one", 0), ("two", 1))):
        head = f"#mapping_set_version: {release}\nsubject_id\tpredicate_id\tobject_id\n"
        rows = "".join(ROW.format(n, n + shift) for n in range(2, 5))
        (tmp_path / f"{name}.sssom.tsv").write_text(head + rows)
    return tmp_path


def test_only_what_stands_in_the_end_shows(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def called(home: str, *command: str) -> str:
        monkeypatch.setenv("MEDGRAPH_HOME", str(files / home))
        assert main(list(command)) == 0
        return capsys.readouterr().out

    for seed in range(4):
        chance = random.Random(seed)
        stands: dict[str, str] = {}
        for _ in range(7):
            if stands and chance.random() < 0.4:
                gone = chance.choice(sorted(stands))
                del stands[gone]
                assert called(f"way{seed}", "unload", gone) == "1 unloaded\n"
            else:
                wanted = chance.sample(sorted(FILES), chance.randint(1, 2))
                came = {source: chance.choice(FILES[source]) for source in wanted}
                stands |= came
                called(f"way{seed}", "load", "-q", *(str(files / name) for name in came.values()))
        if stands:
            called(f"new{seed}", "load", "-q", *(str(files / name) for name in stands.values()))
        assert called(f"way{seed}", "fingerprint") == called(f"new{seed}", "fingerprint")


def test_a_source_that_is_not_there_is_told_with_what_may_be_meant(
    files: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("MEDGRAPH_HOME", str(files / "home"))
    assert main(["load", "-q", str(files / "mondo1.obo"), str(files / "doid1.obo")]) == 0
    capsys.readouterr()
    for wrong, told in (
        ("mondo", "; there is MONDO (Mondo Disease Ontology)"),
        ("Disease Ontology", "; there is DO (Human Disease Ontology), MONDO (Mondo Disease Ontology)"),
        ("nothing", ""),
    ):
        assert main(["unload", wrong]) == 8
        printed = capsys.readouterr()
        assert (printed.out, printed.err) == ("0 unloaded\n", f"no curated source: {wrong}{told}\n")
    assert main(["unload", "MONDO", "DO"]) == 0
    assert capsys.readouterr().out == "2 unloaded\n"
