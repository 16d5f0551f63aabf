"""How values become words: the few rules every page shares for amounts, dates, insurances and foreign text."""

from __future__ import annotations

from datetime import date, datetime

from kiosk import fonts
from kiosk.domain import money
from kiosk.domain.money import Money
from kiosk.domain.visit import FeeBatch
from kiosk.faults import FaultCode
from kiosk.flow.slip_speech import of_slip
from kiosk.messages import Texts
from kiosk.ports.receipt_printer import SlipResult


def amount(value: Money, texts: Texts) -> str:
    return money.text(value, texts.lang)


def shown(text: str) -> str:
    """Text that came from a card, the hospital or the platform, without characters the typeface cannot draw."""
    return fonts.drawable(text).strip()


def clock(moment: datetime) -> str:
    return moment.strftime("%H:%M")


def day(moment: date, texts: Texts) -> str:
    """The date in the header: `11月22日 星期日`."""
    weekday = texts.say(f"when.weekday.{moment.isoweekday()}")
    return texts.say("when.day", month=_month(moment, texts), day=str(moment.day), weekday=weekday)


def day_and_time(moment: datetime, texts: Texts) -> str:
    """When a bill was made: `11月22日 09:30`; never the year, because unpaid bills are recent."""
    return texts.say("when.day_and_time", month=_month(moment, texts), day=str(moment.day), time=clock(moment))


def insurance(insutype: str, texts: Texts) -> str:
    """The name people use for a national insutype."""
    return _named("insutype", insutype, texts)


def medical_type(med_type: str, texts: Texts) -> str:
    return _named("medtype", med_type, texts)


def doctor(batch: FeeBatch, texts: Texts) -> str:
    """Department and doctor; the department alone when the hospital names no doctor."""
    return pair(batch.department, batch.doctor, texts)


def pair(first: str, second: str, texts: Texts) -> str:
    """Two parts in the language's own way of joining them, or the only one there is."""
    first, second = shown(first), shown(second)
    return texts.say("words.pair", first=first, second=second) if first and second else first or second


def channel(code: str, texts: Texts) -> str:
    """How something was paid; a channel that nobody named here is shown as the payment service spells it."""
    message = f"slip.channel.{code or 'other'}"
    return texts.say(message) if message in texts else shown(code)


def trouble(fault: FaultCode | None, texts: Texts) -> tuple[str, str]:
    """What went wrong and what to do about it, on a page that asks once more; both empty on the first try."""
    return (texts.say(f"fault.{fault}.what"), texts.say(f"fault.{fault}.do")) if fault else ("", "")


def slip(printed: SlipResult | None, texts: Texts, *, missing: str, taken: str = "window.taken") -> str:
    """Whether the slip that leads on from a last page is there; `missing` and `taken` are the page's own sentences."""
    return texts.say(of_slip(printed, missing=missing, taken=taken))


def _named(group: str, code: str, texts: Texts) -> str:
    message = f"{group}.{code}"
    return texts.say(message if message in texts else f"{group}.other")


def _month(moment: date, texts: Texts) -> str:
    return texts.say(f"when.month.{moment.month}")
