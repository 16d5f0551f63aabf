"""What the pages about a bill on the patient's phone say."""

from __future__ import annotations

from kiosk.domain.speech import Part, Sentence, Text
from kiosk.flow.phone_states import AskingBack, AtPhone
from kiosk.flow.slip_speech import of_slip


def of_phone(screen: AtPhone | AskingBack) -> tuple[Part, ...]:
    return _waits(screen) if isinstance(screen, AtPhone) else _asks(screen)


def _waits(screen: AtPhone) -> tuple[Part, ...]:
    """Where, that nothing was taken, and what becomes of the slip that says until when."""
    slip = of_slip(screen.printed, missing="phone.no_slip")
    where = (Sentence("phone.find"), Text(screen.handed.where))
    return (Sentence("phone.title"), *where, Sentence("phone.money"), Sentence("phone.slip"), Sentence(slip))


def _asks(screen: AskingBack) -> tuple[Part, ...]:
    if screen.paid:
        return (Sentence("phone.paid"), Sentence("phone.paid_told"))
    return (Sentence("phone.back"), Text(screen.batch.department), Sentence("phone.back_told"))
