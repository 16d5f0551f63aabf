"""Settings that are right one by one and wrong together: found by `kiosk check-config`, refused at the start."""

from __future__ import annotations

from collections.abc import Iterator

from kiosk.settings import CERTIFIED, TERMINAL, Settings

_HIS = "his"
_WITHOUT_KEYS = frozenset({"social_card", "card_library"})
"""Our drivers of card readers that cannot take a password on the reader's own keys."""


def contradictions(settings: Settings) -> Iterator[str]:
    """Each names the keys that cannot both be meant."""
    yield from _who_settles(settings)
    yield from _terminals(settings)
    yield from _faces(settings)
    yield from _passwords(settings)


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


def _faces(settings: Settings) -> Iterator[str]:
    """Who sees the face, who says whose it is, and who is asked besides."""
    face, terminal = settings.devices.face, settings.devices.face_terminal
    certified = face is not None and face.driver == CERTIFIED
    if certified and (terminal is None or settings.voucher_centre is None):
        yield '[devices.face] driver = "certified" needs [devices.face_terminal] and [voucher_centre]'
    if terminal is not None and not certified:
        yield '[devices.face_terminal] is there, but [devices.face] driver = "certified" is not'
    if settings.rules.face_settles and not certified:
        yield '[rules] face_settles = true, but no [devices.face] driver = "certified" may authorise a settlement'
    if settings.confirming is not None and (face is None or certified):
        yield "[confirming] needs our own camera: a certified terminal knows the insured, and no doctor"
    if settings.face_platform is not None and (face is None or certified):
        yield "[face_platform] seconds our own camera, but [devices.face] names none"


def _passwords(settings: Settings) -> Iterator[str]:
    driver = settings.devices.card_reader.driver
    if settings.rules.card_password and driver in _WITHOUT_KEYS:
        yield (
            f'[rules] card_password = true, but [devices.card_reader] driver = "{driver}" takes none on keys of the '
            "reader's own: nobody could use a card"
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
