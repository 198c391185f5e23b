"""Whether the time of a reply tells a hidden thing from one that is not there: processor time in pairs, and a test.

    PYTHONPATH=. python benchmarks/hidden_times.py --pairs 200

At each door the same request is sent for an id that is hidden from the caller and for one that nothing has, as long and
of the same kind, in random order; both replies must be the same but for the id. Told are the medians of the processor's
time, of the whole request in its own process, and the probability that a chance as blind would give such a difference
(Wilcoxon's signed ranks). The stores hold some two hundred documents, of which half are hidden.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from random import Random
from time import process_time

import label_corpora
import labels
import numpy as np
from label_doors import Request
from report import figure
from scipy.stats import wilcoxon
from starlette.testclient import TestClient

from api.wiring import open_encoder

CORPORA = 40
WARMING = 20


def doors(twin: labels.Twin) -> dict[str, tuple[Request, Request]]:
    """Each door, asked for a hidden thing and for one that is not there."""
    graph = twin.parts.graph()
    every = {match.entity.id for match in graph.find_entities("patient", limit=100, access=None)}
    hidden = min(every - graph.entities(every, access=frozenset(label_corpora.SHOWN)).keys())
    nobody = hidden[:-6] + ("a" * 6 if not hidden.endswith("a" * 6) else "b" * 6)

    def why(id: str) -> Request:
        return "GET", "/v1/why", {"params": {"subject": id, "object": "MESH:D006073"}}

    return {
        "entity": (("GET", f"/v1/entities/{hidden}", {}), ("GET", f"/v1/entities/{nobody}", {})),
        "neighbours": (
            ("GET", f"/v1/entities/{hidden}/neighbours", {}),
            ("GET", f"/v1/entities/{nobody}/neighbours", {}),
        ),
        "why": (why(hidden), why(nobody)),
        "document": (("GET", "/v1/documents/H:1", {}), ("GET", "/v1/documents/N:1", {})),
        "delete": (("DELETE", "/v1/documents/H:1", {}), ("DELETE", "/v1/documents/N:1", {})),
    }


def measured(
    twin: labels.Twin, client: TestClient, asked: tuple[Request, Request], count: int
) -> tuple[np.ndarray, bool]:
    """The milliseconds of each pair, that of what is hidden first; and whether the replies were alike."""
    times = np.zeros((count, 2))
    alike = True
    random = Random(count)
    for number in range(-WARMING, count):
        said = {}
        for which in random.sample((0, 1), 2):
            began = process_time()
            said[which] = twin.ask(client, asked[which])
            if number >= 0:
                times[number, which] = (process_time() - began) * 1000
        ids = [str(request[2].get("params", {}).get("subject") or request[1].split("/")[3]) for request in asked]
        alike &= said[0].replace(ids[0], "ID") == said[1].replace(ids[1], "ID")
    return times, alike


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=int, default=200)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder, random = Path(place), Random(1)
        app, settings = labels.application(folder, chinese="")
        names = folder / "names.tsv"
        names.write_text(label_corpora.NAMES, encoding="utf-8")
        (folder / "home").mkdir()
        twin = labels.Twin(app, folder / "home", labels.kept(open_encoder(settings)), names, labels.SQLITE)
        corpora = [label_corpora.corpus(random) for _ in range(CORPORA)]
        records = [
            record | {"id": f"{record['id']}{number or ''}"}
            for number, corpus in enumerate(corpora)
            for record in corpus.mixed()
        ]
        records.append(corpora[0].hidden[0] | {"id": "H:1"})
        twin.read_in("".join(json.dumps(one) + "\n" for one in records), "all.jsonl")
        for number in range(3):
            twin.read_in(label_corpora.bundle(Random(number), number, known=True), f"{number}.json")
        client = TestClient(app, base_url="http://127.0.0.1")
        for door, asked in doors(twin).items():
            times, alike = measured(twin, client, asked, given.pairs)
            hidden, none = np.median(times, axis=0)
            figure(
                f"time tells what is hidden: {door}",
                float(hidden - none),
                "ms of processor time",
                hidden=round(float(hidden), 3),
                none=round(float(none), 3),
                p=round(float(wilcoxon(times[:, 0], times[:, 1]).pvalue), 4),
                pairs=given.pairs,
                alike=alike,
            )
        twin.close()


if __name__ == "__main__":
    main()
