"""The benefits hold the platform's identities whatever the bill, and each area's figures do what they say."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference.benefit.areas import Area, shipped_areas
from settlement.reference.benefit.entitlement import Claim, Entitlement, NotCovered, entitlement
from settlement.reference.benefit.payers import Shares, Situation, Used, share_out
from settlement.reference.benefit.rounding import rounded
from settlement.reference.benefit.rules import Filing, Supplement
from settlement.reference.benefit.split import UNLISTED, Split, Terms, split_line, total_of
from settlement.wire.values import to_fen

TODAY = date(2026, 7, 1)
FEN = st.integers(0, 5_000_000)
RATIO = st.decimals(0, 1, places=4)
TERMS = st.one_of(
    st.just(UNLISTED),
    st.builds(Terms, st.sampled_from(["01", "02"]), RATIO, st.none() | st.decimals(0, 2_000, places=6)),
)
COUNT, PRICE = st.decimals(0, 500, places=4), st.decimals(0, 3_000, places=6)
SUPPLEMENT = st.none() | st.builds(Supplement, ratio=RATIO, fund=st.just("x"), limit=st.none() | st.just(Decimal(900)))


def area(code: str = "000000") -> Area:
    found = shipped_areas().at(code, TODAY)
    assert found
    return found


HERE = area()


def line(count: Decimal, price: Decimal, terms: Terms) -> Split:
    return split_line(rounded(count * price * 100), count, price, terms)


def every_entitlement() -> list[Entitlement]:
    """Of every plan of every area, ordinary and for each disease, at home and away."""
    found: list[Entitlement] = []
    for insured in shipped_areas().known:
        for plan in insured.insured.plans:
            claims = [Claim(plan.insutype, plan.psn_types[0], plan.med_types[0], "", "03")]
            claims += [Claim(plan.insutype, plan.psn_types[0], "14", code, "01") for code in plan.diseases]
            for claim in claims:
                try:
                    found.append(entitlement(claim, insured, HERE))
                except NotCovered:
                    assert claim.med_type == "14"
    return found


@st.composite
def situations(draw: st.DrawFn) -> Situation:
    return Situation(
        entitlement=draw(st.sampled_from(every_entitlement())),
        used=draw(st.builds(Used, FEN, FEN, FEN, FEN, FEN, FEN, FEN, FEN)),
        civil_servant=draw(SUPPLEMENT),
        enterprise=draw(SUPPLEMENT),
        relief=draw(SUPPLEMENT),
        waived=draw(st.sampled_from([0, 100])),
        balance=draw(FEN),
        family_balances=tuple(draw(st.lists(FEN, max_size=2))),
        family_first=draw(st.booleans()),
        account_used=draw(st.booleans()),
        account_covers_full_self_pay=draw(st.booleans()),
    )


@given(COUNT, PRICE, TERMS)
def test_the_four_parts_of_a_line_are_the_line(count: Decimal, price: Decimal, terms: Terms) -> None:
    parts = line(count, price, terms)
    assert parts.total == parts.full_self + parts.over_limit + parts.first_self + parts.in_scope
    assert min(parts.full_self, parts.over_limit, parts.first_self, parts.in_scope) >= 0


BILLS = st.lists(st.builds(line, COUNT, PRICE, TERMS), min_size=1, max_size=6).map(total_of)


@given(BILLS, situations())
def test_whoever_pays_the_bill_is_paid_once(bill: Split, situation: Situation) -> None:
    shares = share_out(bill, situation)
    funds = (shares.pool, shares.major, shares.catastrophic, shares.civil_servant, shares.enterprise, shares.relief)
    persons = (shares.account, shares.family, shares.cash)
    assert min(*funds, *persons, shares.hospital, shares.deductible) >= 0
    assert sum(funds) + shares.hospital + sum(persons) == shares.bill.total
    assert (shares.fund, shares.person) == (sum(funds), sum(persons))
    assert shares.fund <= shares.bill.in_scope
    assert shares.account + shares.balance == situation.balance


@given(BILLS, situations())
def test_no_limit_is_exceeded_and_no_balance_overdrawn(bill: Split, situation: Situation) -> None:
    shares, used, plan = share_out(bill, situation), situation.used, situation.entitlement.plan
    assert shares.deductible <= situation.entitlement.deductible
    assert shares.pool <= max(0, situation.entitlement.limit - used.pool) == shares.pool_left
    assert shares.major == 0 or shares.pool == shares.pool_left
    for supplement, paid, before in (
        (plan.major, shares.major, used.major),
        (plan.catastrophic, shares.catastrophic, used.catastrophic),
        (situation.civil_servant, shares.civil_servant, used.civil_servant),
        (situation.enterprise, shares.enterprise, used.enterprise),
        (situation.relief, shares.relief, used.relief),
    ):
        if supplement is None:
            assert paid == 0
        elif supplement.limit is not None:
            assert paid <= max(0, to_fen(supplement.limit) - before)
    assert shares.account <= situation.balance
    assert all(part <= has for part, has in zip(shares.family_parts, situation.family_balances, strict=False))


@given(BILLS, situations())
def test_the_second_account_pays_what_the_first_had_not_and_cash_what_neither_may(
    bill: Split, situation: Situation
) -> None:
    shares = share_out(bill, situation)
    own = situation.balance if situation.entitlement.plan.account else 0
    family = sum(situation.family_balances)
    if situation.family_first:
        assert shares.account == 0 or shares.family == family
    else:
        assert shares.family == 0 or shares.account == own
    if situation.account_used:
        not_for_accounts = 0 if situation.account_covers_full_self_pay else bill.full_self
        assert shares.cash <= not_for_accounts or (shares.account, shares.family) == (own, family)
    else:
        assert shares.account == shares.family == 0


@given(situations(), COUNT, PRICE, st.decimals(0, 50, places=6), TERMS, BILLS)
def test_a_dearer_item_never_costs_the_person_less(
    situation: Situation, count: Decimal, price: Decimal, dearer: Decimal, terms: Terms, rest: Split
) -> None:
    cheap = share_out(total_of([rest, line(count, price, terms)]), situation)
    dear = share_out(total_of([rest, line(count, price + dearer, terms)]), situation)
    assert dear.bill.total >= cheap.bill.total
    assert dear.person + dear.hospital >= cheap.person + cheap.hospital


@given(st.sampled_from(shipped_areas().known), st.sampled_from(shipped_areas().known), st.sampled_from(["11", "13"]))
def test_a_filing_never_lowers_the_ratio_and_home_is_best(insured: Area, care: Area, med_type: str) -> None:
    claim = Claim("310", "1101", med_type, "", "03")
    ratios = {filing: entitlement(claim, insured, care, filing).ratio for filing in Filing}
    assert ratios[Filing.NONE] <= min(ratios.values())
    assert ratios[Filing.RESIDENCE] == entitlement(claim, insured, insured).ratio


def named(name: str, level: str = "03", disease: str = "") -> Entitlement:
    plan = next(plan for plan in HERE.insured.plans if plan.name == name)
    return entitlement(Claim(plan.insutype, plan.psn_types[0], plan.med_types[0], disease, level), HERE, HERE)


WORKER = Situation(named("职工在职门诊"))


def in_scope(fen: int) -> Split:
    return Split(fen, 0, 0, 0, fen)


def used(situation: Situation, **fen: int) -> Situation:
    return replace(situation, used=Used(**fen))


def test_a_line_is_split_and_paid_as_a_real_platform_did_it() -> None:
    """A drug of 4.52 yuan, 乙 with 5 %, inside the deductible: the fund pays nothing, the account pays all of it."""
    drug = split_line(452, Decimal(1), Decimal("4.52"), Terms("02", Decimal("0.05"), None))
    assert drug == Split(452, 0, 0, 23, 429)
    shares = share_out(drug, replace(WORKER, balance=137_815))
    assert (shares.deductible, shares.fund, shares.account, shares.cash, shares.balance) == (429, 0, 452, 0, 137_363)


def test_what_is_over_the_price_limit_is_the_persons() -> None:
    dear = split_line(23_000, Decimal(1), Decimal(230), Terms("02", Decimal("0.1"), Decimal(200)))
    assert dear == Split(23_000, 0, 3_000, 2_000, 18_000)


def test_the_deductible_is_taken_once_a_year() -> None:
    first = share_out(in_scope(4_000), WORKER)
    assert (first.deductible, first.pool) == (4_000, 0)
    second = share_out(in_scope(4_000), used(WORKER, deductible=4_000))
    assert (second.deductible, second.pool) == (1_000, 1_800)


def test_where_the_rules_say_so_the_deductible_is_taken_with_each_visit() -> None:
    county = area("000181")
    entitled = entitlement(Claim("310", "1101", "11", "", "03"), county, county)
    shares = share_out(in_scope(10_000), Situation(entitled, Used(deductible=100_000)))
    assert (shares.deductible, shares.pool) == (2_000, 4_000)


def test_above_the_years_limit_the_supplementary_fund_pays() -> None:
    shares = share_out(in_scope(100_000), used(WORKER, deductible=5_000, pool=338_000))
    assert shares.pool == 12_000  # what is left of 3,500.00
    assert shares.major == 64_000  # 80 % of the 800.00 that the pool's 120.00 did not cover
    assert share_out(in_scope(100_000), used(WORKER, deductible=5_000, pool=338_000, major=19_990_000)).major == 10_000


def test_the_supplementary_fund_does_not_pay_roundings() -> None:
    shares = share_out(in_scope(4), used(WORKER, deductible=5_000))
    assert (shares.pool, shares.major, shares.cash) == (2, 0, 2)


def test_residents_get_catastrophic_cover_above_the_threshold_and_relief_last() -> None:
    resident = used(Situation(named("居民门诊")), deductible=2_000, pool=120_000, own_compliant=490_000)
    shares = share_out(in_scope(30_000), resident)
    assert (shares.pool, shares.catastrophic) == (0, 12_000)  # 60 % of the 200.00 above 5,000.00
    poor = share_out(in_scope(30_000), replace(resident, relief=HERE.insured.relief["6101"]))
    assert poor.relief == 12_600  # 70 % of the 180.00 left


def test_supplements_pay_in_turn_of_what_is_left_in_scope() -> None:
    rules = HERE.insured
    servant = replace(used(WORKER, deductible=5_000), civil_servant=rules.civil_servant, enterprise=rules.enterprise)
    shares = share_out(in_scope(10_000), servant)
    assert (shares.pool, shares.civil_servant, shares.enterprise, shares.cash) == (6_000, 2_000, 600, 1_400)
    spent = replace(servant, used=Used(deductible=5_000, enterprise=199_500))
    assert share_out(in_scope(10_000), spent).enterprise == 500  # what is left of 2,000.00


def test_the_account_does_not_pay_what_the_insurance_does_not_list() -> None:
    bill = Split(5_000, 2_000, 0, 0, 3_000)
    shares = share_out(bill, replace(WORKER, balance=100_000))
    assert (shares.account, shares.cash) == (3_000, 2_000)
    untouched = share_out(bill, replace(WORKER, balance=100_000, family_balances=(1,), account_used=False))
    assert (untouched.account, untouched.family, untouched.cash) == (0, 0, 5_000)
    everything = share_out(bill, replace(WORKER, balance=100_000, account_covers_full_self_pay=True))
    assert (everything.account, everything.cash) == (5_000, 0)


def test_the_familys_account_pays_after_the_own_one_and_for_a_resident_at_once() -> None:
    def paid(situation: Situation) -> tuple[int, int, int]:
        shares: Shares = share_out(in_scope(4_000), situation)
        return shares.account, shares.family, shares.cash

    assert paid(replace(WORKER, balance=1_000, family_balances=(900,))) == (1_000, 900, 2_100)
    assert paid(replace(WORKER, balance=9_000, family_balances=(900,))) == (4_000, 0, 0)
    resident = Situation(named("居民门诊"), balance=1_000, family_balances=(90_000,))
    assert paid(resident) == (0, 3_000, 0)  # 20.00 deductible, half of the rest from the pool


def test_the_hospital_bears_a_part_of_the_consultation_fee() -> None:
    assert HERE.care.waived("12") == 100
    assert share_out(in_scope(1_500), replace(WORKER, waived=100)).hospital == 100


@pytest.mark.parametrize(("level", "ratio"), [("01", "0.7"), ("02", "0.65"), ("03", "0.6")])
def test_a_smaller_hospital_is_paid_a_larger_share(level: str, ratio: str) -> None:
    assert named("职工在职门诊", level).ratio == Decimal(ratio)


@pytest.mark.parametrize(
    ("insured", "care", "filing", "ratio"),
    [
        ("000000", "000000", Filing.NONE, "0.6"),
        ("000000", "000100", Filing.NONE, "0.5"),
        ("000000", "000100", Filing.REFERRAL, "0.6"),
        ("000000", "000200", Filing.NONE, "0.4"),
        ("000000", "000200", Filing.TEMPORARY, "0.5"),
        ("000000", "000200", Filing.RESIDENCE, "0.6"),
        ("000100", "000181", Filing.NONE, "0.65"),
        ("000181", "000100", Filing.NONE, "0.4"),
        ("000199", "000100", Filing.NONE, "0.8"),
        ("000199", "000200", Filing.NONE, "0.7"),
        ("000200", "000000", Filing.NONE, "0.3"),
        ("000200", "000000", Filing.RESIDENCE, "0.5"),
    ],
)
def test_who_goes_elsewhere_without_a_filing_gets_less(insured: str, care: str, filing: Filing, ratio: str) -> None:
    claim = Claim("310", "1101", "11", "", "03")
    assert entitlement(claim, area(insured), area(care), filing).ratio == Decimal(ratio)


def test_an_emergency_elsewhere_counts_as_filed() -> None:
    emergency = Claim("310", "1101", "13", "", "03")
    assert entitlement(emergency, area("000200"), HERE).ratio == Decimal("0.4")
    assert entitlement(emergency, area("000200"), HERE, Filing.RESIDENCE).ratio == Decimal("0.5")


def test_each_chronic_disease_has_its_ratio_and_its_limit() -> None:
    pressure, tumour = named("职工门诊慢特病", disease="M03900"), named("职工门诊慢特病", disease="M00500")
    assert (pressure.ratio, pressure.limit) == (Decimal("0.8"), 300_000)
    assert (tumour.ratio, tumour.limit) == (Decimal("0.9"), 8_000_000)


@pytest.mark.parametrize(("disease", "care"), [("M07801", "000000"), ("", "000000"), ("M05300", "000200")])
def test_a_disease_that_is_not_covered_there_is_not_settled(disease: str, care: str) -> None:
    claim = Claim("310", "1101", "14", disease, "03")
    with pytest.raises(NotCovered):
        entitlement(claim, HERE, area(care))


@pytest.mark.parametrize(("fen", "whole"), [("22.5", 23), ("22.4", 22), ("-22.5", -23)])
def test_halves_are_rounded_away_from_zero(fen: str, whole: int) -> None:
    assert rounded(Decimal(fen)) == whole


@pytest.mark.parametrize(
    ("insutype", "psn_type", "med_type", "name"),
    [
        ("310", "1101", "11", "职工在职门诊"),
        ("310", "1203", "14", "职工门诊慢特病"),
        ("390", "1404", "13", "居民门诊"),
        ("510", "1101", "11", None),
    ],
)
def test_rules_are_found_by_insurance_person_and_visit(
    insutype: str, psn_type: str, med_type: str, name: str | None
) -> None:
    found = HERE.insured.plan(insutype, psn_type, med_type)
    assert (found.name if found else None) == name
