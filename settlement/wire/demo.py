"""What only the reference backend has: fresh bills for its invented people, and being told to misbehave."""

from __future__ import annotations

from pydantic import Field, model_validator

from settlement.wire.codec import Message
from settlement.wire.values import Shown

DEMO_BILL = "/hospital/demo/bill"
MISBEHAVE = "/demo/misbehave"


class Misbehave(Message):
    """`spec` has the grammar of `--misbehave` and takes its place; counting begins anew. Empty: good behaviour."""

    spec: str = ""


class DemoBill(Message):
    """`scenario` names a file of config/people/hospital/bills; empty: the first bill of the person's own file. Of
    several numbers of the person `patient_no` picks one; empty: the first. It is made as it would have been `days_ago`.
    """

    certno: str
    scenario: str = ""
    patient_no: str = ""
    days_ago: int = Field(default=0, ge=0)


class DemoBillReply(Message):
    """`beside`: bills of the same visit that the scenario brings along."""

    batch_no: str | None = None
    beside: tuple[str, ...] = ()
    refused: Shown | None = None

    @model_validator(mode="after")
    def _one_answer(self) -> DemoBillReply:
        if (self.batch_no is None) == (self.refused is None):
            raise ValueError("neither an answer nor a refusal, or both")
        return self
