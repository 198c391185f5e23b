"""Bytes, text and lines of good files and of every kind of bad one."""

from __future__ import annotations

import gzip
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.errors import MalformedFile, UnreadableSource
from ingest.model import Failure
from ingest.sources.files import files
from ingest.sources.files.files import lines, open_bytes, open_text, rest, walk

Write = Callable[..., Path]


def test_bytes_are_unpacked_by_what_the_file_is_and_not_by_its_name(tmp_path: Path) -> None:
    packed, plain = tmp_path / "packed.txt", tmp_path / "plain.gz"
    packed.write_bytes(gzip.compress(b"fever ") + gzip.compress(b"and cough"))
    plain.write_bytes(b"fever and cough")
    for path in (packed, plain):
        with open_bytes(path) as file:
            assert file.read() == b"fever and cough"


@pytest.mark.parametrize("kind", ["missing", "folder", "fifo", "link to itself"])
def test_what_is_no_readable_file_is_refused_when_it_is_opened(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "source"
    match kind:
        case "folder":
            path.mkdir()
        case "fifo":
            os.mkfifo(path)
        case "link to itself":
            path.symlink_to(path)
    with pytest.raises(UnreadableSource, match="source"):
        open_bytes(path)


def test_a_gzip_cut_off_gives_all_that_is_readable_first(tmp_path: Path) -> None:
    content = b"".join(b"%d\n" % number for number in range(50_000))
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(content)[:-5000])
    read = b""
    with open_bytes(path) as file, pytest.raises(MalformedFile, match="cut off") as caught:  # noqa: PT012  # the loop is what raises
        while chunk := file.read1(1000):
            read += chunk
    assert len(read) > 100_000
    assert content.startswith(read)
    assert caught.value.record == f"byte {len(read)}"


def test_a_gzip_with_wrong_bytes_is_damaged(tmp_path: Path) -> None:
    packed = bytearray(gzip.compress(os.urandom(5000)))
    packed[2000:2100] = bytes(100)
    path = tmp_path / "damaged.gz"
    path.write_bytes(packed)
    with open_bytes(path) as file, pytest.raises(MalformedFile, match=r"damaged|cut off"):
        file.read()


def test_text_is_utf8_with_or_without_a_byte_order_mark(write: Write) -> None:
    for content in ("发热\r\nfever".encode(), "\ufeff发热\r\nfever".encode()):
        with open_text(write("a.txt", content)) as file:
            assert file.read() == "发热\nfever"
        with open_text(write("a.txt", content), newline="") as file:
            assert file.read() == "发热\r\nfever"


@pytest.mark.parametrize("before", [0, 1, 5000, files.CHUNK - 1, files.CHUNK, files.CHUNK + 1])
def test_wrong_encoding_names_its_byte_after_giving_the_lines_before(write: Write, before: int) -> None:
    path = write("latin.txt", b"a\n" * 10 + b"x" * before + b"\xe9t\xe9\n")
    with open_text(path) as file, pytest.raises(MalformedFile, match="not UTF-8") as caught:  # noqa: PT012  # the second read raises
        assert [file.readline() for _ in range(10)] == ["a\n"] * 10
        file.read()
    assert caught.value.record == f"byte {20 + before}"


def test_a_character_cut_in_two_at_the_end_is_wrong_encoding(write: Write) -> None:
    with open_text(write("a.txt", "热".encode()[:2])) as file, pytest.raises(MalformedFile, match="not UTF-8"):
        file.read()


def test_utf16_is_called_by_its_name(write: Write) -> None:
    path = write("a.txt", "fever".encode("utf-16"))
    with open_text(path) as file, pytest.raises(MalformedFile, match="UTF-16"):
        file.read()
    assert list(lines(path)) == [Failure(str(path), "", "UTF-16 text where UTF-8 is expected")]


def test_lines_are_numbered_and_without_their_ends(write: Write) -> None:
    path = write("a.txt.gz", "\ufefffever\r\n\ncough\u2028and\x85more\n")
    assert list(lines(path)) == [(1, "fever"), (2, ""), (3, "cough\u2028and\x85more")]


def test_an_empty_file_is_one_failure(write: Write) -> None:
    for name in ("a.txt", "a.txt.gz"):
        path = write(name, "")
        assert list(lines(path)) == [Failure(str(path), "", "empty file")]


