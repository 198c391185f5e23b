"""Vectors in FAISS: exact up to a size, then an inverted file of one byte a dimension; on a CPU or a GPU.

Douze et al. 2024, "The Faiss library". The CPU index is the truth and is what is saved; the GPU holds a copy of it,
made again after a change, and answers what asks for no selection of keys (FAISS selects on the CPU only).
"""

from __future__ import annotations

import math
import threading
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.encoder import Vectors
from retrieval.errors import AcceleratorUnavailable, EncoderMismatch, IndexCorrupt
from retrieval.index import Keys
from retrieval.saved_index import Saved, loading, saving

PROBE = 1 / 32
"""The share of an inverted file's lists that a search reads, and never fewer than eight lists."""
REGROW = 4
"""Train again when an inverted file holds this many times what it was trained for: its lists have grown long."""
PER_CENTROID = 64
"""How many rows a list are sampled to train it."""
MARGIN = 0.2
"""How far the range of one byte reaches beyond what was seen in training, as a share of it."""
GPU_MOST = 2048
"""FAISS finds no more than this at once on a GPU."""


@dataclass(frozen=True, slots=True)
class FaissIndexes:
    """Keeps `VectorIndexes`: indexes that are searched on a GPU or not, and exactly up to `flat_limit` rows."""

    gpu: bool = False
    flat_limit: int = 100_000

    def empty(self, dimension: int) -> FaissIndex:
        return FaissIndex(dimension, gpu=self.gpu, flat_limit=self.flat_limit)

    def load(self, directory: Path) -> tuple[FaissIndex, Saved]:
        return FaissIndex.load(directory, gpu=self.gpu, flat_limit=self.flat_limit)


