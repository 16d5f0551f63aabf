"""What only the reference backend has: telling the hospital's window or its app to take a bill, and how far to go."""

from __future__ import annotations

from enum import StrEnum

from pydantic import Field, model_validator

from settlement.wire.codec import Message

TILL = "/demo/till"


class Which(StrEnum):
    WINDOW = "window"
    APP = "app"


class Stage(StrEnum):
    """How far a till goes with a bill, in order. RELEASED undoes what was done and gives the bill back; ORDERED has the
    insurance pay its part by an order of the patient's phone, and leaves the own part to whoever holds the bill next.
    HANDED gives the bill to the phone as a kiosk does, for `seconds`; 0: it has lapsed there already. A bill that waits
    on the phone the app pays there: SETTLED is the insurance's part alone, BOOKED all of it.
    """

    HELD = "held"
    PAID = "paid"
    SETTLED = "settled"
    BOOKED = "booked"
    RELEASED = "released"
    ORDERED = "ordered"
    HANDED = "handed"


class TakeBill(Message):
    """A repeat goes on from where the till had stopped. `seconds` is how long it holds the bill. What is done
    `days_ago` stands in everybody's books as done then, and is done in one go.
    """

    till: Which
    batch_no: str
    until: Stage = Stage.BOOKED
    seconds: int = 900
    days_ago: int = Field(default=0, ge=0)


class TakenBill(Message):
    """`stage` that was reached, or why not: the hospital's, the platform's or the payment service's own sentence."""

    stage: Stage | None = None
    setl_id: str | None = None
    refused: str | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> TakenBill:
        if (self.stage is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self
