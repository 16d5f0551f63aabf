"""Tickets keep one patient's results from the next: an effect carries one out, its result brings it back."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, order=True)
class Ticket:
    """`visit` counts patients since start, `serial` the questions asked in the visit.

    A state holds the tickets it still waits for.
    """

    visit: int
    serial: int

    def next(self) -> Ticket:
        return Ticket(self.visit, self.serial + 1)


BEFORE_ALL = Ticket(0, 0)
"""The ticket of a kiosk that has served nobody yet."""
