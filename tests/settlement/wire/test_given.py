"""A reply that writes every field: what it says is what is not blank."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.wire import handing, hospital, paid
from settlement.wire.codec import BrokenMessage, Message, decode, encode, read

REPLIES: list[tuple[type[Message], str]] = [
    (hospital.HoldReply, "held"),
    (hospital.BookReply, "booked"),
    (hospital.DepositReply, "taken"),
    (hospital.AdmitReply, "admitted"),
    (paid.RefundedReply, "refunded"),
]
BLANK = st.text(alphabet=" \t\n\u3000\u00a0", max_size=4)
SAID = st.text(min_size=1, max_size=30).filter(lambda text: bool(text.strip()))


@pytest.mark.parametrize(("model", "number"), REPLIES)
@given(blank=BLANK, other=BLANK, said=SAID)
def test_a_blank_number_is_none_and_a_blank_refusal_refuses_nothing(
    model: type[Message], number: str, blank: str, other: str, said: str
) -> None:
    yes = read(model, {number: said, "refused": blank})
    no = read(model, {number: blank, "refused": said})
    assert (getattr(yes, number), getattr(yes, "refused")) == (said, None)  # noqa: B009 - of any of the models
    assert (getattr(no, number), getattr(no, "refused")) == (None, said)  # noqa: B009
    assert read(model, decode(encode(yes))) == yes
    for nothing in ({number: blank}, {"refused": blank}, {number: blank, "refused": other}):
        with pytest.raises(BrokenMessage):
            read(model, nothing)
    with pytest.raises(BrokenMessage):
        read(model, {number: said, "refused": said})


@given(blank=BLANK)
def test_a_release_or_a_hand_over_without_a_word_is_neither(blank: str) -> None:
    for model in (hospital.ReleaseReply, hospital.ReturnsReply, handing.HandOverReply):
        with pytest.raises(BrokenMessage):
            read(model, {"refused": blank})
