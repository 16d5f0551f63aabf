"""The contract of terminals for bank cards.

Parameterised by two fixtures: `bench`, on which somebody holds cards and presses keys, and `terminal`. A bench of flesh
and metal runs against the acquirer's test host, whose cards and PINs the bench names in `secrets`: neither may be found
in anything that the kiosk's side has seen or said.
"""

from __future__ import annotations

from typing import Literal, Protocol

import pytest

from devices.conformance.bench import Ability, Bench, Contract, need
from devices.conformance.groups import deadlines, discovery, framing, health, lifecycle, privacy
from devices.conformance.waiting import FAR_SECONDS, Call, after, until
from kiosk.domain.money import Money
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.cancellation import Cancel
from kiosk.ports.health import DeviceState
from kiosk.ports.payment import Closed, PaidBack, Pending
from kiosk.ports.payment_terminal import Failure, InProgress, PaidByCard, PaymentTerminal, TerminalStep

AMOUNT = Money(2450)


class PaymentTerminalBench(Bench, Protocol):
    """Cards with a PIN in the slot, or `contactless`."""

    def order(self) -> str:
        """A key that was never used."""
        ...

    def hold_card(self, *, contactless: bool = False) -> None: ...

    def enter_pin(self, *, right: bool = True) -> None: ...

    def take_card(self) -> None: ...

    def press_red(self) -> None: ...

    def bank(self, says: Literal["approves", "declines", "silent"]) -> None: ...

    def spoil(self, how: Literal["lost", "flip", "cut", "garbage", "twice"]) -> None:
        """Spoil the terminal's next answer on its way; what was asked is done all the same."""
        ...

    def leak(self) -> None:
        """From now on the terminal sends card numbers, as a wrongly made one might."""
        ...

    def fall_silent(self) -> None: ...

    def speak_again(self) -> None: ...

    def traffic(self) -> bytes:
        """All that has gone over the cable, both ways."""
        ...


