"""The network of statements: an encoder over one unit of text with markers, and a head over ordered pairs of mentions.

A pair is the states of the markers before its two mentions, their product, and what the pair itself attends to in the
unit (typed entity markers: Zhou and Chen 2022, "An Improved Baseline for Sentence-level Relation Extraction").
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

_HIDDEN = 256


def make(base: str, *, vocabulary: int, markers: int, outputs: int, layers: int | None = None) -> Any:
    """The network over the encoder `base` (a folder or a model id), of which the lowest `layers` are kept.

    Its head is untrained. Ids from `vocabulary` on are those of the `markers`, which learn vectors of their own while
    the word table stays as it is.
    """
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder: Any = AutoModel.from_pretrained(base, add_pooling_layer=False, attn_implementation="eager")
            if layers is not None:
                self.encoder.encoder.layer = self.encoder.encoder.layer[:layers]
                self.encoder.config.num_hidden_layers = layers
            for parameter in self.encoder.embeddings.parameters():
                parameter.requires_grad = False
            width = self.encoder.config.hidden_size
            words = self.encoder.get_input_embeddings().weight
            self.markers = torch.nn.Parameter(torch.randn(markers, width) * float(words.std()))
            self.query, self.key = torch.nn.Linear(2 * width, width), torch.nn.Linear(width, width)
            self.dense = torch.nn.Linear(4 * width, _HIDDEN)
            self.out = torch.nn.Linear(_HIDDEN, outputs)
            self.dropout = torch.nn.Dropout(0.2)

        def read(self, ids: Tensor, mask: Tensor) -> Tensor:
            """The states of the tokens (units, tokens, width)."""
            words = self.encoder.get_input_embeddings()(ids.clamp(max=vocabulary - 1))
            marker = self.markers[(ids - vocabulary).clamp(min=0)]
            words = torch.where((ids >= vocabulary).unsqueeze(-1), marker, words)
            states: Tensor = self.encoder(inputs_embeds=words, attention_mask=mask).last_hidden_state
            return states

        def score(self, states: Tensor, mask: Tensor, first: Tensor, second: Tensor) -> Tensor:
            """Logits (pairs, outputs) of one unit; `states` is (tokens, width), `first` and `second` are places."""
            a, b = states[first], states[second]
            query = self.query(torch.cat([a, b], 1))
            looks = query @ self.key(states).T / query.shape[1] ** 0.5
            looks = looks.masked_fill(mask.unsqueeze(0) == 0, -1e4).softmax(1)
            pair = torch.cat([a, b, a * b, looks @ states], 1)
            logits: Tensor = self.out(self.dropout(torch.nn.functional.gelu(self.dense(self.dropout(pair)))))
            return logits

        def forward(self, ids: Tensor, first: Tensor, second: Tensor) -> Tensor:
            """Logits of one unit without padding; `ids` is (1, tokens)."""
            mask = torch.ones_like(ids)
            return self.score(self.read(ids, mask)[0], mask[0], first, second)

    return Network()
