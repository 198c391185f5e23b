"""Whether what a caller may not see changes anything that he is told: random corpora with a hidden half and without it,
asked the same at all doors of the HTTP application, reads and writes.

    PYTHONPATH=. python benchmarks/labels.py --corpora 10000 --seed 1 [--chinese] [--neo4j URL]

Both stores are filled by the real job; the application is the real one, asked in its own process. Compared is the whole
of each reply but for what is random or a clock: ids of rankings and completions, times, generations. An encoder's
vectors are kept by text, since the texts come again and again. `--neo4j` empties the graph there again and again; its
user and password are those of the settings (MEDGRAPH_GRAPH_USER, MEDGRAPH_GRAPH_PASSWORD). Each difference is printed;
the exit code is 1 if there was one.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import re
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random
from time import monotonic
from typing import Any, Literal

import label_corpora
import label_doors
import numpy as np
from pydantic import SecretStr
from report import figure
from starlette.testclient import TestClient

from api.audit.recorder import Recorder
from api.callers.given import Given
from api.http.app import create_app
from api.http.kept_cases import KeptCases
from api.http.metrics import Metrics
from api.settings import Settings
from api.wiring import Parts, open_encoder
from ingest.jobs.job import ingest
from ingest.jobs.load import load
from ingest.jobs.writing import Writer
from retrieval import totals
from retrieval.encoder import Encoder, Vectors
from retrieval.family_encoder import FamilyEncoder

KEY = "the-key-of-the-caller"
SQLITE = "sqlite:"
WITH_NAMES = 0.9
"""So many of the corpora are read with the names of a vocabulary."""
_VARYING = re.compile(r'"(?:id|created)": ?(?:"chatcmpl-[0-9a-f]+"|"[A-Za-z0-9_-]{22}"|\d{10})|"seconds": ?\{[^}]*\}')


class Kept:
    """An encoder that keeps what it gave. Vectors of a text depend on that text alone."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._kept: dict[tuple[str, str], Vectors] = {}
        self.name, self.dimension = encoder.name, encoder.dimension

    def __getattr__(self, name: str) -> Any:
        return getattr(self._encoder, name)

    def encode(self, texts: Sequence[str], kind: Literal["passage", "query"] = "passage") -> Vectors:
        """As the protocol says."""
        new = [text for text in dict.fromkeys(texts) if (text, kind) not in self._kept]
        if new:
            self._kept.update(zip(((text, kind) for text in new), self._encoder.encode(new, kind), strict=True))
        rows = [self._kept[text, kind] for text in texts]
        return np.array(rows, np.float32).reshape(len(rows), self.dimension)

    def close(self) -> None:
        """The encoder is everybody's."""


def kept(encoder: Encoder) -> Encoder:
    """The encoder, each of a family by itself: texts are told apart by what asks them."""
    if not isinstance(encoder, FamilyEncoder):
        return Kept(encoder)
    chinese = encoder.of("zh")
    return FamilyEncoder(Kept(encoder.of("rest")), chinese.name, lambda: Kept(chinese), encoder.unrelated)


class _NoJobs:
    """The list of uploads: these homes have none, for what is sent is read in at once."""

    def every(self, *_: object, **__: object) -> list[object]:
        return []


class Twin:
    """A home with one of the two halves, or both, and what its doors say."""

    def __init__(self, app: Any, home: Path, encoder: Encoder, names: Path | None, graph_url: str) -> None:
        os.environ["MEDGRAPH_HOME"] = str(home)
        settings = app.state.settings.model_copy(update={"home": home, "graph_url": graph_url})
        self.home, self._app = home, app
        self.parts = Parts(settings)
        self.parts.encoder = lambda: encoder  # type: ignore[assignment]  # opened once for all of them
        if graph_url != SQLITE:
            _empty(settings)
        if names is not None:
            for _ in load([names], graph=self.parts.graph()):
                pass

    def read_in(self, text: str, name: str, writer: Writer | None = None) -> list[object]:
        """Read a file in; what the sender is told."""
        path = self.home / name
        path.write_text(text, encoding="utf-8")
        parts = self.parts
        for progress in ingest(
            [path], graph=parts.graph(), passages=parts.passages(), encoder=parts.encoder(), tagger=parts.tagger(),
            ledger=parts.ledger(), writer=writer, salt=lambda: b"a salt of all the twins, 32 byte",
        ):  # fmt: skip
            done = progress.done
        path.unlink()
        parts.searcher().refresh()
        counts = [done.read, done.added, done.updated, done.unchanged, done.deleted, done.failures]
        return [*counts, *sorted((f.record, f.reason) for f in done.failed), *done.documents, *sorted(done.labels)]

    def ask(self, client: TestClient, request: label_doors.Request) -> str:
        """What a door says, without what is random."""
        state = self._app.state
        state.parts, state.recorder = self.parts, Recorder(None)
        state.metrics, state.cases, state.jobs = Metrics(), KeptCases(), _NoJobs()
        method, path, options = request
        reply = client.request(method, path, headers={"Authorization": f"Bearer {KEY}"}, **options)
        return f"{reply.status_code} {_VARYING.sub('', reply.text)}"

    def close(self) -> None:
        """Give back what is open, and the disk."""
        self.parts.close()
        shutil.rmtree(self.home)


