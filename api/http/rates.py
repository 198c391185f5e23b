"""How much is done in a minute for the keys of one owner, and how often one address may send keys that nobody holds."""

from __future__ import annotations

import hashlib
import ipaddress
import math
import time
from collections import OrderedDict
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.callers.model import LOCAL, Caller
from api.settings import Settings

FAILURES = 60
"""So many keys that nobody holds may come from one address in a minute; then no other key of it is looked at."""
REMEMBERED = 10_000
"""So many keys that somebody holds are remembered, the latest sent."""
_MS = 1000


class Rates:
    """Counts in sliding windows of a minute, in the memory of this process; what is a minute old is forgotten. Safe in
    several threads."""

    def __init__(self, settings: Settings) -> None:
        self._requests = RateLimitItemPerMinute(settings.rate_requests) if settings.rate_requests else None
        self._work = RateLimitItemPerMinute(settings.rate_seconds * _MS) if settings.rate_seconds else None
        self._failures = RateLimitItemPerMinute(FAILURES)
        self._limiter = SlidingWindowCounterRateLimiter(MemoryStorage())
        self._lock = Lock()
        self._held: OrderedDict[bytes, None] = OrderedDict()

    def may_ask(self, caller: Caller) -> bool:
        """Whether one more request is taken of a caller, who has not had all the work of a minute either; counted."""
        if caller is LOCAL:
            return True
        if self._work is not None and not self._limiter.test(self._work, "work", caller.owner):
            return False
        return self._requests is None or self._limiter.hit(self._requests, "requests", caller.owner)

    def worked(self, caller: Caller, seconds: float) -> None:
        """Count what was done for a caller."""
        if caller is LOCAL or self._work is None:
            return
        with self._lock:
            left = self._limiter.get_window_stats(self._work, "work", caller.owner).remaining
            if cost := min(math.ceil(seconds * _MS), left):
                self._limiter.hit(self._work, "work", caller.owner, cost=cost)

    def may_try(self, address: str, sent: str) -> bool:
        """Whether what an address sends as its key is looked at. What was a key a moment ago always is: behind a proxy
        all have one address, and whoever has no key there must not shut out those who have."""
        with self._lock:
            if _hashed(sent) in self._held:
                return True
        return self._limiter.test(self._failures, "failures", _net(address))

    def held(self, caller: Caller, sent: str) -> None:
        """Remember, by its hash, what somebody holds."""
        if caller is LOCAL:
            return
        with self._lock:
            self._held[_hashed(sent)] = None
            self._held.move_to_end(_hashed(sent))
            if len(self._held) > REMEMBERED:
                self._held.popitem(last=False)

    def failed(self, address: str, sent: str) -> None:
        """Count a key that nobody holds."""
        with self._lock:
            self._held.pop(_hashed(sent), None)
        self._limiter.hit(self._failures, "failures", _net(address))

    def wait(self, caller: Caller, address: str) -> int:
        """Seconds after which it is worth coming back."""
        kept = [(self._failures, "failures", _net(address))]
        kept += [
            (item, name, caller.owner) for item, name in ((self._requests, "requests"), (self._work, "work")) if item
        ]
        stats = [self._limiter.get_window_stats(item, name, of) for item, name, of in kept]
        full = [stat.reset_time - time.time() for stat in stats if stat.remaining <= 0]
        return min(60, max(1, math.ceil(max(full, default=10.0))))


def _hashed(sent: str) -> bytes:
    return hashlib.sha256(sent.encode()).digest()


def _net(address: str) -> str:
    """An address as it is counted: of IPv6 the network of 64 bits, of which one client has all."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
