from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from ingest.reading.linking.lexicon import Lexicon
from training.linking.linker import build, group_of, headings


def resources(folder: Path) -> Path:
    """The files that names are read from, with a handful of concepts."""
    rows = {
        "mesh_id_label_mappings.tsv": [
            "D000001\tBreast Neoplasms\tBreast Cancer|Breast Tumor\tC04.588.180|C17.800\t",
            "D000002\tNaloxone\tNarcan\tD03.132.577\t",
            "D000003\tMice\tMouse\tB01.050\t10090",
            "D000004\tGoals\t\tF01.658\t",
            "D000005\tLaw\tLaws\tI01.880\t",
        ],
        "mesh_supp_id_label_mappings.tsv": [
            "C000001\tnalox analogue\tNX1\t*D000002",
            "C531816\tFabry-like syndrome\t\tD000001",
            "C000003\tABC1 protein, human\t\tD000002",
            "C000004\tstuff\t\t",
        ],
        "hgnc_entries.tsv": [
            "HGNC:1\tABC1\tabc one\tApproved\tABX, ABY\t77\t\t\t\tABZ\t\t\t",
            "HGNC:2\tXYZ\tx\tWithdrawn\t\t78\t\t\t\t\t\t\t",
        ],
    }
    for file, lines in rows.items():
        (folder / file).write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    same = [{"namespace": "MESH", "id": "C531816"}, {"namespace": "OMIM", "id": "301500"}]
    mondo = [{"name": "Fabry-like disease type 1", "synonyms": ["kerato syndrome, type I"], "xrefs": same}]
    for file, entries in {"doid.json": [], "mondo.json": mondo, "hp.json": []}.items():
        (folder / file).write_text(json.dumps(entries), encoding="utf-8")
    return folder


@pytest.mark.parametrize(
    ("trees", "group"),
    [("C", "d"), ("D", "c"), ("CD", "d"), ("d", "c"), ("g", "g"), ("T", "t"), ("l", "l")],
)
def test_the_trees_of_a_concept_tell_from_which_label_it_is_linked(trees: str, group: str) -> None:
    assert group_of(trees) == group


def pubtator(path: Path, *rows: tuple[int, str, str]) -> Path:
    path.write_text(
        "".join(f"{n}|t|{name}\n{n}|a|\n{n}\t0\t{len(name)}\t{name}\tDisease\t{id}\n\n" for n, name, id in rows)
    )
    return path


def test_what_a_held_out_document_says_is_not_taught(tmp_path: Path) -> None:
    train = pubtator(tmp_path / "train.pubtator", (1, "lump", "D000001"), (2, "knob", "D000001"), (3, "old", "D000009"))
    held = pubtator(tmp_path / "dev.pubtator", (2, "knob", "D000001"))
    older = tmp_path / "2015.tsv.gz"
    older.write_bytes(gzip.compress(b"mesh_id\tname\nD000009\tOld disease\nC000009\tNaloxone\nC000010\tLost\n"))
    told = build(resources(tmp_path), [train], [held], [], {"D000001": 7}, [older], tmp_path / "out")
    lexicon = Lexicon.load(tmp_path / "out" / "lexicon.npz")
    taught = {lexicon.ids[int(at)] for at in lexicon.taught.concepts}
    assert taught == {"MESH:D000001", "MESH:D000009"}
    at = lexicon.concept["MESH:D000001"]
    assert (int(lexicon.taught_uses[at]), int(lexicon.uses[at])) == (1, 4)  # 1.5 log2(1 + 7)
    assert lexicon.names[lexicon.concept["MESH:D000009"]] == "Old disease"
    assert told["concepts"] == len(lexicon.ids)
    present = {lexicon.ids[old]: lexicon.ids[now] for old, now in lexicon.present.tolist()}
    assert present == {"MESH:C000009": "MESH:D000002"}  # by its name of an older release; nothing has that of C000010
    assert json.loads((tmp_path / "out" / "config.json").read_text())["version"] == told["version"]


def test_a_citation_counts_once_for_a_heading(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    heading = '<MeshHeading><DescriptorName UI="D1">A</DescriptorName></MeshHeading>'
    citation = f"<PubmedArticle><MeshHeadingList>{heading * 2}</MeshHeadingList></PubmedArticle>"
    substance = '<PubmedArticle><Chemical><NameOfSubstance UI="C1">B</NameOfSubstance></Chemical></PubmedArticle>'
    file.write_text(f"<PubmedArticleSet>{citation * 2}{substance}</PubmedArticleSet>")
    assert headings([file]) == {"D1": 2, "C1": 1}
