"""The network of relations: an encoder over marked text, and a head over pairs of entities.

An entity is the log-sum-exp of its markers; a pair sees, beside its two entities, what both attend to in the encoder's
last layer; a grouped bilinear layer scores the two (Zhou 2021, "Document-Level Relation Extraction with Adaptive
Thresholding and Localized Context Pooling"). What the document says of the pair in numbers is added at the end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from torch import Tensor

BLOCK = 32
"""Width of a group of the bilinear layer; an encoder's width is a multiple of it."""
_HIDDEN = 48


def make(base: str, *, vocabulary: int, labels: int, told: int, columns: int, markers: int) -> Any:
    """The network over `base`, its head untrained.

    It has `labels` outputs a pair; the first `told` of them also hear the `columns` numbers of a pair and add the
    pair's prior logits. `markers` is the number of marker tokens, whose ids follow on those of the `vocabulary`; they
    learn vectors of their own while the word table stays as it is.
    """
    import torch
    from transformers import AutoModel

    class Network(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.encoder: Any = AutoModel.from_pretrained(
                base, add_pooling_layer=False, attn_implementation="eager", attention_probs_dropout_prob=0.0
            )
            for parameter in self.encoder.embeddings.parameters():
                parameter.requires_grad = False
            width = self.encoder.config.hidden_size
            self.heads = self.encoder.config.num_attention_heads
            words = self.encoder.get_input_embeddings().weight
            scale = float(words.std())
            self.markers = torch.nn.Parameter(torch.randn(markers, width) * scale)
            self.query, self.key = torch.nn.Linear(width, width), torch.nn.Linear(width, width)
            last = self.encoder.encoder.layer[-1].attention.self
            self.query.load_state_dict(last.query.state_dict())
            self.key.load_state_dict(last.key.state_dict())
            self.subject, self.object = torch.nn.Linear(2 * width, width), torch.nn.Linear(2 * width, width)
            self.bilinear = torch.nn.Linear(width * BLOCK, labels)
            self.told = torch.nn.Linear(columns, _HIDDEN)
            self.added = torch.nn.Linear(_HIDDEN, told)
            self.trust = torch.nn.Parameter(torch.full((told,), 0.5))
            self.dropout = torch.nn.Dropout(0.2)

        def read(self, ids: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
            """The last layer and the one before, each (chunks, tokens, width)."""
            words = self.encoder.get_input_embeddings()(ids.clamp(max=vocabulary - 1))
            marker = self.markers[(ids - vocabulary).clamp(min=0)]
            words = torch.where((ids >= vocabulary).unsqueeze(-1), marker, words)
            states = self.encoder(inputs_embeds=words, attention_mask=mask, output_hidden_states=True).hidden_states
            return states[-1], states[-2]

        def score(
            self, last: Tensor, before: Tensor, marks: Tensor, pairs: Tensor, numbers: Tensor, prior: Tensor
        ) -> tuple[Tensor, Tensor]:
            """Logits (pairs, labels) of one page, and where each pair looks (pairs, tokens).

            `last` and `before` are (tokens, width); `marks` is (entities, most mentions), -1 where there is none;
            `pairs` is (pairs, 2); `numbers` (pairs, columns); `prior` (pairs, told).
            """
            there = marks >= 0
            at = marks.clamp(min=0)
            width = last.shape[1] // self.heads
            entity = torch.logsumexp(last[at].masked_fill(~there.unsqueeze(-1), -1e4), 1)
            query = self.query(before[at]).reshape(*at.shape, self.heads, width)
            key = self.key(before).reshape(len(before), self.heads, width)
            looks = (torch.einsum("emhw,thw->emht", query, key) / width**0.5).softmax(-1)
            shares = there.float() / there.sum(1, keepdim=True)
            looks = torch.einsum("emht,em->eht", looks, shares)
            both = (looks[pairs[:, 0]] * looks[pairs[:, 1]]).sum(1)
            both = both / (both.sum(1, keepdim=True) + 1e-12)
            context = both @ last
            left = torch.tanh(self.subject(self.dropout(torch.cat([entity[pairs[:, 0]], context], 1))))
            right = torch.tanh(self.object(self.dropout(torch.cat([entity[pairs[:, 1]], context], 1))))
            left, right = (side.reshape(len(pairs), -1, BLOCK) for side in (left, right))
            product = (left.unsqueeze(3) * right.unsqueeze(2)).flatten(1)
            logits = self.bilinear(self.dropout(product))
            heard = self.added(self.dropout(torch.tanh(self.told(numbers)))) + self.trust * prior
            rest = logits.new_zeros(len(logits), logits.shape[1] - heard.shape[1])
            return logits + torch.cat([heard, rest], 1), both

    return Network()
