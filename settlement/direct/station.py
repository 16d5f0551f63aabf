"""How this machine is called in its network, as 9001 wants to know."""

from __future__ import annotations

import socket
import uuid
from urllib.parse import urlsplit

_UNKNOWN = "127.0.0.1"
_LONGEST = 20  # of 9001 ip, which has no room for most IPv6 addresses


def own_ip(url: str) -> str:
    """The address from which this machine reaches `url`, the loopback's where there is no way there."""
    target = urlsplit(url)
    try:
        family, *_, address = socket.getaddrinfo(target.hostname, target.port or 443, type=socket.SOCK_DGRAM)[0]
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            probe.connect(address)  # a datagram socket only looks for the way and sends nothing
            found = str(probe.getsockname()[0])
    except OSError:
        return _UNKNOWN
    return found if len(found) <= _LONGEST else _UNKNOWN


def own_mac() -> str | None:
    """The hardware address of this machine, None where Python can only make one up (then its multicast bit is set)."""
    node = uuid.getnode()
    return None if node >> 40 & 1 else ":".join(f"{node >> shift & 0xFF:02X}" for shift in range(40, -1, -8))
