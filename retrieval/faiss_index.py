"""Vectors in FAISS: every row compared up to a size, then an inverted file; on a CPU or a GPU.

Douze et al. 2024, "The Faiss library". The CPU index is the truth and is what is saved; the GPU holds a copy of it,
made again after a change, and answers what asks for no selection of keys (FAISS selects on the CPU only). An index
whose lists are found by a graph, as one saved without a GPU may be, is searched on the CPU.
"""

from __future__ import annotations

import math
import os
import sys
import threading
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from retrieval.encoder import Vectors
from retrieval.errors import AcceleratorUnavailable, EncoderMismatch, IndexCorrupt
from retrieval.gate import Gate
from retrieval.index import Batches, Keys, Record
from retrieval.index_choice import FLAT_LIMIT, GRAPH_LISTS, Choice, bytes_a_row, choose, outgrown
from retrieval.inverted_file import PER_LIST, assigned, copied, put, replace_lists, trained
from retrieval.key_rows import KeyRows
from retrieval.saved_index import Saved, loaded, saving
from retrieval.selection import Selected, Selections

AT_ONCE = 4096
"""Rows that are put into lists while readers wait: some 10 ms."""
GPU_MOST = 2048
"""FAISS finds no more than this at once on a GPU."""
BUDGET = 4 << 30


@dataclass(frozen=True, slots=True)
class FaissIndexes:
    """Keeps `VectorIndexes`: indexes that are searched on a GPU or not, exactly up to `flat_limit` rows, their lists
    found by a graph from `graph_lists` lists on, in `budget` bytes of memory. `record` gives the vectors of record,
    by which the best of what an inverted file finds are chosen."""

    gpu: bool = False
    flat_limit: int = FLAT_LIMIT
    graph_lists: int = GRAPH_LISTS
    budget: int = BUDGET
    record: Record | None = None

    def empty(self, dimension: int) -> FaissIndex:
        return FaissIndex(Choice(code="SQfp16", reason="few", made_for=0, dimension=dimension), self)

    def choose(self, count: int, dimension: int) -> Choice:
        """The kind for so many rows. On a GPU lists are always looked through one by one: it does so at once."""
        return choose(
            count,
            dimension,
            self.budget,
            flat_limit=self.flat_limit,
            graph_lists=sys.maxsize if self.gpu else self.graph_lists,
            refinable=self.record is not None,
        )

    def roomy(self, count: int, dimension: int) -> bool:
        return count <= self.flat_limit or count * bytes_a_row("SQfp16", dimension) <= self.budget

    def made(
        self, count: int, dimension: int, batches: Batches, stopped: Callable[[], bool] = lambda: False
    ) -> FaissIndex | None:
        choice = self.choose(count, dimension)
        index = FaissIndex(choice, self)
        if not choice.exact and not index.train(_sample(batches, count, choice), stopped):
            return None
        for keys, vectors in batches():
            if stopped():
                return None
            index.add(keys, vectors)
        return index

    def load(self, directory: Path) -> tuple[FaissIndex, Saved]:
        return loaded(directory, lambda *files: FaissIndex.read(self, *files))


