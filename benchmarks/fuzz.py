"""Coverage-guided fuzzing of every reader: what makes one raise, run for long, or give what cannot be kept.

    uv pip install -e '.[fuzz]'
    python benchmarks/fuzz.py --seconds 3600 [--format jats]

It begins with the files that our tests read, which `fuzz_seeds.py` gathers once into `.fuzz/seeds`.

A reader may give records and Failures, and raise UnreadableSource or MalformedFile. Whatever else it does is a finding:
its input is kept below `.fuzz/found`, one for each place in the code, with the trace. The formats share the time.
"""

from __future__ import annotations

import argparse
import dataclasses
import functools
import hashlib
import random
import re
import resource
import subprocess
import sys
import time
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ingest.model import Document

ROOT = Path(__file__).resolve().parents[1]
SLOW = 10.0
"""Seconds of the processor that no input of a few kilobytes may take."""
LARGE = 1 << 20
"""KiB of memory that no such input may take."""
MOST = 1 << 15
"""Bytes of an input."""
SUFFIXES = {"text": ".txt", "markdown": ".md", "html": ".html", "jsonl": ".jsonl", "pdf": ".pdf", "docx": ".docx"}
BITS_64 = 1 << 63
SALT = b"salt" * 8


class Unkept(AssertionError):
    """A record that no store can keep."""


def _check(value: Any) -> None:
    """That a value can be written: text that is Unicode, whole numbers of 64 bits. Raises Unkept."""
    if isinstance(value, str):
        try:
            value.encode()
        except UnicodeEncodeError:
            raise Unkept("half of a surrogate pair") from None
    elif isinstance(value, bool | float | None):
        return
    elif isinstance(value, int):
        if not -BITS_64 <= value < BITS_64:
            raise Unkept("a number of more than 64 bits")
    elif dataclasses.is_dataclass(value):
        for field in dataclasses.fields(value):
            _check(getattr(value, field.name))
    elif isinstance(value, dict):
        for key, inner in value.items():
            _check(key)
            _check(inner)
    elif isinstance(value, tuple | list | frozenset | set):
        for inner in value:
            _check(inner)


def prove(path: Path, format: str | None) -> None:
    """Read a file as a job does, and hold each record to what it promises. Raises what is to be found."""
    from ingest.errors import MalformedFile, UnreadableSource
    from ingest.jobs.incoming import incoming
    from ingest.model import Document, Failure
    from ingest.sources.detect import CURATED_FORMATS, curated, detect, documents
    from ingest.sources.fhir.compose import compose, masked

    try:
        told = format or detect(path)
        read: Iterator[Any] = (
            curated(path, told) if told in CURATED_FORMATS else documents(path, told, salt=lambda: SALT)
        )
        for record in read:
            _check(record)
            if isinstance(record, Failure) and not record.reason:
                raise Unkept("a Failure without a reason")
            if isinstance(record, Document):
                _prove_document(record)
                # Of a patient's the job keeps the parts, and composes anew.
                if record.parts and (composed := compose(record.id, masked(record.parts))):
                    _prove_document(composed)
        if format is None and told not in CURATED_FORMATS:
            for item in incoming(path, salt=lambda: SALT):
                _check(item)
    except (UnreadableSource, MalformedFile) as error:
        _check(str(error))


def _prove_document(document: Document) -> None:
    from ingest.jobs.split import split

    _check(document)
    _check(document.hash)
    text = document.text
    if "".join(passage.text for passage in split(document)) != text:
        raise Unkept("passages that are not the text")
    for given in document.annotations:
        if text[given.start : given.end] != given.surface:
            raise Unkept("an annotation that stands elsewhere")
    for stated in document.statements:
        if text[stated.start or 0 : stated.end] != stated.sentence:
            raise Unkept("a statement that stands elsewhere")


class _Target:
    """What the fuzzer calls. It keeps a finding and goes on, for a crash would end the run."""

    def __init__(self, format: str | None, into: Path, scratch: Path) -> None:
        self._format, self._into = format, into
        self._path = scratch / f"{format or 'file'}{SUFFIXES.get(format or '', '')}"
        self._seen: dict[str, int] = {}
        self._peak = 0

    def __call__(self, data: bytes) -> None:
        self._path.write_bytes(data)
        began = time.process_time()
        try:
            prove(self._path, self._format)
        except Exception as error:  # noqa: BLE001  # the finding
            self._found(data, error)
        if (spent := time.process_time() - began) > SLOW:
            self._found(data, TimeoutError(f"{spent:.0f} seconds"))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        if self._peak and peak - self._peak > LARGE:
            self._found(data, MemoryError(f"{peak - self._peak} KiB"))
        self._peak = peak

    def _found(self, data: bytes, error: Exception) -> None:
        frames = [
            f"{Path(frame.filename).relative_to(ROOT)}:{frame.lineno}"
            for frame in traceback.extract_tb(error.__traceback__)
            if frame.filename.startswith(str(ROOT)) and ".venv" not in frame.filename and "fuzz" not in frame.filename
        ]
        place = f"{type(error).__name__} {frames[-1] if frames else error}"
        name = hashlib.sha256(place.encode()).hexdigest()[:12]
        self._seen[name] = min(self._seen.get(name, len(data) + 1), len(data) + 1)
        kept = self._into / f"{name}{self._path.suffix}"
        # The shortest input for each place is kept.
        if not kept.exists() or kept.stat().st_size > len(data):
            kept.write_bytes(data)
            trace = "".join(traceback.format_exception(error))
            (self._into / f"{name}.trace").write_text(f"{self._format or 'any'}: {place}\n{trace}", errors="replace")


