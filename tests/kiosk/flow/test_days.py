"""A stay read day by day: before anything is held, and before the discharge is agreed to."""

from dataclasses import replace
from datetime import date

import pytest

from kiosk.domain.agent import Sight
from kiosk.domain.money import ZERO, Money
from kiosk.domain.speech import Amount, Count, Sentence
from kiosk.domain.stay import FeeDay
from kiosk.domain.terms import LineTerms
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.agent import seen
from kiosk.flow.day_events import DaysWanted, DayTurned
from kiosk.flow.day_states import ListedDays, QuotedDays
from kiosk.flow.effects import DeclineQuote, OpenSettlement
from kiosk.flow.events import (
    BillChosen,
    Continued,
    DeviceChanged,
    Left,
    MoneyReported,
    PaperWanted,
    Stayed,
    WentBack,
    Woke,
)
from kiosk.flow.rules import Rules
from kiosk.flow.sheets import DaysWerePrinted, PrintDays
from kiosk.flow.speech import prompt
from kiosk.flow.states import Cancelling, ChoosingBill, Explaining, Failed, Quoting, StillThere
from kiosk.ports.health import DeviceState, Health
from kiosk.ports.page_printer import PageNotPrinted, PagePrinted
from kiosk.ports.receipt_printer import SlipPrinted
from kiosk.saga.report import QuotedBill, QuoteReady, Undone
from tests.kiosk.flow.test_stays import to_bills
from tests.kiosk.flow.walker import NUMBER, SID, Walker
from tests.support.people import BATCH, STAY, STAYED, quote

_LATE = Money(160)
DAYS = (
    FeeDay(date(2026, 11, 18), Money(200), Money(200)),
    FeeDay(date(2026, 11, 19), STAYED.total - Money(200) - _LATE, STAYED.total - _LATE),
    FeeDay(date(2026, 11, 20), _LATE, STAYED.total),
)
TOLD = replace(STAYED, stay=replace(STAY, days=DAYS))
IN_BED = replace(TOLD, stay=replace(STAY, days=DAYS, obstacles=("病区还没有办理出院",)))


def to_quote(batch: FeeBatch = TOLD) -> Walker:
    walker = to_bills(batch).send(BillChosen("Z1"))
    walker.at(Quoting)
    return walker.report(QuoteReady((QuotedBill(SID, NUMBER, "Z1", quote(Money(1000))),)), "ticket")


def test_whoever_is_still_in_bed_reads_the_list_and_holds_nothing() -> None:
    walker = to_bills(IN_BED).send(DaysWanted("Z1"))
    assert walker.at(ListedDays).at == 2  # the newest first: what yesterday cost is what is asked
    walker.send(DayTurned(later=False), DayTurned(later=False))
    assert walker.at(ListedDays).at == 0
    assert walker.send(WentBack()).at(ChoosingBill).batches == (IN_BED,)
    assert not [effect for effect in walker.done if isinstance(effect, OpenSettlement)]


def test_there_is_nothing_before_the_first_day_nor_after_the_last() -> None:
    walker = to_bills(TOLD).send(DaysWanted("Z1"), DayTurned(later=True))
    assert walker.at(ListedDays).at == 2
    walker.send(*(DayTurned(later=False),) * 5)
    assert walker.at(ListedDays).at == 0


@pytest.mark.parametrize("batch", [STAYED, BATCH], ids=["stay", "outpatient"])
def test_bill_without_days_has_no_day_list(batch: FeeBatch) -> None:
    to_bills(batch).send(DaysWanted(batch.batch_no)).at(ChoosingBill)


def test_before_paying_the_list_leads_back_to_the_same_quote() -> None:
    walker = to_quote().send(DaysWanted("Z1"))
    assert walker.at(QuotedDays).batch == TOLD
    offer = walker.at(QuotedDays).offer
    assert walker.send(DayTurned(later=False), Continued()).at(Explaining).offer == offer
    to_quote(STAYED).send(DaysWanted("Z1")).at(Explaining)


def test_whoever_walks_away_from_the_list_gives_the_bill_back() -> None:
    walker = to_quote().send(DaysWanted("Z1"))
    walker.send(Woke(walker.at(QuotedDays).ticket)).at(StillThere)
    assert walker.send(Stayed()).at(QuotedDays).at == 2
    walker.send(Left()).at(Cancelling)
    assert walker.asked(DeclineQuote).sids == (SID,)