def test_a_line_of_wrong_encoding_is_reported_with_its_byte_and_the_others_are_read(write: Write) -> None:
    path = write("a.txt", b"\xef\xbb\xbfone\ntw\xff\nthree\n")
    assert list(lines(path)) == [(1, "one"), Failure(str(path), "line 2", "not UTF-8 at byte 9"), (3, "three")]


def test_lines_of_a_gzip_cut_off_end_with_one_failure(tmp_path: Path) -> None:
    path = tmp_path / "cut.gz"
    path.write_bytes(gzip.compress(b"".join(b"%d\n" % number for number in range(50_000)))[:-5000])
    *read, last = lines(path)
    assert [number for number, _ in read] == list(range(1, len(read) + 1))  # type: ignore[misc]  # pairs, or the test fails
    assert isinstance(last, Failure)
    assert last.record == f"after line {len(read)}"
    assert "cut off" in last.reason


_LINE = st.text(st.characters(blacklist_characters="\n\r", blacklist_categories=["Cs"]), max_size=30)


@given(st.lists(_LINE, min_size=1, max_size=20), st.booleans(), st.integers(1, 40), st.integers(1, 64))
def test_every_line_is_given_or_reported_whatever_the_chunks(
    written: list[str], ended: bool, limit: int, chunk: int
) -> None:
    content = "\n".join(written).encode() + (b"\n" if ended else b"")
    if not content or content.startswith(b"\xef\xbb\xbf"):
        return
    expected: list[object] = []
    pieces = content.split(b"\n")
    for number, line in enumerate(pieces[:-1] if not pieces[-1] else pieces, 1):
        expected.append((number, line.decode()) if len(line) <= limit else f"line {number}")
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "CHUNK", chunk)
        path = Path(folder) / "lines"
        path.write_bytes(content)
        found = [item.record if isinstance(item, Failure) else item for item in lines(path, limit)]
    assert found == expected


def test_a_line_of_two_gigabytes_is_passed_over_in_constant_memory(tmp_path: Path) -> None:
    path = tmp_path / "long.txt"
    with path.open("wb") as file:
        file.write(b"first\n")
        file.seek(2 << 30, os.SEEK_CUR)  # a hole: the file takes no room on the disk
        file.write(b"\nlast\n")
    program = """
import resource, sys
from pathlib import Path
resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))
from ingest.sources.files.files import lines
for item in lines(Path(sys.argv[1])):
    print(item if isinstance(item, tuple) else (item.record, item.reason))
"""
    done = subprocess.run([sys.executable, "-c", program, path], capture_output=True, text=True, check=False)
    assert done.stderr == ""
    assert done.stdout.splitlines() == ["(1, 'first')", "('line 2', 'longer than 33554432 bytes')", "(3, 'last')"]


def test_walk_goes_into_folders_in_order_and_leaves_hidden_files_out(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", ".hidden/x.txt", "b/.x.txt", "c/deep/er/3.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    found = [path.relative_to(tmp_path).as_posix() for path in walk([tmp_path])]
    assert found == ["a.txt", "b/1.txt", "b/2.txt", "c/deep/er/3.txt"]
    assert list(walk([tmp_path / "b" / ".x.txt"])) == [tmp_path / "b" / ".x.txt"]


def test_walk_follows_a_link_once_and_gives_no_file_twice(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a" / "1.txt").touch()
    (tmp_path / "a" / "loop").symlink_to(tmp_path)
    (tmp_path / "z.txt").symlink_to(tmp_path / "a" / "1.txt")
    assert list(walk([tmp_path, tmp_path / "a" / "1.txt"])) == [tmp_path / "a" / "1.txt"]


def test_walk_gives_what_cannot_be_opened_so_that_opening_it_says_why(tmp_path: Path) -> None:
    (tmp_path / "gone").symlink_to(tmp_path / "nowhere")
    assert list(walk([tmp_path])) == [tmp_path / "gone"]
    with pytest.raises(UnreadableSource, match="missing"):
        list(walk([tmp_path / "missing"]))


def test_the_rest_of_a_file_says_how_far_reading_came() -> None:
    error = MalformedFile("a.xml", "byte 10", "cut off")
    assert rest(error, "entry 3") == Failure("a.xml", "after entry 3", "the rest of the file: cut off (at byte 10)")
    assert rest(error, "").record == ""
