"""How long an answer takes without a language model: p50 and p95 over questions about what the graph holds.

    python benchmarks/ask.py --home ~/.medgraph
    python benchmarks/ask.py --home ~/.medgraph --http http://127.0.0.1:8000 --clients 16

The questions are made from templates over names drawn from the loaded graph, half in English, half in Chinese, the same
for the same graph and seed. In process, the first answer of a cold process is a figure of its own. Over HTTP the
server must be running on this machine; a question is sent once, by one of the clients.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from statistics import quantiles
from time import perf_counter
from urllib.parse import urlsplit

from report import figure, peak_memory

from api.answering import answerer
from api.settings import Settings
from api.wiring import Parts
from graph.model import PUBLIC
from graph.sqlite.store import SqliteStore
from qa.model import Question
from retrieval.faiss_index import FaissIndexes
from retrieval.onnx_encoder import OnnxEncoder
from retrieval.passages import PassageStore
from retrieval.search import Searcher
from text.names import is_chinese

ROOT = Path(__file__).resolve().parents[1]
DRAWN = 400
"""Names drawn of each type and language."""

TEMPLATES = {
    "en": (
        "What disease causes {p} and {p}?",
        "Patient with {p}, {p} and no {p}: what is the diagnosis?",
        "Which condition presents with {p}, {p}, {p} and {p}?",
        "What are the symptoms of {d}?",
        "How is {d} treated?",
        "What is {d}?",
        "What are the side effects of {r}?",
        "Can {r} and {r} be taken together?",
        "Is {r} contraindicated in {d}?",
        "Does {r} cause {p}?",
    ),
    "zh": (
        "什么病会引起{p}和{p}？",
        "患者{p}、{p}，没有{p}，可能是什么病？",
        "哪些疾病同时有{p}、{p}和{p}？",
        "{d}有哪些症状？",
        "{d}怎么治疗？",
        "什么是{d}？",
        "{r}有哪些不良反应？",
        "{r}和{r}能一起吃吗？",
        "{d}患者能用{r}吗？",
        "{r}会引起{p}吗？",
    ),
}
TYPES = {"p": "Phenotype", "d": "Disease", "r": "Drug"}


def questions(graph: SqliteStore, count: int, seed: int) -> list[str]:
    """`count` questions, English and Chinese in turn, over names that the graph holds."""
    rng = random.Random(seed)
    names: dict[tuple[str, str], list[str]] = {}
    for text, _, _, type in graph.names():
        if type in TYPES.values() and 1 < len(text) <= 40:
            names.setdefault(("zh" if is_chinese(text) else "en", type), []).append(text)
    drawn = {key: rng.sample(sorted(set(all)), min(DRAWN, len(set(all)))) for key, all in sorted(names.items())}
    made = []
    for number in range(count):
        language = ("en", "zh")[number % 2]
        text = TEMPLATES[language][number // 2 % len(TEMPLATES[language])]
        for mark, type in TYPES.items():
            while f"{{{mark}}}" in text:
                # A graph without Chinese names of a type is asked in both languages at once.
                choice = drawn.get((language, type)) or drawn.get(("en", type)) or ["fever"]
                text = text.replace(f"{{{mark}}}", rng.choice(choice), 1)
        made.append(text)
    return made


def timed(ask: Callable[[str], bool], asked: Sequence[str], clients: int = 1) -> tuple[list[float], int, float]:
    """Milliseconds of each question, how many were answered, and the seconds of the whole."""

    def one(text: str) -> tuple[float, bool]:
        begun = perf_counter()
        answered = ask(text)
        return (perf_counter() - begun) * 1000, answered

    begun = perf_counter()
    with ThreadPoolExecutor(clients) as pool:
        results = list(pool.map(one, asked))
    return [ms for ms, _ in results], sum(answered for _, answered in results), perf_counter() - begun


def report(name: str, times: Sequence[float], answered: int, whole: float, **context: object) -> None:
    cuts = quantiles(times, n=100, method="inclusive")
    context = {"questions": len(times), "answered": answered, **context}
    figure(f"{name}_p50", cuts[49], "ms", **context)
    figure(f"{name}_p95", cuts[94], "ms", **context)
    figure(f"{name}_per_second", len(times) / whole, "1/s", **context)


def over_http(url: str, timeout: float) -> Callable[[str], bool]:
    address = urlsplit(url)

    def ask(text: str) -> bool:
        connection = HTTPConnection(address.hostname or "", address.port, timeout=timeout)
        with closing(connection):
            body = json.dumps({"question": text})
            connection.request("POST", f"{address.path}/v1/answers", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            answer = json.load(response)
            if response.status != 200:
                raise SystemExit(f"--http: the server answered {response.status}: {answer}")
            return not answer["abstained"]

    return ask


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--home", type=Path, required=True, help="MEDGRAPH_HOME of the loaded store")
    parser.add_argument("--models", type=Path, default=ROOT / "models", help="folder of the shipped models")
    parser.add_argument("--questions", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--http", metavar="URL", help="ask a running server on this machine too")
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--vectors", default="real", help="what the stored vectors are, said with every figure")
    arguments = parser.parse_args()
    graph = SqliteStore(arguments.home / "graph.sqlite")
    asked = questions(graph, min(arguments.questions, 2000), arguments.seed)

    parts = Parts(Settings(home=arguments.home, models=arguments.models))
    begun = perf_counter()
    passages = PassageStore(arguments.home / "passages.sqlite")
    encoder = OnnxEncoder(arguments.models / "bge-small-en-medical")
    searcher = Searcher(passages, encoder, FaissIndexes(), arguments.home / "index")
    by_names = answerer(graph, searcher)
    by_names.answer(Question(asked[0]))
    first = (perf_counter() - begun) * 1000
    begun = perf_counter()
    parts.reader().tag([asked[0]], "en")
    opened = (perf_counter() - begun) * 1000
    with_reader = answerer(graph, searcher, reader=parts.reader)
    stats = graph.stats()
    size = {
        "documents": passages.counts()[0], "diseases": stats.by_type.get("Disease", 0), "assertions": stats.assertions,
        "vectors": arguments.vectors,
    }  # fmt: skip
    figure("ask_first", first, "ms", **size)
    figure("ask_reader_opened", opened, "ms", says="what the first question with words left over waits besides", **size)

    steps: dict[str, float] = {}

    def in_process(text: str) -> bool:
        answer = with_reader.answer(Question(text, access=PUBLIC))
        for step, seconds in answer.seconds.items():
            steps[step] = steps.get(step, 0.0) + seconds
        return not answer.abstained

    report("ask_new", *timed(in_process, asked), **size)
    report("ask_names_alone", *timed(lambda text: not by_names.answer(Question(text)).abstained, asked), **size)
    for step, seconds in steps.items():
        figure("ask_step", seconds * 1000 / len(asked), "ms", step=step, **size)
    report("ask", *timed(in_process, asked), **size)
    figure("ask_memory", peak_memory(), "MiB", **size)
    if arguments.http:
        if urlsplit(arguments.http).hostname not in ("127.0.0.1", "localhost", "::1"):
            parser.error("--http: a server on this machine only, such as http://127.0.0.1:8000")
        clients = max(1, min(arguments.clients, 64))
        try:
            results = timed(over_http(arguments.http.rstrip("/"), 30.0), asked, clients)
        except OSError as error:
            parser.error(f"--http: {error}")
        report("ask_http", *results, clients=clients, **size)
    passages.close()
    graph.close()


if __name__ == "__main__":
    main()
