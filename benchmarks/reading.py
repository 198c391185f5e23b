"""How fast texts become linked mentions, side by side with two plain ways to find entities.

    python benchmarks/reading.py [--count 500] [--gpu]

The same abstracts, in one run: `medgraph tag`'s reader from text to linked and judged mentions; a transformers
token-classification pipeline with the same encoder weights in float32 (spans only, without the gazetteer); spaCy's
small CNN trained for a few passes on the same corpora (spans only; how well it learned does not change its speed).
With --gpu also the reader's network on a GPU, and the share of the card's peak that its matrix products reach.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import tempfile
from pathlib import Path
from time import perf_counter
from typing import Any

from report import figure, peak_memory

from api.settings import Settings
from api.wiring import Parts
from training.corpora import annotated

DATA = Path(os.environ.get("MEDGRAPH_DATA", "../shared/data"))
PEAK = {"NVIDIA H100": 989e12, "NVIDIA H200": 989e12, "NVIDIA A100": 312e12}
"""Dense bfloat16 products a second that a card is sold with."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--gpu", action="store_true")
    given = parser.parse_args()
    with gzip.open(DATA / "literature" / "pubmed_abstracts.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    random.Random(1).shuffle(rows)
    texts = [f"{row['title']}\n{row['abstract']}" for row in rows[: given.count]]
    about: dict[str, Any] = {"data": "pubmed_abstracts", "abstracts": len(texts), "characters": sum(map(len, texts))}
    with Parts(Settings.read()) as parts:
        reader = parts.reader
        reader.tag(texts[:10], "en")
        ours = _rate(lambda: reader.tag(texts, "en"), len(texts))
        figure("read: abstracts to linked mentions", ours, "abstracts/s", **about)
        figure("read: peak memory of the process", peak_memory(), "MiB", **about)
        folder = parts.settings.models / "ner-en"
        found = sum(len(mentions) for mentions in reader.tag(texts[:100], "en")) / 100
        figure("read: mentions an abstract", found, "mentions", **about)
    sample = texts[: min(100, len(texts))]
    for name, rate in (("transformers pipeline, float32", pipeline(folder, sample)), ("spaCy CNN", spacy_cnn(sample))):
        figure(f"read: {name}", rate, "abstracts/s", **about | {"abstracts": len(sample)})
        figure(f"read: ours against {name}", ours / rate, "times", **about)
    if given.gpu:
        gpu(folder, texts * max(1, 20_000 // len(texts)))


def pipeline(folder: Path, texts: list[str]) -> float:
    """Abstracts a second of a transformers pipeline, one text at a time, which on a CPU is its fastest way."""
    import torch
    from transformers import BertConfig, BertForTokenClassification, PreTrainedTokenizerFast, pipeline

    from ingest.reading.recognition.torch_recognizer import restored

    config = json.loads((folder / "config.json").read_bytes())
    weights = {name: value for name, value in restored(folder / "model.onnx").items() if not name.startswith("feat")}
    form = BertConfig(**{**config["encoder"], "num_labels": len(config["moves"])})
    model = BertForTokenClassification(form)
    named = {
        name.replace("encoder.", "bert.", 1) if name.startswith("encoder.") else name.replace("labels", "classifier"): v
        for name, v in weights.items()
    }
    missing, _ = model.load_state_dict(named, strict=False)
    assert not [name for name in missing if not name.endswith("_ids")], missing
    with tempfile.TemporaryDirectory() as scratch:
        special = {f"{name.lower()}_token": f"[{name}]" for name in ("CLS", "SEP", "PAD", "UNK", "MASK")}
        tokenizer = PreTrainedTokenizerFast(  # type: ignore[no-untyped-call]  # transformers does not type it
            tokenizer_file=str(folder / "tokenizer.json"), model_max_length=512, **special
        )
        tokenizer.save_pretrained(scratch)
        find = pipeline("token-classification", model=model, tokenizer=tokenizer, aggregation_strategy="simple",
                        device=torch.device("cpu"))  # fmt: skip
        find(texts[:2])
        return _rate(lambda: [find(text) for text in texts], len(texts))


def spacy_cnn(texts: list[str], passes: int = 2, documents: int = 300) -> float:
    """Abstracts a second of spaCy's default CNN named-entity recogniser, trained here."""
    import spacy
    from spacy.training import Example

    nlp = spacy.blank("en")
    nlp.add_pipe("ner")
    examples = []
    for example in annotated(DATA / "ner" / "bc5cdr" / "train.pubtator")[:documents]:
        doc = nlp.make_doc(example.text)
        spans = [doc.char_span(s.start, s.end, s.label, alignment_mode="expand") for s in example.spans]
        reference = doc.copy()
        reference.ents = spacy.util.filter_spans([s for s in spans if s is not None])
        examples.append(Example(doc, reference))
    optimizer = nlp.initialize(lambda: examples)
    for _ in range(passes):
        for batch in spacy.util.minibatch(examples, 16):  # type: ignore[no-untyped-call]  # spaCy does not type it
            nlp.update(batch, sgd=optimizer)
    list(nlp.pipe(texts[:5]))
    return _rate(lambda: list(nlp.pipe(texts)), len(texts))


def gpu(folder: Path, texts: list[str]) -> None:
    """Abstracts a second of the network on a GPU, and the share of its peak."""
    import torch

    from ingest.reading.recognition.network import inputs
    from ingest.reading.recognition.tokens import windows
    from ingest.reading.recognition.torch_recognizer import TorchRecognizer

    recognizer = TorchRecognizer(folder, device="cuda")
    recognizer.recognize(texts[:2_000])
    rate = _rate(lambda: recognizer.recognize(texts), len(texts))
    name = torch.cuda.get_device_name()
    figure("read: recognised on a GPU", rate, "abstracts/s", device=name, abstracts=len(texts))
    network = recognizer.network
    window = max(
        windows(max(texts, key=len), recognizer.tokenizer, recognizer.gazetteer, 384), key=lambda w: len(w.ids)
    )
    batch = inputs([window] * 128, "cuda")
    tokens = batch["ids"].numel()
    layers = sum(p.numel() for n, p in network.named_parameters() if ".layer." in n and n.endswith("weight"))
    with torch.no_grad(), torch.autocast("cuda", dtype=torch.bfloat16):
        for _ in range(3):
            network(**batch)
        torch.cuda.synchronize()
        began = perf_counter()
        for _ in range(20):
            network(**batch)
        torch.cuda.synchronize()
    reached = 20 * 2 * layers * tokens / (perf_counter() - began)
    peak = next((value for card, value in PEAK.items() if name.startswith(card)), None)
    if peak:
        figure("read: share of the card's bfloat16 peak", reached / peak, "of 1", device=name, tokens=tokens)


def _rate(call: Any, count: int) -> float:
    began = perf_counter()
    call()
    return count / (perf_counter() - began)


if __name__ == "__main__":
    main()
