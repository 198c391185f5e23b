"""The trail: lines that are tied together, by whatever process they are written."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from api.audit.chain import hidden, line_of, parted
from api.audit.trail import Trail
from api.audit.verify import verify
from api.errors import HomeCorrupt


@pytest.fixture
def trail(tmp_path: Path) -> Trail:
    return Trail(tmp_path / "audit", tmp_path / "key", rotated=2_000)


def filled(trail: Trail, lines: int = 40) -> list[Path]:
    for number in range(lines):
        trail.append({"time": f"2026-01-{1 + number // 10:02}T00:00:00.000+00:00", "what": f"{number} 病人"})
    return trail.files()


def test_a_line_is_read_as_it_was_written() -> None:
    line, sealed = line_of(b"key", "0" * 64, {"n": 1, "what": 'a "quoted" 词'})
    assert line.endswith("}\n")
    entry, body, read = parted(line[:-1])
    assert (entry, read) == ({"n": 1, "what": 'a "quoted" 词'}, sealed)
    assert line.startswith(body[:-1])
    assert hidden(b"key", "gout") == hidden(b"key", "gout") != hidden(b"other", "gout")


def test_what_is_written_is_whole_across_files(trail: Trail) -> None:
    assert verify(trail).faults == ()
    files = filled(trail)
    assert len(files) > 2
    verdict = verify(trail)
    assert (verdict.lines, verdict.first, verdict.faults) == (40, 1, ())
    assert [entry["n"] for entry in trail.entries()] == list(range(1, 41))
    assert all(path.stat().st_mode & 0o077 == 0 for path in (*files, trail.folder / "head", trail.folder))


def test_threads_and_processes_write_one_chain(trail: Trail, tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from api.audit.trail import Trail\n"
        "trail = Trail(Path(sys.argv[1]) / 'audit', Path(sys.argv[1]) / 'key', rotated=2000)\n"
        "for n in range(50): trail.append({'what': n})"
    )
    others = [subprocess.Popen([sys.executable, "-c", program, str(tmp_path)]) for _ in range(2)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: trail.append({"what": n}), range(50)))
    assert [other.wait(60) for other in others] == [0, 0]
    verdict = verify(trail)
    assert (verdict.lines, verdict.faults) == (150, ())


def changed(path: Path, change: Callable[[list[bytes]], list[bytes]]) -> None:
    path.write_bytes(b"".join(change(path.read_bytes().splitlines(keepends=True))))


@pytest.mark.parametrize(
    "change",
    [
        lambda lines: [lines[0], lines[1].replace(b'"what":"', b'"what":"x'), *lines[2:]],
        lambda lines: [lines[0], *lines[2:]],
        lambda lines: [lines[1], lines[0], *lines[2:]],
        lambda lines: [lines[0], lines[1], lines[1], *lines[2:]],
        lambda lines: [lines[0], b"{}\n", *lines[1:]],
        lambda lines: [lines[0], b"\n", *lines[1:]],
        lambda lines: [lines[0], lines[1][:20] + b"\n", *lines[2:]],
        lambda lines: lines[:-1],
        lambda lines: [],
    ],
    ids=["changed", "dropped", "swapped", "repeated", "put in", "blank", "cut", "last dropped", "emptied"],
)
@pytest.mark.parametrize("place", [0, 1, -1], ids=["first file", "second file", "last file"])
def test_whatever_is_done_to_lines_is_found(
    change: Callable[[list[bytes]], list[bytes]], place: int, trail: Trail
) -> None:
    files = filled(trail)
    changed(files[place], change)
    faults = verify(trail).faults
    assert faults
    trail.append({"what": "after it"})
    assert verify(trail).faults, "what is written afterwards hides nothing"


def test_a_line_sealed_with_another_key_is_found(trail: Trail, tmp_path: Path) -> None:
    *_, last = filled(trail)
    forged, _ = line_of(b"another", "0" * 64, {"n": 41, "what": "forged"})
    with last.open("a") as file:
        file.write(forged)
    assert [fault.line for fault in verify(trail).faults]


@pytest.mark.parametrize("place", [0, 1, -1])
def test_a_file_taken_away_is_found(place: int, trail: Trail) -> None:
    filled(trail)[place].unlink()
    assert verify(trail).faults


def test_a_head_that_is_gone_changed_or_forged_is_found(trail: Trail) -> None:
    filled(trail)
    head = trail.folder / "head"
    said = json.loads(head.read_text())
    for content in ("", "{}", json.dumps({**said, "n": 5}), json.dumps({**said, "signature": "0" * 64})):
        head.write_text(content)
        assert [fault.file for fault in verify(trail).faults] == ["head"]
        with pytest.raises(HomeCorrupt):
            trail.append({"what": "on a head that cannot be believed"})
    head.unlink()
    assert verify(trail).faults


def test_cutting_lines_and_head_alike_shows_to_whoever_kept_a_head(trail: Trail) -> None:
    filled(trail, 3)
    before = {path: path.read_bytes() for path in (*trail.files(), trail.folder / "head")}
    trail.append({"what": "to be hidden"})
    head = trail.head()
    assert head is not None
    for path, content in before.items():
        path.write_bytes(content)
    assert verify(trail).faults == ()
    assert verify(trail, f"{head.n}:{head.seal}").faults


def test_what_a_crash_left_of_a_line_is_named_by_the_next(trail: Trail) -> None:
    *_, last = filled(trail, 5)
    with last.open("ab") as file:
        file.write(b'{"n":6,"what":"half a li')
    assert verify(trail).faults == ()
    trail.append({"what": "after the crash"})
    verdict = verify(trail)
    assert (verdict.lines, verdict.faults) == (6, ())
    changed(last, lambda lines: [line.replace(b"half", b"other") for line in lines])
    assert verify(trail).faults


def test_what_nobody_wrote_behind_a_full_file_is_found(trail: Trail) -> None:
    first, *_ = filled(trail)
    with first.open("ab") as file:
        file.write(b"put behind it")
    assert [fault.file for fault in verify(trail).faults] == [first.name]


def test_a_head_that_lags_behind_after_a_crash_is_caught_up(trail: Trail) -> None:
    filled(trail, 3)
    lagging = (trail.folder / "head").read_bytes()
    trail.append({"what": "written, but the head was not"})
    (trail.folder / "head").write_bytes(lagging)
    assert trail.append({"what": "next"}) == 5
    assert verify(trail).faults == ()


def test_old_files_go_by_prune_alone(trail: Trail) -> None:
    filled(trail)
    assert trail.prune("2026-01-01") == 0
    assert trail.prune("2026-01-03") > 0
    verdict = verify(trail)
    assert verdict.first > 1
    assert verdict.faults == ()
    trail.files()[0].unlink()
    assert verify(trail).faults


def test_a_trail_without_room_writes_nothing_of_a_line(trail: Trail, tmp_path: Path) -> None:
    program = (
        "import resource, signal, sys; from pathlib import Path\n"
        "from api.audit.trail import Trail; from api.errors import HomeFull\n"
        "trail = Trail(Path(sys.argv[1]) / 'audit', Path(sys.argv[1]) / 'key')\n"
        "trail.append({'what': 'fits'})\n"
        "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))\n"
        "try: trail.append({'what': 'x' * 5000})\n"
        "except HomeFull: print('full')\n"
        "trail.append({'what': 'fits again'})"
    )
    done = subprocess.run([sys.executable, "-c", program, str(tmp_path)], capture_output=True, text=True, check=True)
    assert done.stdout == "full\n"
    verdict = verify(trail)
    assert (verdict.lines, verdict.faults) == (2, ())