def test_bill_that_is_lost_meanwhile_is_told_at_once_even_behind_the_question() -> None:
    walker = to_quote().send(DaysWanted("Z1"))
    page = walker.at(QuotedDays)
    walker.send(Woke(page.ticket)).at(StillThere)
    walker.send(MoneyReported(page.money, Undone(SID, NUMBER, FaultCode.BILL_TAKEN)))
    assert walker.at(Failed).fault is FaultCode.BILL_TAKEN


def test_relative_who_may_not_see_lines_reads_days_and_sums() -> None:
    withheld = seen(replace(TOLD, lines=tuple(replace(line, day=DAYS[0].day) for line in BATCH.lines)), Rules())
    assert Sight.LINES not in Rules().agent_sees
    walker = to_bills(withheld).send(DaysWanted("Z1"))
    batch = walker.at(ListedDays).batch
    assert batch.stay is not None
    assert batch.stay.days == DAYS
    assert batch.lines_on(DAYS[0].day) == ()


def test_day_is_told_by_its_number_its_sum_and_the_stay_so_far() -> None:
    walker = to_bills(TOLD).send(DaysWanted("Z1"), DayTurned(later=False))
    said = prompt(walker.state)
    number = (DAYS[1].day - STAY.admitted.date()).days + 1
    assert said[:4] == (Sentence("say.day_number"), Count(number), Sentence("say.day_sum"), Amount(DAYS[1].total))
    assert said[4:] == (Sentence("days.so_far"), Amount(DAYS[1].so_far))


def test_how_lines_are_treated_comes_with_the_quote_and_goes_with_the_bill() -> None:
    line = STAYED.lines[0]
    terms = LineTerms("01", None, None, ZERO, ZERO, ZERO, line.amount)
    told = replace(quote(Money(1000)), terms=((line.sn, terms), ("another's", terms)))
    walker = to_bills(TOLD).send(BillChosen("Z1")).report(QuoteReady((QuotedBill(SID, NUMBER, "Z1", told),)), "ticket")
    first, *others = walker.at(Explaining).offer.bills[0].bill.batch.lines
    assert first.terms == terms
    assert all(other.terms is None for other in others)


def with_printer(batch: FeeBatch = IN_BED, state: DeviceState = DeviceState.ONLINE) -> Walker:
    return to_bills(batch).send(DeviceChanged("page_printer", Health(state)), DaysWanted("Z1"))


def test_list_is_printed_on_a4_and_once_more_whichever_day_is_read() -> None:
    walker = with_printer().send(PaperWanted())
    asked = walker.asked(PrintDays)
    assert (asked.batch, asked.short) == (IN_BED, False)
    walker.send(PaperWanted())
    assert len([effect for effect in walker.done if isinstance(effect, PrintDays)]) == 1
    walker.send(DayTurned(later=False), DaysWerePrinted(asked.ticket, PagePrinted("1")))
    assert walker.at(ListedDays).printed == PagePrinted("1")
    walker.send(PaperWanted())
    walker.send(DaysWerePrinted(walker.asked(PrintDays).ticket, PagePrinted("2")))
    assert walker.at(ListedDays).second
    walker.send(PaperWanted())
    assert len([effect for effect in walker.done if isinstance(effect, PrintDays)]) == 2


def test_a_second_copy_that_did_not_come_out_is_had_short() -> None:
    walker = with_printer().send(PaperWanted())
    for result in (PagePrinted("1"), PageNotPrinted(FaultCode.PAGE_PAPER_OUT), SlipPrinted()):
        walker.send(DaysWerePrinted(walker.asked(PrintDays).ticket, result), PaperWanted())
    assert [effect.short for effect in walker.done if isinstance(effect, PrintDays)] == [False, False, True]


def test_without_a_printer_for_a4_the_slip_has_a_row_a_day() -> None:
    for walker in (to_bills(IN_BED).send(DaysWanted("Z1")), with_printer(state=DeviceState.OFFLINE)):
        assert walker.send(PaperWanted()).asked(PrintDays).short


def test_what_a4_did_not_print_comes_from_the_receipt_printer_when_it_is_wanted_again() -> None:
    walker = with_printer().send(PaperWanted())
    walker.send(DaysWerePrinted(walker.asked(PrintDays).ticket, PageNotPrinted(FaultCode.PAGE_PAPER_OUT)))
    walker.send(PaperWanted())
    assert [effect.short for effect in walker.done if isinstance(effect, PrintDays)] == [False, True]
