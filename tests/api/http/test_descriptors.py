from __future__ import annotations

import resource

import pytest

from api.http import descriptors
from api.http.descriptors import A_THREAD, OPEN, room


@pytest.mark.parametrize("given", [128, 200, 256, 1024, 4096, 16384])
@pytest.mark.parametrize("wanted", [1, 64, 512, 100_000])
def test_connections_threads_and_stores_fit_into_the_descriptors(given: int, wanted: int) -> None:
    held = room(wanted, given)
    assert OPEN + held.threads * A_THREAD + held.connections + held.backlog <= given
    assert held.connections <= max(wanted, descriptors.LEAST)
    assert min(held.threads, held.backlog) >= descriptors.LEAST


def test_with_enough_descriptors_there_is_what_is_set() -> None:
    held = room(512, 16384)
    assert (held.connections, held.threads) == (512, descriptors.THREADS)


def test_as_many_are_asked_for_as_may_be_had() -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    try:
        resource.setrlimit(resource.RLIMIT_NOFILE, (256, hard))
        assert descriptors.granted() == resource.getrlimit(resource.RLIMIT_NOFILE)[0] > 256
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
