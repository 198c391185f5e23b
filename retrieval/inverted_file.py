"""The inverted files of FAISS: trained in short steps, filled without holding readers up, mapped and copied.

`faiss` is handed in by the adapter that imports it: its types are generated, and wrong for what SWIG adds.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from retrieval.encoder import Vectors
from retrieval.index_choice import Choice
from retrieval.key_rows import Keys

PER_LIST = 40
"""How many rows a list are sampled to train it; FAISS asks for 39 or more."""
ROUNDS = 10
"""Rounds of k-means: FAISS's own number for an inverted file."""
MARGIN = 0.2
"""How far the range of a code reaches beyond what was seen in training, as a share of it."""
RANGE_ROWS = 100_000
"""How many rows the range of a code is learnt from."""
ASSIGNED = 64
"""How many lists the graph looks at to put a row into its list."""


def trained(faiss: Any, choice: Choice, sample: Vectors, stopped: Callable[[], bool]) -> Any:
    """An empty inverted file with lists for `choice`, trained on `sample` (rows in no order); None if it was stopped.

    The lists are the clusters of k-means by cosine, one round at a time, so that it can be stopped between two.
    """
    means = faiss.Kmeans(
        choice.dimension, choice.lists, niter=1, spherical=True, seed=1, min_points_per_centroid=1,
        max_points_per_centroid=max(PER_LIST, -(-len(sample) // choice.lists)),
    )  # fmt: skip
    centroids: Vectors | None = None
    for _ in range(ROUNDS):
        if stopped():
            return None
        means.train(sample, init_centroids=centroids)
        centroids = means.centroids.copy()
    metric = faiss.METRIC_INNER_PRODUCT
    if choice.graph:
        coarse = faiss.IndexHNSWFlat(choice.dimension, 32, metric)
        coarse.hnsw.efSearch = ASSIGNED
    else:
        coarse = faiss.IndexFlatIP(choice.dimension)
    coarse.add(centroids)
    # The range of a code is that of the vectors themselves, with a margin, rather than of what is left after
    # their centroid: documents of another kind than those trained on still fit in. Trained on 500 of 4,041 titles
    # this found .996 of the true neighbours, by residuals without a margin .982.
    kinds = {
        "SQfp16": faiss.ScalarQuantizer.QT_fp16,
        "SQ8": faiss.ScalarQuantizer.QT_8bit,
        "SQ4": faiss.ScalarQuantizer.QT_4bit,
    }
    index = faiss.IndexIVFScalarQuantizer(coarse, choice.dimension, choice.lists, kinds[choice.code], metric, False)
    index.sq.rangestat_arg = MARGIN
    index.train(sample[:RANGE_ROWS])
    return index


def assigned(index: Any, vectors: Vectors) -> Keys:
    """The list of each of these rows. Changes nothing, so that readers need not wait."""
    lists: Keys = index.quantizer.search(vectors, 1)[1]
    return np.ascontiguousarray(lists[:, 0], np.int64)


def put(faiss: Any, index: Any, rows: Keys, vectors: Vectors, lists: Keys) -> None:
    """Put rows into the lists they were assigned to."""
    index.add_core(len(rows), faiss.swig_ptr(vectors), faiss.swig_ptr(rows), faiss.swig_ptr(lists))


def copied(faiss: Any, index: Any) -> Any:
    """The lists of a mapped index, copied into memory."""
    lists = faiss.ArrayInvertedLists(index.nlist, index.code_size)
    every = faiss.InvertedLists.SUBSET_TYPE_ID_RANGE
    index.invlists.copy_subset_to(lists, every, 0, np.iinfo(np.int64).max)
    return lists


def replace_lists(index: Any, lists: Any) -> None:
    """Have `index` own `lists` in the place of its own."""
    index.replace_invlists(lists, True)
    lists.this.disown()