class FaissIndex:
    """Keeps `VectorIndex`. A search of an exact kind compares with every row, kept in half precision as the passage
    store keeps them; other kinds read some lists of an inverted file, more where few rows are allowed."""

    def __init__(self, choice: Choice, indexes: FaissIndexes) -> None:
        """Raise AcceleratorUnavailable if a GPU is asked for and FAISS sees none."""
        import faiss

        self._faiss: Any = faiss  # its types are generated, and wrong for what SWIG adds
        self._gpu = indexes.gpu
        if self._gpu and not (hasattr(faiss, "StandardGpuResources") and faiss.get_num_gpus()):
            raise AcceleratorUnavailable(
                "FAISS sees no GPU; on a machine that has one: "
                "`uv pip uninstall faiss-cpu`, then `uv pip install -e '.[gpu]'`"
            )
        self._resources: Any = self._faiss.StandardGpuResources() if self._gpu else None
        self._copy: Any = None
        self._copying = threading.Lock()
        self._choice, self._flat_limit, self._record = choice, indexes.flat_limit, indexes.record
        kind, metric = self._faiss.ScalarQuantizer.QT_fp16, self._faiss.METRIC_INNER_PRODUCT
        self._index: Any = self._faiss.IndexScalarQuantizer(choice.dimension, kind, metric) if choice.exact else None
        self._mapped = False
        self._rows = KeyRows()
        self._most = 0
        self._selections = Selections()
        self._gate = Gate()

    @property
    def choice(self) -> Choice:
        return self._choice

    @property
    def outgrown(self) -> bool:
        return outgrown(self._choice, len(self), self._most, self._flat_limit)

    def __len__(self) -> int:
        return len(self._rows)

    def train(self, sample: Vectors, stopped: Callable[[], bool]) -> bool:
        """Learn the lists of an inverted file that holds nothing yet; False if it was stopped."""
        with self._cores(_spare()):
            self._index = trained(self._faiss, self._choice, sample, stopped)
        return self._index is not None

    def add(self, keys: Keys, vectors: Vectors) -> None:
        if vectors.shape != (len(keys), self._choice.dimension):
            raise EncoderMismatch(
                f"{len(keys)} keys and {self._choice.dimension} dimensions do not fit vectors of shape {vectors.shape}"
            )
        last = {int(key): row for row, key in enumerate(keys)}  # of a key given twice, the last counts
        rows = np.fromiter(last.values(), np.int64, len(last))
        keys = np.ascontiguousarray(keys[rows], np.int64)
        vectors = np.ascontiguousarray(vectors[rows], np.float32)
        if len(keys):
            self._own()
        for begin in range(0, len(keys), AT_ONCE):
            self._add(keys[begin : begin + AT_ONCE], vectors[begin : begin + AT_ONCE])

    def remove(self, keys: Keys) -> int:
        keys = np.asarray(keys, np.int64)
        if not len(self._rows.of(keys)):
            return 0
        self._own()
        with self._gate.alone():
            return self._drop(keys)

    def search(self, vector: Vectors, k: int, allowed: Keys | Collection[int] | None = None) -> list[tuple[int, float]]:
        if vector.shape != (self._choice.dimension,):
            raise EncoderMismatch(
                f"a vector of {self._choice.dimension} dimensions is asked for, not shape {vector.shape}"
            )
        query = np.ascontiguousarray(vector[None, :], np.float32)
        record = None if self._choice.exact else self._record
        with self._gate.shared(), self._cores(1):
            selected = None if allowed is None else self._selections.of(allowed, self._rows)
            there = len(self) if selected is None else selected.count
            wanted = k = min(k, there)
            if k < 1:
                return []
            if record is not None:
                k = min(self._choice.candidates(k), there)
            # A little more than asked for, and ever more while the last of them is as good as the k-th, so that
            # among equals the smallest keys are found.
            fetch = min(k + 8, there)
            while True:
                nearest = self._nearest(query, fetch, selected)
                if fetch == there or nearest[-1][1] < nearest[k - 1][1]:
                    break
                fetch = min(4 * fetch, there)
        return (nearest if record is None else _refined(record, vector, nearest))[:wanted]

    def save(self, directory: Path, *, encoder: str, sequence: int, store: str) -> None:
        with self._gate.shared():
            held = Saved(
                encoder=encoder,
                sequence=sequence,
                store=store,
                count=len(self),
                following=self._rows.following,
                most=self._most,
                choice=self._choice,
            )
            with saving(directory, held) as (vectors_file, keys_file, rows_file):
                self._faiss.write_index(self._index, self._faiss.PyCallbackIOWriter(vectors_file.write))
                np.save(keys_file, self._rows.keys, allow_pickle=False)
                np.save(rows_file, self._rows.rows, allow_pickle=False)

    @classmethod
    def read(cls, indexes: FaissIndexes, held: Saved, vectors: Path, keys: Path, rows: Path) -> FaissIndex:
        """An index from its files. An inverted file stays on disk and is read as it is searched; the first write
        takes it into memory. Raises IndexCorrupt."""
        index = cls(held.choice, indexes)
        flags = 0 if held.choice.exact else index._faiss.IO_FLAG_MMAP | index._faiss.IO_FLAG_READ_ONLY
        index._index = index._faiss.read_index(str(vectors), flags)
        index._mapped = not held.choice.exact
        key_array, row_array = np.load(keys, allow_pickle=False), np.load(rows, allow_pickle=False)
        index._rows = KeyRows(key_array, row_array, following=held.following)
        index._most = held.most
        if not len(index) == len(row_array) == index._index.ntotal == held.count or index._index.d != held.dimension:
            raise IndexCorrupt(f"{vectors.parent} does not hold what it says")
        return index

    def _own(self) -> None:
        """Have a mapped index in memory, so that it can be written. Readers go on by the mapped one meanwhile."""
        if self._mapped:
            lists = copied(self._faiss, self._index)
            with self._gate.alone():
                replace_lists(self._index, lists)
                self._mapped = False

    def _add(self, keys: Keys, vectors: Vectors) -> None:
        lists = None
        if not self._choice.exact:
            with self._cores(_spare()):
                lists = assigned(self._index, vectors)
        with self._gate.alone():
            self._drop(keys)
            rows = self._rows.add(keys)
            if lists is None:
                self._index.add(vectors)
            else:
                put(self._faiss, self._index, rows, vectors, lists)
            self._most = max(self._most, len(self))
            self._changed()

    def _drop(self, keys: Keys) -> int:
        gone = self._rows.remove(keys)
        if len(gone):
            selected = Selected.among(gone, self._rows.following)
            self._index.remove_ids(selected.selector(self._faiss))
            if self._choice.exact:  # it has moved the rows behind each gap up
                self._rows.close(gone)
            self._changed()
        return len(gone)

    def _changed(self) -> None:
        self._copy = None
        self._selections.forget()

    def _nearest(self, query: Vectors, fetch: int, selected: Selected | None) -> list[tuple[int, float]]:
        """The `fetch` best, best first, ties by key. Cosines are rounded to what float32 sums hold for certain."""
        if self._gpu and not self._choice.graph and selected is None and fetch <= GPU_MOST:
            scores, rows = self._search_copy(query, fetch)
        else:
            scores, rows = self._index.search(query, fetch, params=self._parameters(selected))
        if not self._choice.exact and (rows[0] < 0).any():
            scores, rows = self._index.search(query, fetch, params=self._parameters(selected, every=True))
        there = rows[0] >= 0
        keys = self._rows.named(rows[0][there])
        pairs = zip(keys.tolist(), scores[0][there].tolist(), strict=True)
        return sorted(((key, round(score, 6)) for key, score in pairs), key=lambda p: (-p[1], p[0]))

    def _parameters(self, selected: Selected | None, every: bool = False) -> Any:
        """How FAISS searches: among which rows, and in how many lists. The fewer rows are allowed, the more lists it
        takes to come by some; where they are so few that these are all lists, the search is exact but for the codes."""
        chosen: dict[str, Any] = {} if selected is None else {"sel": selected.selector(self._faiss)}
        if self._choice.exact:
            return self._faiss.SearchParameters(**chosen) if chosen else None
        lists = probe = self._choice.lists
        if not every:
            share = 1 if selected is None else selected.count / len(self)
            probe = min(lists, math.ceil(self._choice.probes / share))
        if self._choice.graph:
            chosen["quantizer_params"] = self._faiss.SearchParametersHNSW(efSearch=max(64, probe))
        return self._faiss.SearchParametersIVF(nprobe=probe, **chosen)

    @contextmanager
    def _cores(self, cores: int) -> Iterator[None]:
        """Let FAISS use so many. A search takes one: FAISS would share a query between all cores and have it wait for
        the last of them (on two busy cores 34 ms over 78,000 rows against 3 ms), and other questions use the rest."""
        before = self._faiss.omp_get_max_threads()
        self._faiss.omp_set_num_threads(min(cores, before))  # holds for the calling thread
        try:
            yield
        finally:
            self._faiss.omp_set_num_threads(before)

    def _search_copy(self, query: Vectors, fetch: int) -> tuple[Vectors, Keys]:
        with self._copying:  # one at a time: the GPU's scratch memory is not to be shared between threads
            if self._copy is None:
                index = self._index
                if self._choice.exact:  # a GPU takes single precision, and makes it half itself
                    index = self._faiss.IndexFlatIP(self._choice.dimension)
                    index.add(self._index.reconstruct_n(0, self._index.ntotal))
                else:
                    index.nprobe = self._choice.probes
                options = self._faiss.GpuClonerOptions()
                options.useFloat16 = True
                self._copy = self._faiss.index_cpu_to_gpu(self._resources, 0, index, options)
            scores, rows = self._copy.search(query, fetch)
            return scores, rows


def _sample(batches: Batches, count: int, choice: Choice) -> Vectors:
    """As many rows as it takes to train, drawn by chance from all, in no order."""
    chance, wanted = np.random.default_rng(0), PER_LIST * choice.lists
    share = min(1.0, wanted / max(count, 1))
    drawn = [vectors[chance.random(len(vectors)) < share] for _, vectors in batches()]
    sample = np.concatenate(drawn)
    return np.ascontiguousarray(sample[chance.permutation(len(sample))], np.float32)


def _refined(record: Record, vector: Vectors, nearest: list[tuple[int, float]]) -> list[tuple[int, float]]:
    """These keys by their vectors of record; what has none is left out."""
    keys, vectors = record(np.array([key for key, _ in nearest], np.int64))
    # Not by a product of matrices, which adds up a row by its place among the others: these may be hidden.
    cosines = np.einsum("ij,j->i", vectors, vector)
    pairs = zip(keys.tolist(), cosines.tolist(), strict=True)
    return sorted(((key, round(score, 6)) for key, score in pairs), key=lambda p: (-p[1], p[0]))


def _spare() -> int:
    """The cores for work that nobody waits for: half of them, so that searches have the others."""
    return max(1, (os.cpu_count() or 1) // 2)
