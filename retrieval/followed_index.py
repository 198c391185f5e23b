"""The vector index of a passage store: it follows the store, and is made anew beside itself when it has outgrown."""

from __future__ import annotations

import logging
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Protocol

from retrieval.encoder import Vectors
from retrieval.errors import EncoderMismatch, IndexCorrupt, RetrievalError
from retrieval.index import Keys, VectorIndex, VectorIndexes
from retrieval.passages import Changes
from storage import deadline

TRIES = 3
"""How often an index is made anew before it is left at the old one, where the store's log is cut off meanwhile."""
IN_VAIN = 1.1
"""After a failure it is tried again when the index has grown by this factor."""
LEAVING = 0.5
"""Seconds that closing waits for what makes an index; a round of training takes longer, and ends with the process."""

_log = logging.getLogger(__name__)


class Log(Protocol):
    """What an index follows: a passage store, or a part of one. Each method is told of by `PassageStore`."""

    def identity(self) -> str: ...

    def encoder(self) -> tuple[str, int] | None: ...

    def counts(self) -> tuple[int, int, int]: ...

    def sequence(self) -> int: ...

    def changes(self, after: int, limit: int = 50_000) -> Changes | None: ...

    def vectors(self, batch: int = 20_000) -> Iterator[tuple[Keys, Vectors]]: ...

    def truncate(self, sequence: int) -> None: ...


