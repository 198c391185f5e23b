"""What an encoder gives to questions and passages that have nothing to do with each other: for its `encoder.json`.

    python benchmarks/unrelated.py models/e5-small-zh-int8 QUESTIONS PASSAGES

Questions and passages stand one a line, of all manner of things, so that hardly any pair belongs together. Cosines of
two encoders are compared by how many deviations they lie above this mean.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from retrieval.onnx_encoder import OnnxEncoder

MOST = 200


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("model", type=Path, help="a folder with model.onnx and tokenizer.json")
    parser.add_argument("questions", type=Path)
    parser.add_argument("passages", type=Path)
    given = parser.parse_args()
    questions, passages = (
        file.read_text(encoding="utf-8").splitlines()[:MOST] for file in (given.questions, given.passages)
    )
    encoder = OnnxEncoder(given.model)
    cosines = encoder.encode(questions, "query") @ encoder.encode(passages).T
    encoder.close()
    measure = {"mean": round(float(cosines.mean()), 4), "deviation": round(float(cosines.std()), 4)}
    print(json.dumps({"encoder": encoder.name, "pairs": cosines.size, "unrelated": measure}))


if __name__ == "__main__":
    main()
