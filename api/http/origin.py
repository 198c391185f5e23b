"""Where a request comes from: under which name it reached us, and whether a page of another site sends it."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from api.settings import Settings, is_loopback


class Origins:
    """The names that this server goes by.

    A page of another site can send a browser here, even under a host name of its own (DNS rebinding): so the host must
    be one of ours, and what a browser says of the page that sends must name us.
    """

    def __init__(self, settings: Settings) -> None:
        self._hosts = {name.lower() for name in settings.hosts}
        self._loopback = settings.loopback

    def known(self, host: str) -> bool:
        """Whether the header `Host` names us."""
        name = host.rpartition(":")[0] if re.search(r":\d+$", host) else host
        if name.lower() in self._hosts:
            return True
        return is_loopback(name) if self._loopback else not self._hosts

    def foreign(self, host: str, origin: str | None, site: str | None) -> bool:
        """Whether a page of another site sends this, by the headers `Origin` and `Sec-Fetch-Site`; programs that are no
        browsers send neither. Another port is another site. A proxy may ask us under another name than the page was
        opened by: that one stands in MEDGRAPH_HOSTS, with its port where it is not the scheme's own."""
        if site not in (None, "none", "same-origin"):
            return True
        if origin is None:
            return False
        try:
            parts = urlsplit(origin)
        except ValueError:
            return True
        if parts.scheme not in ("http", "https"):  # `null`: a page without an address of its own, such as a file
            return True
        default = {"http": ":80", "https": ":443"}[parts.scheme]
        sender = parts.netloc.lower().removesuffix(default)
        return sender != host.lower().removesuffix(default) and sender not in self._hosts
