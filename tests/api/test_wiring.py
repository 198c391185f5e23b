"""The wiring: settings to parts."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest

from api.errors import HomeUnavailable
from api.home import home
from api.settings import Settings
from api.wiring import Parts, open_encoder, threads
from graph.errors import StoreUnavailable
from retrieval.errors import EncoderUnavailable, StorageUnavailable


def test_parts_are_opened_on_first_use_and_closed_at_the_end(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path / "home", tagger="dictionary")) as parts:
        assert not (tmp_path / "home").exists()
        graph, passages, encoder = parts.graph(), parts.passages(), parts.encoder()
        assert parts.graph() is graph
        assert parts.searcher.ping().startswith(f"0 vectors of {encoder.name}, SQfp16")
        assert parts.passages.ping() == "change 0"
        assert parts.encoder.ping() == f"{encoder.name}, 384 dimensions"
        encoder.encode(["one", "two"])
        assert any(thread.name.startswith("encode") for thread in threading.enumerate())
    with pytest.raises(StoreUnavailable):
        graph.ping()
    with pytest.raises(StorageUnavailable):
        passages.sequence()
    with pytest.raises(RuntimeError):
        encoder.encode(["one", "two"])


def test_the_fingerprint_is_over_graph_and_passages(tmp_path: Path) -> None:
    with Parts(Settings(home=tmp_path)) as parts:
        assert len(parts.fingerprint()) == 64


def test_a_text_read_before_or_after_its_ids_are_mapped_comes_to_one_fingerprint(tmp_path: Path) -> None:
    from api import work

    names, mappings, text = tmp_path / "names.tsv", tmp_path / "m.sssom.tsv", tmp_path / "a.txt"
    # A synonym before and after: that a preferred name becomes one is known only to what is read again.
    names.write_text(
        "id\ttype\tname\tsynonyms\nMESH:D900001\tDisease\tgrey ear\tblue ear\nMONDO:0900001\tDisease\tazure ear\t\n"
    )
    mappings.write_text("subject_id\tpredicate_id\tobject_id\nMONDO:0900001\tskos:exactMatch\tMESH:D900001\n")
    text.write_text("A patient with blue ear.")
    prints = set()
    for number, after in enumerate((False, True)):
        with Parts(Settings(home=tmp_path / str(number), tagger="dictionary")) as parts:
            list(work.load(parts, [names] if after else [names, mappings]))
            list(work.ingest(parts, [text]))
            if after:
                before = parts.fingerprint()
                list(work.load(parts, [mappings]))
                assert parts.fingerprint() != before
            assert parts.graph().mappings() == {"MESH:D900001": "MONDO:0900001"}
            (mention,) = parts.graph().mentions(entity="MONDO:0900001", access=None)
            prints.add((mention, parts.fingerprint()))
    assert len(prints) == 1


def test_the_tagger_follows_the_names_of_the_graph(tmp_path: Path, inputs: Path) -> None:
    from api import work

    with Parts(Settings(home=tmp_path, tagger="dictionary")) as parts:
        empty = parts.tagger()
        assert parts.tagger() is empty
        list(work.load(parts, [inputs / "names.tsv"]))
        assert parts.tagger().version != empty.version
        assert [m.entity for m in parts.tagger().tag(["Metformin causes nausea."], "en")[0]] == [
            "MESH:D008687",
            "HP:0002018",
        ]


def test_a_home_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnavailable):
        home(Settings(home=tmp_path / "file" / "home"))


def test_a_home_is_its_owners_alone(tmp_path: Path) -> None:
    assert home(Settings(home=tmp_path / "home")).stat().st_mode & 0o777 == 0o700


def test_a_shipped_encoder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(EncoderUnavailable, match="MEDGRAPH_MODELS"):
        open_encoder(Settings(models=tmp_path))


def test_threads_are_those_of_the_settings() -> None:
    assert threads(Settings(threads=3)) == 3
    assert threads(Settings()) >= 1
