"""Real texts and their vectors for the benchmark of the index: beginnings of abstracts, answers and paragraphs.

    python benchmarks/vector_texts.py --data shared/data/literature --out embeddings.npz

Passages are encoded as passages, questions as queries. What is there already in `--out` is not encoded again.
"""

from __future__ import annotations

import argparse
import gzip
import json
import tarfile
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from lxml import etree

from retrieval.encoder import Vectors
from retrieval.onnx_encoder import OnnxEncoder

ROOT = Path(__file__).resolve().parents[1]
CHARACTERS = 200
PASSAGES, QUESTIONS = 30_000, 1_000
BLOCK = 500


def abstracts(data: Path) -> Iterator[str]:
    """The beginning of each abstract of PubMed, without its title."""
    with gzip.open(data / "pubmed_abstracts.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line).get("abstract") or ""


def paragraphs(data: Path) -> Iterator[str]:
    """The beginnings of four paragraphs of each article of PMC."""
    for path in sorted((data / "jats").glob("*.nxml.gz")):
        article = etree.fromstring(gzip.decompress(path.read_bytes()))
        for paragraph in islice(article.iterfind(".//body//p"), 2, 6):
            yield " ".join("".join(map(str, paragraph.itertext())).split())


def asked(data: Path) -> Iterator[tuple[str, str]]:
    """The questions of MedQuAD with their answers, where there is one."""
    with tarfile.open(data / "medquad" / "medquad.tar.gz") as archive:
        for member in archive:
            file = archive.extractfile(member) if member.name.endswith(".xml") else None
            if file is not None:
                for pair in etree.fromstring(file.read()).iterfind(".//QAPair"):
                    question, answer = pair.findtext("Question") or "", pair.findtext("Answer") or ""
                    yield " ".join(question.split()), " ".join(answer.split())


def texts(data: Path) -> tuple[list[str], list[str]]:
    """Passages and questions, each once, in an order that chance mixed: equal at each call."""
    pairs = [pair for pair in asked(data) if all(pair)]
    passages = [*abstracts(data), *paragraphs(data), *(answer for _, answer in pairs)]
    passages = list(dict.fromkeys(text[:CHARACTERS] for text in passages if len(text) > 40))[:PASSAGES]
    questions = list(dict.fromkeys(question for question, _ in pairs))
    chance = np.random.default_rng(0)
    mixed = [passages[row] for row in chance.permutation(len(passages))]
    return mixed, [questions[row] for row in chance.permutation(len(questions))[:QUESTIONS]]


def encoded(data: Path, out: Path) -> tuple[Vectors, Vectors]:
    """The vectors of passages and questions, kept in `out`; float32, of length one."""
    if not out.exists():
        encoder = OnnxEncoder(ROOT / "models" / "bge-small-en-medical")
        passages, questions = texts(data)
        blocks = [encoder.encode(passages[at : at + BLOCK]) for at in range(0, len(passages), BLOCK)]
        np.savez(out, passages=np.concatenate(blocks), questions=encoder.encode(questions, "query"))
    with np.load(out) as kept:
        return kept["passages"], kept["questions"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", type=Path, required=True, help="the folder of abstracts, jats and medquad")
    parser.add_argument("--out", type=Path, required=True, help="where the vectors are kept (.npz)")
    given = parser.parse_args()
    encoded(given.data, given.out)


if __name__ == "__main__":
    main()