class FollowedIndex:
    """The vectors of one store. Safe to use from several threads.

    The store is the truth. The index follows its log of changes at every `refresh`, whoever made them; where the log no
    longer reaches back, it takes a newer saved index, or reads all vectors anew. When it has outgrown its kind, one
    that fits is made by a thread of its own: the old one answers until the new one holds all that it holds.
    """

    def __init__(self, passages: Log, indexes: VectorIndexes, directory: Path, *, encoder: str, dimension: int) -> None:
        """No vector is read yet: the first refresh does. `directory` is where the index is saved.

        Raises AcceleratorUnavailable as `indexes.empty` does.
        """
        self._passages, self._indexes, self._directory = passages, indexes, directory
        self._encoder, self._dimension = encoder, dimension
        self._index: VectorIndex = indexes.empty(dimension)
        self._sequence = -1
        self._store = passages.identity()
        self._writing = threading.Lock()
        self._maker: threading.Thread | None = None
        self._in_vain = 0
        self._closed = threading.Event()

    @property
    def now(self) -> VectorIndex:
        """The index that answers. It is another after it was made anew: take it once a search."""
        return self._index

    @property
    def making(self) -> bool:
        """Whether one that fits better is being made."""
        maker = self._maker
        return maker is not None and maker.is_alive()

    def refresh(self, patience: float = -1) -> None:
        """Bring the index up to the store. Costs one short read where nothing has changed.

        Where another thread does so it is waited for, `patience` seconds at most if that is not negative and there is
        an index that answers meanwhile. Raises EncoderMismatch if the store's vectors are not of this encoder.
        """
        if self._passages.sequence() == self._sequence:
            return
        if self._sequence < 0:
            deadline.take(self._writing)
        elif not self._writing.acquire(timeout=patience):
            return
        try:
            with deadline.for_all():
                self._come_up()
            if self._index.outgrown:
                self._begin()
        finally:
            self._writing.release()

    def save(self) -> None:
        """Save the index as a new generation, then let the store forget the changes it holds.

        One that has outgrown its kind is made anew before, which takes a while. Raises StorageFull.
        """
        self.refresh()
        if self._maker is not None:
            self._maker.join()
        with self._writing:
            self._come_up()
            self._write()
            self._passages.truncate(self._sequence)

    def close(self) -> None:
        """Stop what is being made. Closing twice is harmless; the index still answers."""
        self._closed.set()
        if self._maker is not None:
            self._maker.join(LEAVING)

    def __len__(self) -> int:
        """How many vectors the index holds."""
        return len(self._index)

    # Following, with the lock held

    def _come_up(self) -> None:
        held = self._passages.encoder()
        if held and held != (self._encoder, self._dimension):
            raise EncoderMismatch(
                f"the passages hold vectors of {held[0]} ({held[1]} dimensions), the encoder is "
                f"{self._encoder} ({self._dimension}): `medgraph reindex` encodes the passages anew; a server of the "
                "former encoder has to be started again"
            )
        if self._sequence < 0 and not self._load():
            self._rebuild()
        while (sequence := self._follow(self._index, self._sequence)) is None:
            if not self._load():
                self._rebuild()
        self._sequence = sequence

    def _load(self) -> bool:
        """Take the saved index if it is further on than what is in memory."""
        saved = self._saved()
        if saved is None or saved[1] <= self._sequence:
            return False
        self._index, self._sequence = saved
        return True

    def _rebuild(self) -> None:
        """Read all vectors from the store; what changes meanwhile stands in the log after `sequence`.

        An exact index answers first, where there is room for one: it takes seconds where others take minutes.
        """
        sequence, count = self._passages.sequence(), self._passages.counts()[2]
        index: VectorIndex | None
        if self._indexes.roomy(count, self._dimension):
            index = self._indexes.empty(self._dimension)
            for keys, vectors in self._passages.vectors():
                index.add(keys, vectors)
        else:
            index = self._indexes.made(count, self._dimension, self._passages.vectors, self._closed.is_set)
        if index is None:
            raise RetrievalError("it was closed before all vectors were read")
        self._index, self._sequence = index, sequence

    def _write(self) -> None:
        self._index.save(self._directory, encoder=self._encoder, sequence=self._sequence, store=self._store)

    # Without the lock

    def _saved(self) -> tuple[VectorIndex, int] | None:
        """The saved index and the change it stands at, if it is of this store and encoder and can follow from there.

        A damaged one is passed over with a warning: the store holds all that was in it.
        """
        try:
            index, saved = self._indexes.load(self._directory)
        except FileNotFoundError:
            return None
        except IndexCorrupt as error:
            _log.warning("%s; it is made anew from the passages", error)
            return None
        ours = (self._store, self._encoder, self._dimension)
        if (saved.store, saved.encoder, saved.dimension) != ours or self._passages.changes(saved.sequence, 1) is None:
            return None
        return index, saved.sequence

    def _follow(self, index: VectorIndex, sequence: int) -> int | None:
        """Apply the log after `sequence` up to its end, which is returned; None if it does not reach back so far."""
        while sequence != self._passages.sequence():
            changes = self._passages.changes(sequence)
            if changes is None:
                return None
            index.remove(changes.removed)
            if len(changes.added):
                index.add(changes.added, changes.vectors)
            sequence = changes.sequence
        return sequence

    def _begin(self) -> None:
        """Have an index that fits made, unless one is."""
        if self.making or self._closed.is_set() or len(self._index) < IN_VAIN * self._in_vain:
            return
        self._maker = threading.Thread(target=self._make, name="vector index", daemon=True)
        self._maker.start()

    def _make(self) -> None:
        """Make an index that fits and put it in the place of the one that answers, which holds no more then."""
        self._in_vain = len(self._index)
        try:
            for _ in range(TRIES):
                made = self._fitting()
                # Most of what came meanwhile is applied while others go on, the little that is left with the lock held.
                sequence = None if made is None else self._follow(*made)
                if made is None or sequence is None or self._closed.is_set():
                    continue
                with self._writing:
                    sequence = self._follow(made[0], sequence)
                    if sequence is not None:
                        self._index, self._sequence, self._in_vain = made[0], sequence, 0
                        self._write()  # for the processes to come
                        return
        except (RetrievalError, RuntimeError, MemoryError) as error:
            if not self._closed.is_set():
                _log.warning("an index that fits could not be made or saved: %s", type(error).__name__)

    def _fitting(self) -> tuple[VectorIndex, int] | None:
        """An index that fits and the change it stands at: one that another process has saved, or one made anew."""
        if (saved := self._saved()) is not None:
            came_up = self._follow(*saved)
            if came_up is not None and not saved[0].outgrown:
                return saved[0], came_up
        sequence, count = self._passages.sequence(), self._passages.counts()[2]
        index = self._indexes.made(count, self._dimension, self._passages.vectors, self._closed.is_set)
        return None if index is None else (index, sequence)
