"""Passages a second of the shipped encoder, of twelve layers, beside MiniLM, of six, in sentence-transformers.

    python benchmarks/encode.py --data pubmed_abstracts.jsonl.gz --model FOLDER_OF_ALL_MINILM_L6_V2

The two take turns over slices of the same texts, so that whatever else the machine does falls on both.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

import numpy as np
from report import figure
from tokenizers import Tokenizer

from retrieval.encoder import Vectors
from retrieval.onnx_encoder import OnnxEncoder

ROOT = Path(__file__).resolve().parents[1]
SLICE = 60


def read(data: Path, count: int) -> list[str]:
    """Title and abstract of the first records."""
    with gzip.open(data, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, count)]
    return [f"{row['title']}\n{row.get('abstract', '')}" for row in rows]


def compare(kind: str, texts: list[str], ours: OnnxEncoder, theirs: object) -> None:
    """Print the figures of both over `texts`."""
    seconds = {"ours": 0.0, "theirs": 0.0}
    calls: dict[str, Callable[[list[str]], Vectors]] = {
        "ours": ours.encode,
        "theirs": lambda some: theirs.encode(some, normalize_embeddings=True, show_progress_bar=False),  # type: ignore[attr-defined]  # sentence-transformers has no types
    }
    for call in calls.values():
        call(texts[:8])
    for begin in range(0, len(texts), SLICE):
        for name, call in calls.items():
            began = time.perf_counter()
            call(texts[begin : begin + SLICE])
            seconds[name] += time.perf_counter() - began
    tokenizer = Tokenizer.from_file(str(ROOT / "models" / "bge-small-en-medical" / "tokenizer.json"))
    tokenizer.no_truncation()
    tokens = np.mean([len(tokenizer.encode(text).ids) for text in texts])
    context = {"data": kind, "texts": len(texts), "tokens": round(float(tokens), 1)}
    figure("encode ours", len(texts) / seconds["ours"], "passages/s", encoder=ours.name, **context)
    figure("encode sentence-transformers", len(texts) / seconds["theirs"], "passages/s", precision="fp32", **context)
    figure("encode ratio", seconds["theirs"] / seconds["ours"], "times", **context)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="JSON lines with title and abstract, gzip")
    parser.add_argument("--model", required=True, help="folder or id of all-MiniLM-L6-v2")
    parser.add_argument("--count", type=int, default=300)
    given = parser.parse_args()
    from sentence_transformers import SentenceTransformer

    ours = OnnxEncoder(ROOT / "models" / "bge-small-en-medical")
    theirs = SentenceTransformer(given.model, device="cpu")
    texts = read(given.data, given.count)
    compare("title and abstract", texts, ours, theirs)
    compare("passages of about 300 characters", [text[:300] for text in texts], ours, theirs)


if __name__ == "__main__":
    main()
