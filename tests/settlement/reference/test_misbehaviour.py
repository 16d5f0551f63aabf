"""The grammar of misbehaviour: what it says is what happens, and what it cannot mean is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference.misbehaviour import (
    BadSpec,
    Change,
    Changed,
    Crossed,
    Delay,
    Duplicate,
    Half,
    Html,
    Http,
    Late,
    LoseReply,
    LoseRequest,
    Plan,
    Refuse,
    Rule,
    WrongAmounts,
    WrongMsgid,
    parse,
    parse_chance,
)


@pytest.mark.parametrize(
    ("spec", "rules"),
    [
        ("", ()),
        ("2207@1:lose-reply", (Rule("2207", 1, 1, LoseReply()),)),
        ("2207A@1:lose-reply", (Rule("2207", 1, 1, LoseReply()),)),
        ("2601@1-3:http=503;", (Rule("2601", 1, 3, Http(503)),)),
        ("hospital.book:refuse=医生已作废", (Rule("hospital.book", 1, None, Refuse("医生已作废")),)),
        ("1101:lose-request; 2204:half", (Rule("1101", 1, None, LoseRequest()), Rule("2204", 1, None, Half()))),
        ("pay.collect@2:delay=300", (Rule("pay.collect", 2, 2, Delay(300)),)),
        ("pay.close:late=40", (Rule("pay.close", 1, None, Late(40)),)),
        ("2203A:duplicate", (Rule("2203", 1, None, Duplicate()),)),
        ("2206:html", (Rule("2206", 1, None, Html()),)),
        ("5203:wrong-msgid", (Rule("5203", 1, None, WrongMsgid()),)),
        ("his.settle@2:wrong-amounts", (Rule("his.settle", 2, 2, WrongAmounts()),)),
        ("2207@2:no-infcode", (Rule("2207", 2, 2, Changed(Change.NO_INFCODE)),)),
        ("hospital.paid@1:crossed-inside", (Rule("hospital.paid", 1, 1, Crossed(numbered=True)),)),
        ("hospital.bills:unrepeated", (Rule("hospital.bills", 1, None, Changed(Change.UNREPEATED)),)),
        ("2208:refuse=a=b:c", (Rule("2208", 1, None, Refuse("a=b:c")),)),
    ],
)
def test_a_spec_says_whom_when_and_what(spec: str, rules: tuple[Rule, ...]) -> None:
    assert parse(spec) == rules


@pytest.mark.parametrize(
    "spec",
    [
        "2207", "2207:", "2207:lose", "2207@0:half", "2207@3-2:half", "2207@:half", "2207@a:half", "9999:half",
        "hospital.demo:half", "his.book:half", "pay:half", "2207:http", "2207:http=200", "2207:http=x", "2207:delay",
        "2207:delay=-1", "2207:lose-reply=1", "2207:refuse", "2207:refuse=", "2207@1-2-3:half",
        "hospital.book:crossed", "2207:crossed-inside",
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(spec: str) -> None:
    with pytest.raises(BadSpec):
        parse(spec)


@given(st.text(max_size=40))
def test_any_text_is_a_spec_or_refused(spec: str) -> None:
    try:
        rules = parse(spec)
    except BadSpec:
        return
    assert all(rule.first >= 1 for rule in rules)


@given(st.integers(1, 6), st.integers(0, 4))
def test_calls_are_counted_by_target(first: int, more: int) -> None:
    plan = Plan(parse(f"2207@{first}-{first + more}:half"))
    acts = []
    for call in range(1, 13):
        assert plan.next_act("2601") is None
        acts.append(plan.next_act("2207A" if call % 2 else "2207"))
    spoiled = [call for call, act in enumerate(acts, 1) if act == Half()]
    assert spoiled == list(range(first, first + more + 1))


def test_the_first_rule_that_fits_decides() -> None:
    plan = Plan(parse("pay.query@2:half;pay.query:html"))
    assert [plan.next_act("pay.query") for _ in range(3)] == [Html(), Half(), Html()]


def test_another_plan_counts_from_the_beginning() -> None:
    plan = Plan(parse("2207@1:half"))
    assert plan.next_act("2207A") == Half()
    plan.replace(parse("2207@2:html;his.quote:half"))
    assert [plan.next_act("2207A") for _ in range(3)] == [None, Html(), None]
    assert plan.next_act("his.quote") == Half()


def luck(seed: int, *others: str) -> list[bool]:
    """Which of the first forty 2207s are spoiled, with calls of other targets between."""
    plan = Plan((), parse_chance("2207:lose-reply;2601:half", 0.3), seed)
    spoiled: list[bool] = []
    for _ in range(40):
        for other in others:
            plan.next_act(other)
        spoiled.append(plan.next_act("2207A") == LoseReply())
    return spoiled


def test_the_same_seed_spoils_the_same_calls() -> None:
    assert luck(7) == luck(7) == luck(7, "2601", "1101")
    assert luck(7) != luck(8)
    assert 4 <= sum(luck(7)) <= 20


def test_a_rule_goes_before_chance() -> None:
    plan = Plan(parse("2207@2:html"), parse_chance("2207:half", 1.0))
    assert [plan.next_act("2207") for _ in range(3)] == [Half(), Html(), Half()]


def test_chance_names_no_calls() -> None:
    for spec in ("2207@1:half", "2207:explode"):
        with pytest.raises(BadSpec):
            parse_chance(spec, 0.5)
