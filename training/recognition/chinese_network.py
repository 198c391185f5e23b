"""The network of the Chinese recognizer, in torch: for training, and to be exported."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ingest.reading.recognition import chinese_text, labels
from ingest.reading.recognition.chinese_text import Tokens

if TYPE_CHECKING:
    import torch
    from tokenizers import Tokenizer


def make(base: str | Path, counts: Sequence[int], layers: int) -> Any:
    """The network over the encoder `base`, of which the lowest `layers` layers are kept.

    Of the ways to make an encoder shallower this one costs a tagger least (Sajjad 2023, "On the effect of dropping
    layers of pre-trained transformer models"). `counts` are the numbers of labels of the corpora. The heads are
    untrained. Attention is computed step by step: in bfloat16 the fused kernel's way back takes twice as long on a CPU.
    """
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            encoder: Any = AutoModel.from_pretrained(
                base, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0,
                hidden_dropout_prob=0.0,
            )  # fmt: skip
            encoder.encoder.layer = encoder.encoder.layer[:layers]
            encoder.config.num_hidden_layers = len(encoder.encoder.layer)
            self.encoder = encoder
            width = encoder.config.hidden_size
            self.mix = torch.nn.Parameter(torch.full((width,), 0.5))
            self.place = torch.nn.Embedding(4, width)
            torch.nn.init.zeros_(self.place.weight)
            self.dropout = torch.nn.Dropout(0.1)
            self.heads = torch.nn.ModuleList(torch.nn.Linear(width, count) for count in counts)
            self.steps = torch.nn.ParameterList(torch.zeros(count, count) for count in counts)
            self.style = torch.nn.Linear(width, len(counts))

        def forward(self, ids: Any, words: Any, places: Any, mask: Any = None) -> Any:
            """Hidden states of shape (texts, tokens, width)."""
            own, word = self.encoder.get_input_embeddings()(torch.stack([ids, words]))
            read = torch.lerp(own, word, self.mix) + self.place(places)
            return self.encoder(inputs_embeds=read, attention_mask=mask).last_hidden_state

        def emissions(self, hidden: Any, corpus: int) -> Any:
            """(texts, tokens, labels of the corpus)."""
            return self.heads[corpus](self.dropout(hidden))

        def told(self, hidden: Any, mask: Any = None) -> Any:
            """How like each corpus the texts are, (texts, corpora), by the mean of their hidden states."""
            if mask is None:
                return self.style(hidden.mean(1))
            return self.style((hidden * mask.unsqueeze(2)).sum(1) / mask.sum(1, keepdim=True))

        def moves(self, corpus: int) -> Any:
            """What it costs one label to follow another, rules included: (labels, labels)."""
            steps = self.steps[corpus]
            return steps + torch.from_numpy(labels.transitions(len(steps))).clamp(min=-1e4).to(steps)

        def groups(self, rate: float, decay: float) -> list[dict[str, Any]]:
            """Parameters for an optimizer: the rate falls by `decay` a layer; what is new learns five times as fast."""
            top = len(self.encoder.encoder.layer)
            groups: dict[tuple[float, float], list[Any]] = {}
            for name, value in self.named_parameters():
                depth = int(name.split(".")[3]) + 1 if name.startswith("encoder.encoder.layer.") else 0
                own = rate * decay ** (top - depth) if name.startswith("encoder.") else 5 * rate
                free = value.ndim < 2 or name.startswith(("encoder.embeddings", "steps"))
                groups.setdefault((own, 0.0 if free else 0.01), []).append(value)
            return [{"params": some, "lr": own, "weight_decay": much} for (own, much), some in groups.items()]

    return Network()


def inputs(batch: Sequence[Tokens], tokenizer: Tokenizer, device: Any) -> dict[str, torch.Tensor]:
    """`ids`, `words`, `places` of shape (texts, longest + 2), special tokens around each text; `mask` if needed."""
    import torch

    begin, end = (chinese_text.special(tokenizer, token) for token in (chinese_text.BEGIN, chinese_text.END))
    shape = (len(batch), max(len(tokens) for tokens in batch) + 2)
    arrays = {name: np.zeros(shape, np.int64) for name in ("ids", "words", "places", "mask")}
    for row, tokens in enumerate(batch):
        length = len(tokens) + 2
        arrays["ids"][row, :length] = chinese_text.framed(tokens.ids, begin, end)
        arrays["words"][row, :length] = chinese_text.framed(tokens.words, begin, end)
        arrays["places"][row, :length] = chinese_text.framed(tokens.places, 0, 0)
        arrays["mask"][row, :length] = 1
    if arrays["mask"].all():
        del arrays["mask"]
    return {name: torch.from_numpy(array).to(device) for name, array in arrays.items()}


def export(network: Any, path: Path) -> None:
    """Write `network` as int8 ONNX: `ids`, `words`, `places` (1, tokens) to the emissions of every corpus in order
    (`emissions0`, …: 1, tokens, labels) and `style` (1, corpora)."""
    import torch

    from training import export as exporter

    class Reading(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.network = network.float().cpu().eval()

        def forward(self, ids: Any, words: Any, places: Any) -> tuple[Any, ...]:
            hidden = self.network(ids, words, places)
            return (*(head(hidden) for head in self.network.heads), self.network.told(hidden))

    ids = torch.arange(17).unsqueeze(0) % network.encoder.config.vocab_size
    example = {"ids": ids, "words": ids.clone(), "places": torch.zeros_like(ids)}
    outputs = [*(f"emissions{at}" for at in range(len(network.heads))), "style"]
    axes = {name: {1: "tokens"} for name in [*example, *outputs[:-1]]}
    # What comes out of the GELU has outliers that eight bits for all of it cannot hold.
    exporter.export(Reading(), example, axes, outputs, path, exact=r"/layer\.\d+/output/dense/")