def _empty(settings: Settings) -> None:
    from neo4j import GraphDatabase

    password = settings.graph_password.get_secret_value()
    with GraphDatabase.driver(settings.graph_url, auth=(settings.graph_user, password)) as driver:
        driver.execute_query("MATCH (n) DETACH DELETE n")


def compared(
    random: Random, app: Any, client: TestClient, folder: Path, encoder: Encoder, doors: int, graph: str
) -> Iterator[tuple[str, str, str]]:
    """What two twins say of one corpus: the door, with the hidden half and without it."""
    names = folder / "names.tsv" if random.random() < WITH_NAMES else None
    if names is not None:
        names.write_text(label_corpora.NAMES, encoding="utf-8")
    corpus = label_corpora.corpus(random)
    asked = label_doors.requests(random, doors)
    writer = Writer("caller", frozenset(label_corpora.SHOWN))
    sent = "".join(json.dumps({**label_corpora.corpus(random).shown[0], "id": f"U:{n}"}) + "\n" for n in range(2))
    person = random.randrange(3)
    record = label_corpora.bundle(random, person, known=True)
    told: list[list[tuple[str, str]]] = []
    for records, hidden in ((corpus.mixed(), True), (corpus.alone(), False)):
        with _twin(app, folder / ("both" if hidden else "shown"), encoder, names, graph) as twin:
            twin.read_in("".join(json.dumps(one) + "\n" for one in records), "all.jsonl")
            if hidden:
                for number in range(3):
                    twin.read_in(label_corpora.bundle(Random(number), number, known=True), f"{number}.json")
            said = [(f"{request[0]} {request[1]}", twin.ask(client, request)) for request in asked]
            said.append(("upload jsonl", str(twin.read_in(sent, "sent.jsonl", writer))))
            said.append(("upload fhir", str(twin.read_in(record, "sent.json", writer))))
            said += [(f"after uploads, {request[0]} {request[1]}", twin.ask(client, request)) for request in asked[:2]]
            told.append(said)
    for (door, one), (_, other) in zip(*told, strict=True):
        yield door, one, other


@contextmanager
def _twin(app: Any, home: Path, encoder: Encoder, names: Path | None, url: str) -> Iterator[Twin]:
    home.mkdir()
    twin = Twin(app, home, encoder, names, url)
    try:
        yield twin
    finally:
        twin.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--corpora", type=int, default=100)
    parser.add_argument(
        "--minutes", type=float, default=math.inf, help="so many at most; then what was compared is told"
    )
    parser.add_argument("--doors", type=int, default=8, help="requests for each corpus")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--but", default="", metavar="PATH", help="leave out the doors whose path begins so")
    parser.add_argument("--chinese", action="store_true", help="with the encoder of Chinese, for Chinese texts")
    parser.add_argument("--neo4j", default=SQLITE, metavar="URL", help="the graph is there; all that it holds goes")
    given = parser.parse_args()
    shared = Path("/dev/shm")  # noqa: S108  # a folder of ours is made in it
    with tempfile.TemporaryDirectory(dir=shared if shared.is_dir() else None) as place:
        return run(Path(place), given)


def application(folder: Path, chinese: str | None) -> tuple[Any, Settings]:
    """The application of one caller, who holds the labels that are shown; `chinese` is the encoder of Chinese."""
    labels = frozenset(label_corpora.SHOWN)
    keys = {SecretStr(KEY): Given(name="caller", labels=labels, scopes=frozenset({"read", "write"}))}
    settings = Settings.read().model_copy(
        update={
            "home": folder / "none",
            "api_keys": keys,
            "tagger": "dictionary",
            "audit": False,
            "rate_requests": 0,
            "chinese_encoder": chinese,
        }
    )
    return create_app(settings), settings


def run(folder: Path, given: argparse.Namespace) -> int:
    """Compare so many corpora; 1 where there was a difference."""
    totals.SHARE = 0  # how long a count stands is told by a clock
    app, settings = application(folder, None if given.chinese else "")
    encoder = kept(open_encoder(settings))
    client = TestClient(app, base_url="http://127.0.0.1")
    seen: Counter[str] = Counter()
    different: Counter[str] = Counter()
    end = monotonic() + 60 * given.minutes
    done = 0
    for number in range(given.corpora):
        if monotonic() > end:
            break
        done += 1
        random = Random(given.seed * 1_000_003 + number)
        for door, one, other in compared(random, app, client, folder, encoder, given.doors, given.neo4j):
            if given.but and f" {given.but}" in door:
                continue
            seen[door.split(" /v1/documents/")[0]] += 1
            if one != other:
                different[door] += 1
                print(
                    json.dumps({"corpus": number, "door": door, "with": one[:2000], "without": other[:2000]}),
                    flush=True,
                )
    of = {"chinese": given.chinese, "graph": given.neo4j.partition(":")[0]}
    sizes = {"corpora": done, "comparisons": seen.total(), "doors": len(seen), "seed": given.seed, **of}
    figure("replies that change with what is hidden", different.total(), "replies", **sizes)
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
