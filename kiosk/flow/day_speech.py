"""What a day of a stay's day list says."""

from __future__ import annotations

from kiosk.domain.speech import Amount, Count, Part, Sentence
from kiosk.domain.visit import FeeBatch


def of_day(batch: FeeBatch, at: int) -> tuple[Part, ...]:
    """Which day of the stay it is, what it cost, and the stay so far; the lines are read when the keys come to them."""
    stay = batch.stay
    if stay is None:
        return ()
    day = stay.days[at]
    number = (day.day - stay.admitted.date()).days + 1
    which = (Sentence("say.day_number"), Count(number))
    return (*which, Sentence("say.day_sum"), Amount(day.total), Sentence("days.so_far"), Amount(day.so_far))