class PaymentTerminalContract(Contract):
    """What the kiosk may rely on: nothing is paid that it is not told of, and no card ever comes out."""

    @lifecycle
    def test_opening_and_closing_twice_is_allowed(self, terminal: PaymentTerminal) -> None:
        terminal.open()
        terminal.open()
        terminal.close()
        terminal.close()
        terminal.open()
        assert terminal.status().state is DeviceState.ONLINE

    @privacy
    @pytest.mark.parametrize("contactless", [False, True])
    def test_a_card_pays_and_nothing_of_it_comes_out(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, contactless: bool
    ) -> None:
        terminal.open()
        order = bench.order()
        assert self.collect(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)
        paid = self.pay(bench, terminal, order, contactless=contactless)
        assert (paid.order, paid.amount, len(paid.tail)) == (order, AMOUNT, 4)
        assert paid.trade_no
        assert not any(secret in repr(paid) for secret in bench.secrets)
        if Ability.WIRE_SEEN in bench.abilities:
            assert not any(secret.encode() in bench.traffic() for secret in bench.secrets)

    def test_each_step_is_told(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        assert terminal.status().state is DeviceState.DEVICE_BUSY
        bench.hold_card()
        assert self.query(bench, terminal, order) == InProgress(TerminalStep.ENTER_PIN)
        bench.bank("silent")
        bench.enter_pin()
        assert self.query(bench, terminal, order) == InProgress(TerminalStep.ASKING_BANK)

    def test_a_card_forgotten_in_the_terminal_is_asked_for(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        bench.hold_card()
        bench.enter_pin()
        until(lambda: self.query(bench, terminal, order) == InProgress(TerminalStep.TAKE_CARD))
        bench.take_card()
        assert isinstance(self.query(bench, terminal, order), PaidByCard)

    def test_the_same_order_again_pays_once(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        assert self.collect(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)
        paid = self.pay(bench, terminal, order)
        assert self.collect(bench, terminal, order) == paid
        assert self.query(bench, terminal, order) == paid

    def test_one_order_at_a_time(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        first, second = bench.order(), bench.order()
        self.collect(bench, terminal, first)
        assert isinstance(self.collect(bench, terminal, second), NotSent)
        self.pay(bench, terminal, first)
        assert self.query(bench, terminal, second) == self.query(bench, terminal, second)

    @pytest.mark.parametrize("right", [True, False])
    def test_what_the_bank_declines_is_not_paid(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, right: bool
    ) -> None:
        """For want of money, or for a wrong PIN, which the terminal does not try again."""
        terminal.open()
        order = bench.order()
        bench.bank("declines" if right else "approves")
        self.collect(bench, terminal, order)
        bench.hold_card()
        bench.enter_pin(right=right)
        until(lambda: self.query(bench, terminal, order) == InProgress(TerminalStep.TAKE_CARD))
        bench.take_card()
        answer = self.query(bench, terminal, order)
        assert isinstance(answer, Refused)
        assert answer.fault is FaultCode.PAYMENT_REFUSED

    def test_the_red_key_ends_it_unpaid(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        bench.press_red()
        answer = self.query(bench, terminal, order)
        assert isinstance(answer, Refused)
        assert answer.fault is FaultCode.PAYMENT_NOT_MADE
        assert isinstance(self.collect(bench, terminal, order), Refused), "and it is never begun again"

    def test_an_order_nobody_has_begun_is_closed_by_being_asked_for(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        terminal.open()
        order = bench.order()
        assert isinstance(self.query(bench, terminal, order), Refused)
        assert isinstance(self.collect(bench, terminal, order), Refused), "a lost request that arrives later"

    def test_what_is_aborted_is_never_paid(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        assert self.abort(bench, terminal, order) == Closed()
        assert self.abort(bench, terminal, order) == Closed()
        assert isinstance(self.collect(bench, terminal, order), Refused)
        assert self.abort(bench, terminal, bench.order()) == Closed()

    def test_once_the_bank_was_asked_only_the_bank_decides(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        bench.bank("silent")
        bench.hold_card(contactless=True)
        assert self.abort(bench, terminal, order) == InProgress(TerminalStep.ASKING_BANK)

    def test_what_was_paid_cannot_be_aborted(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        paid = self.pay(bench, terminal, order, contactless=True)
        assert self.abort(bench, terminal, order) == paid

    def test_a_refund_is_made_once_for_each_key(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        order, refund = bench.order(), bench.order()
        self.collect(bench, terminal, order)
        self.pay(bench, terminal, order, contactless=True)
        assert self.refund(bench, terminal, order, refund) == PaidBack()
        assert self.refund(bench, terminal, order, refund) == PaidBack(), "the same one"
        assert isinstance(self.refund(bench, terminal, order, bench.order()), Refused), "nothing is left to give back"

    def test_what_was_not_paid_is_not_given_back(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        assert self.refund(bench, terminal, bench.order(), bench.order()) == Refused(FaultCode.STAFF_MUST_RESOLVE)

    def test_a_refund_the_bank_has_not_taken_is_pending(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        terminal.open()
        order, refund = bench.order(), bench.order()
        self.collect(bench, terminal, order)
        self.pay(bench, terminal, order, contactless=True)
        bench.bank("silent")
        assert self.refund(bench, terminal, order, refund) == Pending()
        bench.bank("approves")
        assert self.refund(bench, terminal, order, refund) == PaidBack()

    @framing
    @pytest.mark.parametrize("how", ["lost", "flip", "cut"])
    def test_a_lost_answer_is_unknown_and_the_order_is_found_again(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, how: Literal["lost", "flip", "cut"]
    ) -> None:
        """Never refused: the terminal may be taking the money just now."""
        need(bench, Ability.SPOILT_ANSWERS)
        terminal.open()
        order = bench.order()
        bench.spoil(how)
        assert isinstance(self.collect(bench, terminal, order), Unknown)
        assert self.query(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)
        bench.hold_card(contactless=True)
        bench.spoil(how)
        assert isinstance(self.query(bench, terminal, order), Unknown)
        assert isinstance(self.query(bench, terminal, order), PaidByCard)

    @framing
    @pytest.mark.parametrize("how", ["garbage", "twice"])
    def test_an_answer_in_bad_company_is_found(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, how: Literal["garbage", "twice"]
    ) -> None:
        need(bench, Ability.SPOILT_ANSWERS)
        terminal.open()
        order = bench.order()
        bench.spoil(how)
        assert self.collect(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)
        assert self.query(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)

    @privacy
    def test_a_terminal_that_lets_a_card_number_out_is_not_believed_any_more(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, caplog: pytest.LogCaptureFixture
    ) -> None:
        need(bench, Ability.LEAK)
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        bench.leak()
        bench.hold_card(contactless=True)
        answer = self.query(bench, terminal, order)
        assert isinstance(answer, Unknown)
        assert terminal.status().state is DeviceState.POTENTIAL_FRAUD
        assert isinstance(self.collect(bench, terminal, bench.order()), NotSent), "no new order goes to it"
        assert not any(secret in repr(answer) + caplog.text for secret in bench.secrets)
        assert isinstance(self.query(bench, terminal, order), Unknown), "the old one is still asked after"

    @deadlines
    def test_a_silent_terminal_keeps_nobody_and_is_found_again(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        need(bench, Ability.SILENCE)
        terminal.open()
        order = bench.order()
        bench.fall_silent()
        answer = Call(lambda cancel: terminal.collect(order, AMOUNT, after(bench.clock, 0.2), cancel)).result()
        assert isinstance(answer, Unknown)
        assert terminal.status().state is DeviceState.OFFLINE
        waiting = Call(lambda cancel: terminal.query(order, after(bench.clock, FAR_SECONDS), cancel))
        assert isinstance(waiting.cancelled(), Unknown | NotSent), "as far as it had come"
        bench.speak_again()
        assert self.query(bench, terminal, order) == InProgress(TerminalStep.PRESENT_CARD)

    @deadlines
    def test_what_was_cancelled_before_it_began_was_not_sent(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        terminal.open()
        order, cancel = bench.order(), Cancel()
        cancel.cancel()
        answer = Call(lambda _: terminal.collect(order, AMOUNT, after(bench.clock, FAR_SECONDS), cancel)).result()
        assert isinstance(answer, NotSent)
        assert terminal.status().state is DeviceState.ONLINE

    @health
    def test_a_terminal_that_goes_has_heard_nothing_and_remembers_all(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal
    ) -> None:
        need(bench, Ability.UNPLUG)
        terminal.open()
        order = bench.order()
        self.collect(bench, terminal, order)
        paid = self.pay(bench, terminal, order, contactless=True)
        bench.unplug()
        assert terminal.status().state is DeviceState.NO_DEVICE
        assert self.collect(bench, terminal, bench.order()) == NotSent(FaultCode.PAYMENT_TERMINAL_GONE)
        bench.plug()
        until(lambda: terminal.status().usable)
        assert self.query(bench, terminal, order) == paid

    @discovery
    def test_a_terminal_may_come_after_the_kiosk(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        need(bench, Ability.UNPLUG)
        bench.unplug()
        terminal.open()
        assert not terminal.status().usable
        bench.plug()
        until(lambda: terminal.status().usable)

    def test_a_sum_of_nothing_is_a_defect(self, bench: PaymentTerminalBench, terminal: PaymentTerminal) -> None:
        terminal.open()
        with pytest.raises(ValueError, match="sum"):
            terminal.collect(bench.order(), Money(0), after(bench.clock, 1), Cancel())

    def collect(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str
    ) -> InProgress | PaidByCard | Failure:
        return Call(lambda cancel: terminal.collect(order, AMOUNT, after(bench.clock, FAR_SECONDS), cancel)).result()

    def query(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str
    ) -> InProgress | PaidByCard | Failure:
        return Call(lambda cancel: terminal.query(order, after(bench.clock, FAR_SECONDS), cancel)).result()

    def abort(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str
    ) -> Closed | InProgress | PaidByCard | Failure:
        return Call(lambda cancel: terminal.abort(order, after(bench.clock, FAR_SECONDS), cancel)).result()

    def refund(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str, refund: str
    ) -> PaidBack | Pending | Failure:
        far = after(bench.clock, FAR_SECONDS)
        return Call(lambda cancel: terminal.refund(order, refund, AMOUNT, far, cancel)).result()

    def pay(
        self, bench: PaymentTerminalBench, terminal: PaymentTerminal, order: str, *, contactless: bool = False
    ) -> PaidByCard:
        """Somebody pays the order that the terminal asks for."""
        bench.hold_card(contactless=contactless)
        if not contactless:
            bench.enter_pin()
            until(lambda: self.query(bench, terminal, order) == InProgress(TerminalStep.TAKE_CARD))
            bench.take_card()
        until(lambda: isinstance(self.query(bench, terminal, order), PaidByCard))
        paid = self.query(bench, terminal, order)
        assert isinstance(paid, PaidByCard)
        return paid
