"""The parts of a statement from top to bottom, each as blocks made of one paid bill."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from kiosk import fonts
from kiosk.domain import money
from kiosk.domain.family import FamilyShare
from kiosk.domain.money import Money, total
from kiosk.domain.stay import Deposit, Stay
from kiosk.messages import Texts
from kiosk.ports.documents import PaidBill, Site
from printing import names
from printing.payers import Share, owner, shares
from printing.statement import chart, sheet
from printing.statement.blocks import Block, Column, Row, Table, beside, panel, paragraph, space, stacked
from printing.statement.items import Items
from printing.statement.pen import Ink, Pen, Style
from printing.statement.sheet import CONTENT, LEFT

_QR = 21.0
_FISCAL_QR = 18.0
_ORDER_TAIL = 6


@dataclass(frozen=True, slots=True)
class Sections:
    """One bill in one language. All text of others passes `_said` or `Texts`, so that everything has a glyph."""

    bill: PaidBill
    site: Site
    texts: Texts

    def blocks(self, between: float) -> Iterator[Block]:
        """`between` are the millimetres of white above each part."""
        yield self._title()
        yield space(3)
        yield self._person()
        yield space(3)
        yield self._summary()
        for part in (self._next_steps(), self._payers(), self._scope(), self._items(), self._proof()):
            yield space(between)
            yield from part

    # --- top of the first page ---------------------------------------------------------------------------------------
    def _title(self) -> Block:
        width = CONTENT - _QR - 8
        hospital = paragraph(LEFT, width, _said(self.site.hospital), sheet.HOSPITAL)
        title = paragraph(LEFT, width, self._say("title_stay" if self.bill.batch.stay else "title"), sheet.TITLE)
        number = f"{self._say('number')}  {self.bill.number}"
        marks = (("simulated", self.site.simulated), ("reprint", self.bill.reprint))
        tags = _tags(LEFT + sheet.NUMBER.width(number) + 5, tuple(self._say(name) for name, on in marks if on))
        numbered = beside(paragraph(LEFT, width, number, sheet.NUMBER), tags)
        return beside(stacked((hospital, title, space(0.8), numbered)), _qr(self.bill.number))

    def _person(self) -> Block:
        """Two columns of labels and values; a value may take several rows, and its neighbour waits for it."""
        bill, batch = self.bill, self.bill.batch
        facts = (
            ("name", bill.name.reveal()),
            ("insurance", names.insurance(bill.insurance.insutype, self.texts)),
            ("department", " ".join(part for part in (batch.department, batch.doctor) if part)),
            (
                "kind",
                " ".join(part for part in (names.medical_type(batch.med_type, self.texts), batch.disease) if part),
            ),
            ("days", _days(batch.stay)) if batch.stay else ("begun", _minute(batch.begun)),
            ("settled_at", _minute(bill.settlement.settled_at)),
            ("stay_no" if batch.stay else "visit", batch.visit_no),
            ("setl_id", bill.settlement.setl_id),
            *((("setlway", self._say("fixed_sum")),) if batch.stay and batch.stay.fixed_sum else ()),
        )
        cells = [self._fact(name, value, at % 2) for at, (name, value) in enumerate(facts)]
        return stacked(beside(*cells[at : at + 2]) for at in range(0, len(cells), 2))

    def _fact(self, name: str, value: str, column: int) -> Block:
        x, label = LEFT + column * CONTENT / 2, 26.0
        return beside(
            paragraph(x, label, self._say(name), sheet.LABEL),
            paragraph(x + label, CONTENT / 2 - label - 3, _said(value), sheet.BODY),
        )

    def _summary(self) -> Block:
        """What a reader wants first: the bill, the own part, and how large it is beside the others'."""
        amounts, x, half = self.bill.settlement.amounts, LEFT + 5, (CONTENT - 10) / 2
        own_part = amounts.psn_cash_pay - self.bill.cover.insurer - self.bill.cover.deferred
        own = self._say("own_capitals", amount=money.in_capitals(own_part)) if self._chinese else self._say("own")
        figures = beside(
            self._figure(x, half, self._say("total"), amounts.medfee_sumamt, sheet.FIGURE),
            self._figure(x + half, half, own, own_part, sheet.OWN_FIGURE),
        )
        paying = [share for share in self._shares() if share.amount.fen > 0 and not share.within]
        bar = chart.bar(x, CONTENT - 10, [(self._payer(share), share.amount.fen) for share in paying])
        return panel(LEFT, CONTENT, stacked((figures, space(1.5), bar)), 3.5)

    def _figure(self, x: float, width: float, label: str, amount: Money, style: Style) -> Block:
        return stacked((paragraph(x, width, label, sheet.LABEL), paragraph(x, width, self._yuan(amount), style)))

    # --- where to go -------------------------------------------------------------------------------------------------
    def _next_steps(self) -> Iterator[Block]:
        booking = self.bill.booking
        yield self._section("next")
        if booking is None or not booking.steps:
            done = "nothing_next" if self.bill.all_done else "settled"
            yield paragraph(LEFT, CONTENT, self._say("not_booked" if booking is None else done), sheet.BODY)
            return
        for at, step in enumerate(booking.steps, start=1):
            what = f"{at}. {_said(step.what)}"
            where = "，".join(_said(part) for part in (step.where, names.room(step), step.note) if part)
            yield beside(paragraph(LEFT, 40, what, sheet.STEP), paragraph(LEFT + 40, CONTENT - 40, where, sheet.PLACE))

    # --- tables ------------------------------------------------------------------------------------------------------
    def _payers(self) -> Iterator[Block]:
        yield self._section("payers")
        amounts = self.bill.settlement.amounts
        body = [Row((self._payer(share), self._why(share), self._yuan(share.amount))) for share in self._shares()]
        body.append(Row((self._say("sum"), "", self._yuan(amounts.medfee_sumamt)), strong=True))
        yield from self._explained("payer").blocks(body)
        yield from self._deposits()

    def _shares(self) -> tuple[Share, ...]:
        return shares(self.bill.settlement.amounts, self.bill.cover, self.bill.claim)

    def _payer(self, share: Share) -> str:
        return self.texts.say("slip.within" if share.within else f"slip.payer.{share.payer}").strip()

    def _why(self, share: Share) -> str:
        amounts, payment = self.bill.settlement.amounts, self.bill.payment
        match share.payer:
            case "hifp_pay" if amounts.pool_prop_selfpay is not None:
                return self._say("why.hifp_ratio", ratio=amounts.pool_prop_selfpay.text())
            case "acct_mulaid_pay" if owners := self.bill.settlement.family:
                return self._say("why.family_owner", owner=self.texts.say("words.and").join(map(self._owner, owners)))
            case "acct_pay":
                return self._say("why.acct_pay", balance=self._yuan(amounts.balc))
            case _ if share.payer.startswith("insurer_"):
                return self._say(f"why.{share.payer}", name=self._insurer())
            case "deferred" if (deferral := self.bill.batch.deferral) is not None:
                return _said(deferral.basis)
            case "psn_cash_pay" if (cover := self.bill.cover).used:
                return self._say("why.deposits", used=self._yuan(cover.used), due=self._yuan(cover.due))
            case "psn_cash_pay" if payment is not None:
                channel = _said(names.channel(payment.channel, self.texts))
                return self._say("why.paid", channel=channel, tail=payment.order[-_ORDER_TAIL:])
            case "psn_cash_pay":
                return self._say("why.nothing")
            case _:
                return self._say(f"why.{share.payer}")

    def _owner(self, one: FamilyShare) -> str:
        parted = len(self.bill.settlement.family) > 1 and one.amount is not None
        return f"{_said(owner(one, self.texts))}{f' {self._yuan(one.amount)}' if parted and one.amount else ''}"

    def _insurer(self) -> str:
        policy = self.bill.claim.pledge.policy if self.bill.claim else None
        return _said(f"{policy.product}（{policy.number}）" if policy else "")

    def _deposits(self) -> Iterator[Block]:
        """Of each deposit, what it was and what of it goes back where; nothing where there were none."""
        stay = self.bill.batch.stay
        if stay is None or not stay.deposits:
            return
        yield space(3.5)
        yield self._section("deposits")
        columns = (
            Column(self._say("deposit.paid_at"), 32),
            Column(self._say("deposit.payer"), 40),
            Column(self._say("deposit.amount"), 26, right=True),
            Column(self._say("deposit.back"), CONTENT - 98, right=True),
        )
        body = [Row(self._deposit(one)) for one in stay.deposits]
        paid, back = total(one.amount for one in stay.deposits), total(one.amount for one in self.bill.returns)
        body.append(Row((self._say("sum"), "", self._yuan(paid), self._yuan(back)), strong=True))
        yield from Table(LEFT, columns, sheet.BODY, sheet.STRONG, sheet.HEAD).blocks(body)
        cover, claim = self.bill.cover, self.bill.claim
        if cover.surplus and claim is not None and not claim.ended:
            yield space(1)
            yield paragraph(LEFT, CONTENT, self._say("deposit.waits", amount=self._yuan(cover.surplus)), sheet.BODY)

    def _deposit(self, one: Deposit) -> tuple[str, ...]:
        by = " ".join(part for part in (_said(names.channel(one.channel, self.texts)), _said(one.payer)) if part)
        back = next((each for each in self.bill.returns if each.deposit.number == one.number), None)
        where = self._say(f"deposit.{back.back.value}", amount=self._yuan(back.amount)) if back else ""
        return (_minute(one.paid_at), by, self._yuan(one.amount), where)

    def _scope(self) -> Iterator[Block]:
        """How the bill entered the insurance: identity 2 of the reply, part by part."""
        amounts = self.bill.settlement.amounts
        parts = ("inscp_scp_amt", "preselfpay_amt", "overlmt_selfpay", "fulamt_ownpay_amt")
        yield self._section("scope")
        deductible = self._yuan(amounts.act_pay_dedc)
        body = [
            Row(
                (
                    self._say(f"scope.{part}"),
                    self._say(f"scope_why.{part}", deductible=deductible),
                    self._yuan(getattr(amounts, part)),
                )
            )
            for part in parts
        ]
        body.append(Row((self._say("sum"), "", self._yuan(amounts.medfee_sumamt)), strong=True))
        yield from self._explained("part").blocks(body)

    def _explained(self, first: str) -> Table:
        columns = (
            Column(self._say(first), 38),
            Column(self._say("why_title"), CONTENT - 38 - 30),
            Column(self._say("amount"), 30, right=True),
        )
        return Table(LEFT, columns, sheet.BODY, sheet.STRONG, sheet.HEAD)

    def _items(self) -> Iterator[Block]:
        return Items(self.bill.batch, self.texts).blocks()

    # --- proof -------------------------------------------------------------------------------------------------------
    def _proof(self) -> Iterator[Block]:
        booking = self.bill.booking
        fiscal = booking.receipt if booking else None
        if booking is not None and fiscal is None and booking.receipt_at:
            yield paragraph(LEFT, CONTENT, self._say("fiscal.title"), sheet.SECTION)
            yield paragraph(LEFT, CONTENT, self._say("fiscal.pending", where=_said(booking.receipt_at)), sheet.BODY)
        if fiscal is None:
            return
        width = CONTENT - _FISCAL_QR - 6
        text = self._say("fiscal.text", code=_said(fiscal.code), number=_said(fiscal.number), check=_said(fiscal.check))
        parts = (
            paragraph(LEFT, width, self._say("fiscal.title"), sheet.SECTION),
            paragraph(LEFT, width, text, sheet.BODY),
        )

        yield beside(stacked(parts), _qr(fiscal.url, _FISCAL_QR)) if fiscal.url else stacked(parts)

    # --- words -------------------------------------------------------------------------------------------------------
    def _section(self, name: str, **values: str) -> Block:
        title = paragraph(LEFT, CONTENT, self._say(f"section.{name}", **values), sheet.SECTION)
        return Block(title.height + 0.6, title.paint, joined=True)

    def _say(self, message: str, **values: str) -> str:
        return self.texts.say(f"statement.{message}", **values)

    def _yuan(self, amount: Money) -> str:
        return money.text(amount, self.texts.lang)

    @property
    def _chinese(self) -> bool:
        return self.texts.lang.startswith("zh")


def _said(text: str) -> str:
    return fonts.drawable(text)


def _days(stay: Stay) -> str:
    return f"{stay.admitted:%Y-%m-%d} – {stay.discharged or stay.admitted:%Y-%m-%d}"


def _minute(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%d %H:%M")


def _qr(content: str, side: float = _QR) -> Block:
    """A code at the right margin."""
    return Block(side, lambda pen, y: pen.qr(LEFT + CONTENT - side, y, side, content))


def _tags(x: float, words: tuple[str, ...]) -> Block:
    """White words on dark plates, side by side."""

    def paint(pen: Pen, y: float) -> None:
        left = x
        for word in words:
            width = sheet.TAG.width(word) + 5
            pen.box(left, y, width, sheet.TAG.line, Ink.BLACK, radius=0.8)
            pen.text(left + 2.5, y, word, sheet.TAG)
            left += width + 2

    return Block(sheet.TAG.line if words else 0, paint)
