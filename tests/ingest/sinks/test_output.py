"""Files that are taken up again, and streams."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
from pathlib import Path

import pytest

from ingest.errors import OutputFull, OutputUnavailable
from ingest.sinks.output import File, Stream

JOB = {"IN": "1", "--to": "jsonl/1"}


def cut_off(path: Path, *pieces: str, job: dict[str, str] = JOB) -> None:
    """Write pieces and end as a killed run does."""
    with File(path, job) as output:
        for number, piece in enumerate(pieces, 1):
            output.write(piece, {"records": number})


def test_a_file_appears_when_it_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "out"
    path.write_text("of before")
    with File(path, JOB) as output:
        output.write("a\n", {"records": 1})
        assert path.read_text() == "of before"
        output.finish("end\n")
        assert path.read_text() == "a\nend\n"
    assert os.listdir(tmp_path) == ["out"]


def test_what_is_safe_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "out"
    cut_off(path, "a\n", "b\n")
    assert sorted(os.listdir(tmp_path)) == ["out.part", "out.part.json"]
    with open(tmp_path / "out.part", "a") as part:
        part.write("half a li")  # what a kill leaves behind the last safe byte
    with File(path, JOB) as output:
        assert (output.counts, output.anew) == ({"records": 2}, ())
        output.write("c\n", {"records": 3})
        output.finish("")
    assert path.read_text() == "a\nb\nc\n"
    assert os.listdir(tmp_path) == ["out"]


@pytest.mark.parametrize(
    ("job", "differs"),
    [({**JOB, "--to": "bioc/1"}, ("--to",)), ({**JOB, "more": "x", "IN": "2"}, ("IN", "more")), ({}, ("--to", "IN"))],
)
def test_another_job_starts_anew_and_says_why(tmp_path: Path, job: dict[str, str], differs: tuple[str, ...]) -> None:
    path = tmp_path / "out"
    cut_off(path, "a\n")
    with File(path, job) as output:
        assert (output.counts, output.anew) == ({}, differs)
        output.finish("new\n")
    assert path.read_text() == "new\n"


@pytest.mark.parametrize("state", ["", "{", "[]", "{}", "null"])
def test_a_state_that_is_broken_starts_anew(tmp_path: Path, state: str) -> None:
    path = tmp_path / "out"
    cut_off(path, "a\n")
    (tmp_path / "out.part.json").write_text(state)
    with File(path, JOB) as output:
        assert output.counts == {}
        assert output.anew
        output.finish("new\n")
    assert path.read_text() == "new\n"


def test_a_part_that_lost_what_was_safe_starts_anew(tmp_path: Path) -> None:
    path = tmp_path / "out"
    cut_off(path, "aaaa\n")
    os.truncate(tmp_path / "out.part", 2)
    with File(path, JOB) as output:
        assert output.counts == {}
        assert output.anew


def test_a_state_without_its_part_is_that_of_a_job_that_ended(tmp_path: Path) -> None:
    path = tmp_path / "out"
    cut_off(path, "aaaa\n")
    os.replace(tmp_path / "out.part", path)
    cut_off(path)  # killed before it wrote anything
    with File(path, JOB) as output:
        assert (output.counts, output.anew) == ({}, ())


def test_two_runs_do_not_write_the_same_file(tmp_path: Path) -> None:
    path = tmp_path / "out"
    with File(path, JOB) as output:
        with pytest.raises(OutputUnavailable, match="another run"):
            File(path, JOB)
        output.finish("a\n")
    assert path.read_text() == "a\n"


def test_a_name_in_gz_is_packed_and_taken_up_too(tmp_path: Path) -> None:
    path = tmp_path / "out.gz"
    cut_off(path, "a\n")
    with File(path, JOB) as output:
        assert output.counts == {"records": 1}
        output.write("b\n", {"records": 2})
        output.finish("end\n")
    assert gzip.decompress(path.read_bytes()) == b"a\nb\nend\n"


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    (tmp_path / "there").mkdir()
    (tmp_path / "out").symlink_to(tmp_path / "there" / "real")
    with File(tmp_path / "out", JOB) as output:
        output.finish("a\n")
    assert (tmp_path / "out").is_symlink()
    assert (tmp_path / "there" / "real").read_text() == "a\n"


def test_the_state_holds_the_job_and_nothing_of_the_documents(tmp_path: Path) -> None:
    cut_off(tmp_path / "out", "gout\n")
    state = json.loads((tmp_path / "out.part.json").read_text())
    assert state == {"job": JOB, "counts": {"records": 1}, "bytes": 5}


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(OutputUnavailable, match="no such folder"):
        File(tmp_path / "none" / "out", JOB)


def test_a_full_disk_is_told_from_other_failures(tmp_path: Path) -> None:
    with open("/dev/full", "wb", buffering=0) as full, pytest.raises(OutputFull, match="no space left"):
        Stream(full, "here").write("a", {})
    with open(os.devnull, "rb") as closed, pytest.raises(OutputUnavailable, match="cannot be written"):
        Stream(closed).write("a", {})


def test_what_was_safe_before_the_disk_was_full_is_gone_on_with(tmp_path: Path) -> None:
    path = tmp_path / "out"
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (1_000, limits[1]))
    try:
        with File(path, JOB) as output:
            output.write("a" * 600, {"records": 1})
            with pytest.raises(OutputFull, match="run it again"):
                output.write("b" * 600, {"records": 2})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert not path.exists()
    with File(path, JOB) as output:
        assert output.counts == {"records": 1}
        output.write("b" * 600, {"records": 2})
        output.finish("")
    assert path.read_text() == "a" * 600 + "b" * 600


def test_a_stream_has_everything_at_once() -> None:
    stream = io.BytesIO()
    output = Stream(stream)
    output.write("é\n", {"records": 1})
    assert output.counts == {}
    output.finish("end\n")
    assert stream.getvalue().decode() == "é\nend\n"
