"""How much is done in a minute for the keys of one owner, and how often one address may send keys that nobody holds."""

from __future__ import annotations

import ipaddress
import math
import time
from threading import Lock

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import SlidingWindowCounterRateLimiter

from api.callers.model import LOCAL, Caller
from api.settings import Settings

FAILURES = 60
"""So many keys that nobody holds may come from one address in a minute; then it is not listened to."""
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

    def may_try(self, address: str) -> bool:
        """Whether an address is listened to."""
        return self._limiter.test(self._failures, "failures", _net(address))

    def failed(self, address: str) -> None:
        """Count a key that nobody holds."""
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


def _net(address: str) -> str:
    """An address as it is counted: of IPv6 the network of 64 bits, of which one client has all."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network((ip, 64), strict=False)) if ip.version == 6 else address
