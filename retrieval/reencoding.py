"""All passages encoded anew by another encoder, beside the vectors that stand, and put in their place at the end.

Killed at any moment, the same call goes on where it stopped: what is encoded is kept with the encoder's name. Until
the end whoever searches with the former encoder goes on; from then on whoever searches needs the new one.
"""

from __future__ import annotations

from collections.abc import Iterator

from retrieval.encoder import Encoder
from retrieval.passages import PassageStore

BATCH = 256
"""Passages that are encoded and written at once."""


def reencode(passages: PassageStore, encoder: Encoder, batch: int = BATCH) -> Iterator[tuple[int, int]]:
    """Encode all passages with `encoder` and switch over; yield how many of how many are done, after every batch.

    Nothing is done where the vectors are this encoder's. Raises what the store and the encoder raise; what is encoded
    until then is kept.
    """
    if passages.encoder() in (None, (encoder.name, encoder.dimension)):
        return
    coming = passages.next_vectors()
    done = coming.begin(encoder.name, encoder.dimension)
    total = passages.counts()[1]
    yield done, total
    switched = False
    while not switched:
        last = -1
        while waiting := coming.waiting(last, batch):
            coming.put(waiting, encoder.encode([one.text for one in waiting], "passage"))
            last = waiting[-1].row
            done += len(waiting)
            yield done, total
        switched = coming.switch()
