"""What is worked out once however many ask for it at the same time, and kept for those who ask next."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable
from concurrent.futures import Future
from typing import Generic, TypeVar

from storage import deadline

Key = TypeVar("Key", bound=Hashable)
Result = TypeVar("Result")


class Shared(Generic[Key, Result]):
    """The results of a function for the last `most` keys. Safe in several threads: of those who ask for one key at the
    same time the first works it out, the others wait; nobody waits for another key.
    """

    def __init__(self, function: Callable[[Key], Result], most: int) -> None:
        self._function, self._most = function, most
        self._lock = threading.Lock()
        self._results: OrderedDict[Key, Future[Result]] = OrderedDict()

    def __call__(self, key: Key) -> Result:
        """Raises what the function raises, to all who wait; it is tried again for who asks next."""
        with self._lock:
            result = self._results.get(key)
            first = result is None
            if result is None:
                result = self._results[key] = Future()
                while len(self._results) > self._most:
                    self._results.popitem(last=False)
            else:
                self._results.move_to_end(key)
        if first:
            try:
                with deadline.for_all():
                    result.set_result(self._function(key))
            except BaseException as error:  # noqa: BLE001  # those who wait are told, too
                with self._lock:
                    if self._results.get(key) is result:
                        del self._results[key]
                result.set_exception(error)
        while True:
            try:
                return result.result(deadline.LOOK_SECONDS)
            except TimeoutError:
                if result.done():  # the function's own
                    raise
                deadline.check()
