"""The insurers' simulator (模拟): quotes by the policy in a person's file, pays once, and may refuse or look first.

It knows what it is told and the people's files, and asks neither hospital nor platform.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import select

from settlement.reference.benefit.rounding import rounded
from settlement.reference.counter import door
from settlement.reference.hospital.errand import Errand
from settlement.reference.ledger.books import Event, Kind, Move, post
from settlement.reference.ledger.claims import InsurerClaim, InsurerQuote
from settlement.reference.moments import bounds
from settlement.reference.people import PolicyData
from settlement.reference.platform.call import fresh_number
from settlement.wire import codec, insurer
from settlement.wire.accounts import INSURER_DAY, ClaimRow, DayQuery, InsurerDay
from settlement.wire.insurer import ClaimStatus
from settlement.wire.values import to_fen


def quote(errand: Errand, wish: insurer.Quote) -> insurer.QuoteReply:
    """A share of what exceeds the policy's deductible; asked again under the key it says the same."""
    known = errand.session.get(InsurerQuote, wish.key, with_for_update=True)
    if known is not None:
        return codec.read(insurer.QuoteReply, codec.decode(known.reply.encode()))
    person = errand.world.person_of(wish.certno)
    policy = person.policy if person else None
    if policy is None or (policy.insurer, policy.product) != (wish.insurer, wish.product):
        return insurer.QuoteReply(key=wish.key, refused="没有查到有效的保单")
    cash = to_fen(wish.psn_cash_pay)
    amount = min(cash, rounded((cash - to_fen(policy.deductible)) * policy.ratio))
    if amount <= 0:
        return insurer.QuoteReply(key=wish.key, refused="没有达到赔付的起点")
    number = f"Q{fresh_number(errand.now)}"
    reply = insurer.QuoteReply(key=wish.key, quote_no=number, amount_fen=amount)
    errand.session.add(
        InsurerQuote(
            key=wish.key,
            quote_no=number,
            certno=wish.certno,
            batch_no=wish.batch_no,
            product=wish.product,
            cash=cash,
            amount=amount,
            consent=wish.consent,
            reply=codec.encode(reply).decode(),
        )
    )
    return reply


def settle(errand: Errand, wish: insurer.Settle) -> insurer.SettleReply:
    claim = errand.session.get(InsurerClaim, wish.key, with_for_update=True)
    if claim is None:
        claim = _open(errand, wish)
    elif claim.state == ClaimStatus.REVIEWING:
        claim.looks += 1
        _decide(errand, claim, _policy_of(errand, wish))
    paid = claim.state == ClaimStatus.PAID
    return insurer.SettleReply(
        key=wish.key,
        status=ClaimStatus(claim.state),
        amount_fen=claim.amount if paid else None,
        claim_no=claim.claim_no,
        reason=claim.reason,
    )


def _open(errand: Errand, wish: insurer.Settle) -> InsurerClaim:
    claim = InsurerClaim(
        key=wish.key,
        quote_no=wish.quote_no,
        setl_id=wish.setl_id,
        product="",
        amount=wish.amount_fen,
        state=ClaimStatus.REVIEWING,
        claim_no="",
        reason="",
        looks=0,
        claimed_at=errand.now,
    )
    errand.session.add(claim)
    quoted = _quoted(errand, wish.quote_no)
    if quoted is None or (quoted.cash, quoted.amount) != (to_fen(wish.psn_cash_pay), wish.amount_fen):
        claim.state, claim.reason = ClaimStatus.REFUSED, "与报价不符"
    else:
        claim.product = quoted.product
        _decide(errand, claim, _policy_of(errand, wish))
    errand.session.flush()
    return claim


def _decide(errand: Errand, claim: InsurerClaim, policy: PolicyData | None) -> None:
    if policy is None or policy.refuses:
        claim.state, claim.reason = ClaimStatus.REFUSED, policy.refuses if policy else "保单已失效"
    elif claim.looks >= policy.looks:
        claim.state, claim.claim_no = ClaimStatus.PAID, f"L{fresh_number(errand.now)}"
        moves = [Move(Kind.CLAIM, claim.key, claim.amount), Move(Kind.INSURER, claim.product, -claim.amount)]
        post(errand.session, Event.CLAIMED, claim.key, errand.now, moves)


def _quoted(errand: Errand, quote_no: str) -> InsurerQuote | None:
    return errand.session.scalar(select(InsurerQuote).where(InsurerQuote.quote_no == quote_no).limit(1))


def _policy_of(errand: Errand, wish: insurer.Settle) -> PolicyData | None:
    quoted = _quoted(errand, wish.quote_no)
    person = errand.world.person_of(quoted.certno) if quoted else None
    return person.policy if person else None


def day(errand: Errand, query: DayQuery) -> InsurerDay:
    """Claims first made on that day, whoever made them, by key."""
    first, last = bounds(date.fromisoformat(query.day))
    that_day = (InsurerClaim.claimed_at >= first, InsurerClaim.claimed_at < last, InsurerClaim.key > query.after)
    wanted = select(InsurerClaim).where(*that_day).order_by(InsurerClaim.key).limit(query.limit)
    found = errand.session.scalars(wanted).all()
    rows = tuple(
        ClaimRow(
            key=row.key,
            setl_id=row.setl_id,
            amount_fen=row.amount,
            status=ClaimStatus(row.state),
            claim_no=row.claim_no,
        )
        for row in found
    )
    return InsurerDay(rows=rows, after=found[-1].key if len(found) == query.limit else None)


DOORS = {
    insurer.QUOTE: door(insurer.Quote, quote),
    insurer.SETTLE: door(insurer.Settle, settle),
    INSURER_DAY: door(DayQuery, day),
}
