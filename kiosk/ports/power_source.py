"""The uninterruptible power supply: what the kiosk has to know before its light goes out."""

from __future__ import annotations

from typing import Protocol

from kiosk.ports.health import Health


class PowerSource(Protocol):
    """All it can say is in `status`.

    POWER_ON_BATTERY among the warnings: the mains are gone. POWER_ENDING: its battery is nearly empty too, and nothing
    may begin that moves money. POWER_SOURCE_ILL: it does not answer, or wants a new battery. One that cannot be asked
    is not usable, and warns of nothing else: nobody knows.
    """

    def open(self) -> None: ...

    def close(self) -> None: ...

    def status(self) -> Health:
        """Within two seconds, whatever the supply does."""
        ...