def fuzz(format: str | None, seconds: int, corpus: Path, seeds: Path, into: Path, scratch: Path) -> None:
    """Fuzz one format in this process, which the fuzzer ends."""
    import atheris
    import fuzz_mutators

    with atheris.instrument_imports(include=["ingest", "text"]):
        from ingest.sources.curated import drug_names

        drug_names.known = functools.cache(drug_names.known)  # read from disk for each file, which takes a second
        from ingest.sources import detect
        from ingest.sources.curated.formats import FORMATS, reader

        for name in FORMATS if format is None else {format} & FORMATS.keys():
            reader(name)
        for name in detect.DOCUMENT_FORMATS if format is None else {format} & set(detect.DOCUMENT_FORMATS):
            detect._document_reader(name, lambda: SALT)

    def mutated(data: bytes, most: int, seed: int) -> bytes:
        try:
            return fuzz_mutators.by_form(data, most, random.Random(seed), atheris.Mutate)[:most]
        except Exception:  # noqa: BLE001  # a change that cannot be made would end the run
            return bytes(atheris.Mutate(data, most))

    options = [f"-max_total_time={seconds}", f"-max_len={MOST}", "-timeout=600", "-rss_limit_mb=4096", "-verbosity=1"]
    options += [f"-artifact_prefix={into}/died-", "-print_final_stats=1", "-len_control=0"]
    folders = [str(corpus), *([str(seeds)] if seeds.is_dir() else [])]
    atheris.Setup([sys.argv[0], *options, *folders], _Target(format, into, scratch), custom_mutator=mutated)
    atheris.Fuzz()


def _run(format: str, seconds: int, seeds: Path, into: Path, scratch: Path) -> tuple[int, int, int]:
    """Fuzz a format in processes of their own for so long; (runs, edges reached, seconds)."""
    corpus, kept = into / format / "corpus", into / format / "found"
    corpus.mkdir(parents=True, exist_ok=True)
    kept.mkdir(exist_ok=True)
    runs = edges = 0
    began = time.monotonic()
    while (left := seconds - int(time.monotonic() - began)) > 0:
        command = [sys.executable, __file__, "--one", format, "--seconds", str(left), "--seeds", str(seeds / format)]
        command += ["--into", str(kept), "--corpus", str(corpus), "--scratch", str(scratch)]
        done = subprocess.run(
            command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace", check=False
        )
        (into / format / "log").write_text(done.stdout)
        lines = re.findall(r"^#(\d+)\t.*?cov: (\d+)", done.stdout, re.MULTILINE)
        runs += int(lines[-1][0]) if lines else 0
        edges = max(edges, *(int(cov) for _, cov in lines)) if lines else edges
        if done.returncode and not lines:
            print(done.stdout[-2000:], file=sys.stderr)
            break
    return runs, edges, int(time.monotonic() - began)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--seconds", type=int, default=600)
    parser.add_argument("--format", action="append", help="one of the formats, or `any`; all where none is given")
    parser.add_argument("--seeds", type=Path, default=ROOT / ".fuzz" / "seeds")
    parser.add_argument("--into", type=Path, default=ROOT / ".fuzz" / "found")
    parser.add_argument("--scratch", type=Path, help="a folder in memory, where inputs are written; FOUND by default")
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--corpus", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    scratch = given.scratch or given.into
    if given.one:
        fuzz(
            None if given.one == "any" else given.one,
            given.seconds,
            given.corpus,
            given.seeds,
            given.into,
            given.scratch,
        )
        return
    from ingest.sources.detect import FORMATS

    if not given.seeds.is_dir():
        subprocess.run([sys.executable, Path(__file__).with_name("fuzz_seeds.py"), given.seeds], check=True)
    formats = given.format or [*FORMATS, "any"]
    print("reader\truns\tedges\tfindings\tseconds")
    for format in formats:
        place = scratch / f"medgraph-fuzz-{format}"
        place.mkdir(parents=True, exist_ok=True)
        runs, edges, seconds = _run(format, given.seconds // len(formats), given.seeds, given.into, place)
        findings = len(list((given.into / format / "found").glob("*.trace")))
        print(f"{format}\t{runs}\t{edges}\t{findings}\t{seconds}", flush=True)


if __name__ == "__main__":
    main()