class FaissIndex:
    """Keeps `VectorIndex`. Up to `flat_limit` rows a search compares with every row, kept in half precision as the
    passage store keeps them; with more it goes over to `IVF,SQ8`, trained on the rows that are there, and never back.
    """

    def __init__(self, dimension: int, *, gpu: bool = False, flat_limit: int = 100_000) -> None:
        """Raise AcceleratorUnavailable if `gpu` is asked for and FAISS sees none."""
        import faiss

        self._faiss: Any = faiss  # its types are generated, and wrong for what SWIG adds
        self._gpu = gpu
        if gpu and not (hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus()):
            raise AcceleratorUnavailable(
                "FAISS sees no GPU; on a machine that has one: "
                "`uv pip uninstall faiss-cpu`, then `uv pip install -e '.[gpu]'`"
            )
        self._resources: Any = self._faiss.StandardGpuResources() if gpu else None
        self._copy: Any = None
        self._copying = threading.Lock()
        self._dimension = dimension
        self._flat_limit = flat_limit
        kind, metric = self._faiss.ScalarQuantizer.QT_fp16, self._faiss.METRIC_INNER_PRODUCT
        self._index: Any = self._faiss.IndexIDMap2(self._faiss.IndexScalarQuantizer(dimension, kind, metric))
        self._keys: set[int] = set()
        self._trained_for = 0
        self._gate = _Gate()

    @property
    def exact(self) -> bool:
        """Whether a search without selection compares with every vector."""
        return not self._trained_for

    def __len__(self) -> int:
        return len(self._keys)

    def add(self, keys: Keys, vectors: Vectors) -> None:
        if vectors.shape != (len(keys), self._dimension):
            raise EncoderMismatch(
                f"{len(keys)} keys and {self._dimension} dimensions do not fit vectors of shape {vectors.shape}"
            )
        last = {int(key): row for row, key in enumerate(keys)}  # of a key given twice, the last counts
        rows = np.fromiter(last.values(), np.int64, len(last))
        keys = np.ascontiguousarray(keys[rows], np.int64)
        vectors = np.ascontiguousarray(vectors[rows], np.float32)
        with self._gate.alone():
            self._drop(last.keys())
            if not len(keys):
                return
            if len(self._keys) + len(keys) > max(self._flat_limit, REGROW * self._trained_for):
                held = np.fromiter(self._keys, np.int64, len(self._keys))
                held.sort()
                old = self._index.reconstruct_batch(held) if len(held) else vectors[:0]
                self._train(np.concatenate([held, keys]), np.concatenate([old, vectors]))
            else:
                self._index.add_with_ids(vectors, keys)
            self._keys.update(last)
            self._copy = None

    def remove(self, keys: Keys) -> int:
        with self._gate.alone():
            return self._drop({int(key) for key in keys})

    def search(self, vector: Vectors, k: int, allowed: Collection[int] | None = None) -> list[tuple[int, float]]:
        if vector.shape != (self._dimension,):
            raise EncoderMismatch(f"a vector of {self._dimension} dimensions is asked for, not shape {vector.shape}")
        query = np.ascontiguousarray(vector[None, :], np.float32)
        with self._gate.shared(), self._one_core():
            if allowed is not None:
                allowed = self._keys.intersection(int(key) for key in allowed)
            there = len(self._keys) if allowed is None else len(allowed)
            k = min(k, there)
            if k < 1:
                return []
            # A little more than asked for, and ever more while the last of them is as good as the k-th, so that
            # among equals the smallest keys are found.
            fetch = min(k + 8, there)
            while True:
                nearest = self._nearest(query, fetch, allowed)
                if fetch == there or nearest[-1][1] < nearest[k - 1][1]:
                    return nearest[:k]
                fetch = min(4 * fetch, there)

    def save(self, directory: Path, *, encoder: str, sequence: int, store: str) -> None:
        with self._gate.shared():
            held = Saved(
                encoder=encoder,
                dimension=self._dimension,
                sequence=sequence,
                store=store,
                count=len(self._keys),
                trained_for=self._trained_for,
            )
            keys = np.sort(np.fromiter(self._keys, np.int64, len(self._keys)))
            with saving(directory, held) as (index_file, keys_file):
                self._faiss.write_index(self._index, self._faiss.PyCallbackIOWriter(index_file.write))
                np.save(keys_file, keys, allow_pickle=False)

    @classmethod
    def load(cls, directory: Path, *, gpu: bool = False, flat_limit: int = 100_000) -> tuple[FaissIndex, Saved]:
        """The newest index saved in `directory`, and what was saved with it.

        Raises FileNotFoundError if there is none, IndexCorrupt if it is damaged or of another version.
        """
        with loading(directory) as (held, index_file, keys_file):
            index = cls(held.dimension, gpu=gpu, flat_limit=flat_limit)
            index._index = index._faiss.read_index(str(index_file))
            index._trained_for = held.trained_for
            index._keys = {int(key) for key in np.load(keys_file, allow_pickle=False)}
            if not len(index._keys) == index._index.ntotal == held.count or index._index.d != held.dimension:
                raise IndexCorrupt(f"{index_file.parent} does not hold what it says")
            return index, held

    def _drop(self, keys: Collection[int]) -> int:
        gone = self._keys.intersection(keys)
        if gone:
            ids = np.fromiter(gone, np.int64, len(gone))
            kind = self._faiss.IDSelectorArray if self._trained_for else self._faiss.IDSelectorBatch
            self._index.remove_ids(kind(ids))
            self._keys -= gone
            self._copy = None
        return len(gone)

    def _train(self, keys: Keys, vectors: Vectors) -> None:
        """Put everything into an inverted file with lists for this many rows."""
        count = len(keys)
        lists = max(1, min(int(4 * count**0.5), count // 39))  # FAISS asks for 39 rows a list or more
        coarse = self._faiss.IndexFlatIP(self._dimension)
        # The range of a byte is that of the vectors themselves, with a margin, rather than of what is left after
        # their centroid: documents of another kind than those trained on still fit in. Trained on 500 of 4,041 titles
        # this found .996 of the true neighbours, by residuals without a margin .982.
        kind, metric = self._faiss.ScalarQuantizer.QT_8bit, self._faiss.METRIC_INNER_PRODUCT
        index = self._faiss.IndexIVFScalarQuantizer(coarse, self._dimension, lists, kind, metric, False)
        index.sq.rangestat_arg = MARGIN
        index.cp.min_points_per_centroid, index.cp.max_points_per_centroid = 1, PER_CENTROID
        index.train(vectors)
        index.nprobe = min(lists, max(8, round(lists * PROBE)))
        index.set_direct_map_type(self._faiss.DirectMap.Hashtable)
        index.add_with_ids(vectors, keys)
        self._index, self._trained_for = index, count

    def _nearest(self, query: Vectors, fetch: int, allowed: Collection[int] | None) -> list[tuple[int, float]]:
        """The `fetch` best, best first, ties by key. Cosines are rounded to what float32 sums hold for certain."""
        parameters: Any = None
        index = self._index
        if allowed is not None:
            keys = np.fromiter(allowed, np.int64, len(allowed))
            selector = self._faiss.IDSelectorBatch(keys)
            parameters = self._faiss.SearchParameters(sel=selector)
            if self._trained_for:  # the fewer rows are allowed, the more lists it takes to come by some
                probe = math.ceil(index.nprobe * len(self._keys) / len(allowed))
                parameters = self._faiss.SearchParametersIVF(sel=selector, nprobe=min(index.nlist, probe))
        if self._gpu and allowed is None and fetch <= GPU_MOST:
            scores, rows = self._search_copy(query, fetch)
        else:
            scores, rows = index.search(query, fetch, params=parameters)
        if self._trained_for and (rows[0] < 0).any():
            if parameters is None:
                parameters = self._faiss.SearchParametersIVF(nprobe=index.nlist)
            parameters.nprobe = index.nlist
            scores, rows = index.search(query, fetch, params=parameters)
        pairs = zip(rows[0].tolist(), scores[0].tolist(), strict=True)
        return sorted(((key, round(score, 6)) for key, score in pairs if key >= 0), key=lambda p: (-p[1], p[0]))

    @contextmanager
    def _one_core(self) -> Iterator[None]:
        """Search on this thread alone. FAISS would share one query between all cores and have it wait for the last of
        them: on two busy cores 34 ms over 78,000 rows against 3 ms, and other questions have a use for the rest."""
        cores = self._faiss.omp_get_max_threads()
        self._faiss.omp_set_num_threads(1)  # holds for the calling thread
        try:
            yield
        finally:
            self._faiss.omp_set_num_threads(cores)

    def _search_copy(self, query: Vectors, fetch: int) -> tuple[Vectors, Keys]:
        with self._copying:  # one at a time: the GPU's scratch memory is not to be shared between threads
            if self._copy is None:
                index = self._index
                if not self._trained_for:  # a GPU takes single precision, and makes it half itself
                    keys = np.fromiter(self._keys, np.int64, len(self._keys))
                    index = self._faiss.IndexIDMap(self._faiss.IndexFlatIP(self._dimension))
                    index.add_with_ids(self._index.reconstruct_batch(keys), keys)
                options = self._faiss.GpuClonerOptions()
                options.useFloat16 = True
                self._copy = self._faiss.index_cpu_to_gpu(self._resources, 0, index, options)
            scores, rows = self._copy.search(query, fetch)
            return scores, rows


class _Gate:
    """Any number share, or one is alone. Who waits to be alone goes before who comes to share."""

    def __init__(self) -> None:
        self._turn = threading.Condition()
        self._sharing = 0
        self._waiting = 0
        self._taken = False

    @contextmanager
    def shared(self) -> Iterator[None]:
        with self._turn:
            self._turn.wait_for(lambda: not self._taken and not self._waiting)
            self._sharing += 1
        try:
            yield
        finally:
            with self._turn:
                self._sharing -= 1
                self._turn.notify_all()

    @contextmanager
    def alone(self) -> Iterator[None]:
        with self._turn:
            self._waiting += 1
            self._turn.wait_for(lambda: not self._taken and not self._sharing)
            self._waiting -= 1
            self._taken = True
        try:
            yield
        finally:
            with self._turn:
                self._taken = False
                self._turn.notify_all()
