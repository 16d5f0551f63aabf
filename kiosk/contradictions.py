"""Settings that are right one by one and wrong together: found by `kiosk check-config`, refused at the start."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.settings import TERMINAL, Settings

_HIS = "his"


def contradictions(settings: Settings) -> Iterator[str]:
    """Each names the keys that cannot both be meant."""
    yield from _who_settles(settings)
    yield from _terminals(settings)


def _who_settles(settings: Settings) -> Iterator[str]:
    """The hospital must prepare its bills for whoever sends them to the platform."""
    told = settings.hospital.options.get("settled_by", "kiosk")
    if settings.settlement.driver == _HIS and told != _HIS:
        yield f'[settlement] driver = "his", but [hospital] settled_by = "{told}": bills would come without their visit'
    if settings.settlement.driver != _HIS and told == _HIS:
        yield (
            f'[hospital] settled_by = "his", but [settlement] driver = "{settings.settlement.driver}": '
            "both would settle the same bills"
        )


def _terminals(settings: Settings) -> Iterator[str]:
    ways = [name for name, section in settings.payments.items() if section.driver == TERMINAL]
    there = settings.devices.payment_terminal is not None
    if ways and not there:
        yield f'[payments.{ways[0]}] driver = "terminal", but there is no [devices.payment_terminal]'
    if there and not ways:
        yield '[devices.payment_terminal] is there, but no [payments.NAME] with driver = "terminal" uses it'
    if len(ways) > 1:
        yield f"[payments.{ways[0]}] and [payments.{ways[1]}] are the same terminal"
