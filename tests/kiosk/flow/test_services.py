"""Every item of a catalogue is filed by one flow: told first, asked once, shown once more, handed in once."""

from __future__ import annotations

from dataclasses import replace

import pytest

from kiosk.domain.catalogue import Kind
from kiosk.domain.filing import CaseState
from kiosk.domain.initials import initials
from kiosk.domain.pages import Ending
from kiosk.domain.personal import Typed
from kiosk.domain.speech import Part, Text, Tone, private
from kiosk.faults import FaultCode
from kiosk.filing.course import Stage
from kiosk.flow.effects import (
    ConfirmFiling,
    Forget,
    KeepDraft,
    PrintCaseSlip,
    PrintGuide,
    RateCase,
    Say,
)
from kiosk.flow.events import (
    CardWasRead,
    Continued,
    Entered,
    FieldFilled,
    FilingOpened,
    HeadsetChanged,
    LanguageChosen,
    Left,
    LineReopened,
    OptionPicked,
    PaperWanted,
    PersonWasSought,
    Signed,
    SlipWasPrinted,
    Stayed,
    WentBack,
)
from kiosk.flow.rules import Door
from kiosk.flow.served_states import Choosing, Committing, Concluding, Filling, Guiding, Reviewing, Waiting
from kiosk.flow.services.desk import Filing
from kiosk.flow.speech import prompt
from kiosk.flow.states import AwaitingCard, Failed, Farewell, StillThere
from kiosk.installed import config_dir
from kiosk.packs.loading import read_pack
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.card_reader import CardInserted, CardRead
from kiosk.ports.filing import Prepared
from kiosk.ports.receipt_printer import SlipPrinted, SlipUnknown
from kiosk.ports.settlement import PersonFound
from tests.kiosk.flow.clerk import CASE, PREPARED, TODAY, Clerk, clerk
from tests.kiosk.flow.walker import SID
from tests.support.people import IDENTITY, ZHANG

AREAS = ("000000", "220000", "370400", "411300", "421000", "530000")
FILED = [
    (area, key)
    for area in AREAS
    for key, item in read_pack(config_dir() / "packs" / area).services.items.items()
    if item.kind is Kind.FILED
]


@pytest.mark.parametrize(("area", "item"), FILED)
def test_every_item_of_every_pack_is_filed_and_no_field_is_asked_twice(area: str, item: str) -> None:
    one = clerk(area).to_filing(item).hand_in()
    assert len(one.fields) == len(set(one.fields)), one.fields
    order = one.asked(ConfirmFiling)
    assert order.application.item == item
    assert order.application.pack == f"{area} 1"
    assert {key for key, _ in order.application.answers} >= set(one.fields) & {"mobile", "since", "disease"}
    one.told(Stage.LODGED, replace(CASE, item=item))
    assert one.at(Concluding).page.number == CASE.case_no
    assert one.asked(PrintCaseSlip).handover == CASE.handover


def test_the_guide_is_two_taps_away_before_anybody_is_asked_who_they_are() -> None:
    one = clerk().to_guide("away-filing")
    assert one.taps == 2
    page = one.at(Guiding).page
    assert len(page.points) >= 10
    assert page.source is not None
    one.touch(Continued())
    assert one.at(AwaitingCard).door is Door.SERVICES


def test_every_page_of_a_filing_is_told_to_the_ear_and_what_is_the_persons_own_is_private() -> None:
    one = clerk()
    one.send(HeadsetChanged(plugged=True))
    heard: dict[type[object], tuple[Part, ...]] = {}
    one.to_filing("away-filing")
    heard[Choosing] = prompt(one.state)
    heard[Reviewing] = prompt(one.fill().state)
    heard[Committing] = prompt(one.touch(Continued()).state)
    heard[Waiting] = prompt(one.touch(Signed()).state)
    heard[Concluding] = prompt(one.told(Stage.LODGED, CASE).state)
    assert all(heard.values())
    assert not any(private(part) for kind in (Choosing, Reviewing, Committing, Waiting) for part in heard[kind])
    assert Text(CASE.case_no) in heard[Concluding]
    assert private(Text(CASE.case_no))
    assert one.asked(Say).speech.parts == heard[Concluding]


def test_a_guide_is_taken_along_on_paper_once_and_again_when_it_did_not_come_out() -> None:
    one = clerk().to_guide("away-filing").touch(PaperWanted())
    page = one.at(Guiding).page
    assert one.asked(PrintGuide).page == page
    assert one.touch(PaperWanted()).asked_not(PrintGuide)
    one.send(SlipWasPrinted(one.ticket("slip"), SlipUnknown()))
    again = one.touch(PaperWanted()).asked(PrintGuide)
    one.send(SlipWasPrinted(again.ticket, SlipPrinted()))
    assert one.at(Guiding).printed == SlipPrinted()
    assert one.touch(PaperWanted()).asked_not(PrintGuide)


def test_a_guide_is_told_point_by_point_and_a_refused_answer_first_says_why() -> None:
    one = clerk().to_guide("info-change")
    page = one.at(Guiding).page
    assert [part.text for part in prompt(one.state) if isinstance(part, Text)][2:4] == [
        page.points[0].label.zh,
        page.points[0].text.zh,
    ]
    one = clerk().to_filing("info-change")
    while not isinstance(one.screen, Filling):
        one.touch(OptionPicked(one.at(Choosing).page.options[0].key))
    one.touch(FieldFilled(one.at(Filling).page.field.key, Typed("x")))
    assert prompt(one.state)[:2] == (Tone.REFUSED, Text(one.at(Filling).page.error.zh, public=True))


def test_what_a_paper_leaves_open_is_said_to_be_open() -> None:
    page = clerk("370400").to_guide("transfer").at(Guiding).page
    (told,) = (point for point in page.points if point.label.zh == "文件没有写明的")
    assert told == page.points[-1]
    assert told.text.zh.startswith("谁可以办、要交的材料、怎么办、多久办好、办成以后、依据、在哪里办、事项编码。")
    assert told.label.of("en") == "Not stated in the paper"
    assert not [point for point in clerk().to_guide("transfer").at(Guiding).page.points if point.label == told.label]


def test_filing_care_elsewhere_takes_six_taps() -> None:
    one = clerk().to_filing("away-filing").hand_in()
    assert one.fields == ["care-kind"]
    assert one.taps <= 8


def test_who_helped_stands_in_the_application() -> None:
    one = clerk().to_filing("away-filing")
    one.state = replace(one.state, helper="0417")
    assert one.hand_in().asked(ConfirmFiling).application.helper == "0417"
    assert clerk().to_filing("away-filing").hand_in().asked(ConfirmFiling).application.helper == ""


def test_a_question_is_found_by_letters_of_any_of_its_words() -> None:
    one = clerk().touch(Entered(Door.SERVICES), OptionPicked("advice"))
    page = one.at(Choosing).page
    assert page.searched
    advice = {row.key: row for row in one.state.rules.services.advice}
    for option in page.options:
        letters = option.initials.split()
        assert len(letters) == 1 + len(advice[option.key].words)
        assert initials(advice[option.key].words[0]) in letters


def test_one_thing_takes_at_most_six_tenths_of_the_taps_of_its_five_items() -> None:
    whole = clerk().to_filing("one-thing").hand_in()
    parts = clerk().state.rules.services.items["one-thing"].parts
    apart = sum(clerk().to_filing(part).hand_in().taps for part in parts)
    assert len(whole.fields) == len(set(whole.fields))
    assert whole.taps <= 0.6 * apart, (whole.taps, apart)
    assert whole.asked(ConfirmFiling).application.parts == parts


def test_a_part_that_is_left_out_asks_nothing_and_leaves_with_nothing() -> None:
    one = clerk().to_filing("one-thing")
    one.touch(OptionPicked("family-bind")).hand_in()
    application = one.asked(ConfirmFiling).application
    assert "family-bind" not in application.parts
    assert "member-id" not in dict(application.answers)
    assert "member-id" not in one.fields


def test_the_last_part_cannot_be_left_out() -> None:
    one = clerk().to_filing("one-thing")
    parts = one.state.rules.services.items["one-thing"].parts
    for part in parts:
        one.touch(OptionPicked(part))
    one.hand_in()
    assert one.asked(ConfirmFiling).application.parts == (parts[-1],)


def test_what_is_known_is_shown_and_can_be_changed_and_only_that_is_asked_again() -> None:
    one = clerk().to_filing("away-filing").fill()
    lines = {line.key: line for line in one.at(Reviewing).page.lines}
    assert {"applicant", "care-kind", "care-area", "since", "mobile"} == set(lines)
    assert not lines["applicant"].change
    one.touch(LineReopened("mobile"))
    assert one.at(Filling).desk.asked == "mobile"
    one.touch(FieldFilled("mobile", Typed("13912345678")))
    assert {line.key: line.value for line in one.at(Reviewing).page.lines}["mobile"] == Typed("13912345678")
    one.touch(LineReopened("applicant"))
    assert isinstance(one.screen, Reviewing)


@pytest.mark.parametrize(
    ("item", "key", "wrong"),
    [
        ("info-change", "new-mobile", "1390000000"),
        ("info-change", "new-mobile", "12900000000"),
        ("info-change", "new-mobile", "１３９００００００００"),
        ("family-bind", "member-id", "111111200106101175"),
        ("family-bind", "member-id", "111111202706101174"),
        ("family-bind", "member-id", "11111120010610117"),
        ("claim-precheck", "receipt-code", "1100000"),
        ("claim-precheck", "bank-card", "6200000000000000001"),
        ("newborn-enrol", "born", "2026-11-27"),
        ("newborn-enrol", "born", "2026-02-30"),
        ("newborn-enrol", "birth-number", "12345678X"),
    ],
)
def test_an_answer_that_cannot_be_meant_is_asked_again_with_the_reason_beside_it(
    item: str, key: str, wrong: str
) -> None:
    one = clerk().to_filing(item)
    for _ in range(9):
        screen = one.screen
        if isinstance(screen, Filling) and screen.desk.asked == key:
            break
        if isinstance(screen, Choosing):
            one.touch(OptionPicked(screen.page.options[0].key))
        elif isinstance(screen, Filling) and isinstance(screen.desk, Filing):
            only = replace(screen.desk)
            question = next(q for q in only.questions if q.key == only.asked)
            one.touch(FieldFilled(question.key, _good(question.key, question.options)))
    one.touch(FieldFilled(key, Typed(wrong)))
    page = one.at(Filling).page
    assert page.error
    assert page.error.of("en")
    assert one.asked_not(KeepDraft)


def _good(key: str, options: tuple[object, ...]) -> Typed:
    from tests.kiosk.flow.clerk import DIGITS

    return Typed(getattr(options[0], "key", "") if options else DIGITS.get(key, "111111200106101174"))


def test_each_answer_is_on_its_way_to_the_disk_before_the_next_question() -> None:
    one = clerk().to_filing("family-bind").touch(OptionPicked("bind"))
    assert one.asked(KeepDraft).answers == (("bind-act", Typed("bind")),)
    one.touch(OptionPicked("spouse"))
    assert dict(one.asked(KeepDraft).answers)["relation"] == Typed("spouse")


def test_a_draft_is_taken_up_where_it_was_left() -> None:
    draft = (("bind-act", Typed("bind")), ("relation", Typed("child")))
    one = clerk().to_filing("family-bind", told=replace(PREPARED, draft=draft))
    assert one.at(Filling).desk.asked == "member-id"
    one.touch(WentBack())
    assert one.at(Choosing).page.chosen == "child"


def test_going_back_leads_through_the_questions_and_out() -> None:
    one = clerk().to_filing("family-bind").touch(OptionPicked("bind"), OptionPicked("spouse"))
    one.touch(WentBack(), WentBack(), WentBack(), OptionPicked("go"))
    assert isinstance(one.screen, Farewell)
    assert any(isinstance(effect, Forget) for effect in one.done)


def test_a_question_that_depends_on_another_waits_for_its_answer() -> None:
    items = clerk().state.rules.services.items
    asked = {question.key for question in items["chronic-application"].questions}
    assert "disease" in asked


def test_a_missing_material_may_come_later_or_at_the_window() -> None:
    one = clerk().to_filing("chronic-application").touch(OptionPicked("M00500"))
    page = one.at(Choosing).page
    assert [option.key for option in page.options] == ["deferred", "window"]
    one.touch(OptionPicked("deferred")).hand_in()
    ways = {one.material: one.way.value for one in one.asked(ConfirmFiling).application.materials}
    assert ways == {"records": "fetched", "diagnosis": "deferred"}


def test_a_promise_stands_for_a_material_and_is_given_before_anything_leaves() -> None:
    one = clerk().to_filing("assistance").fill().touch(Continued())
    assert any("家庭情况" in sentence.zh for sentence in one.at(Committing).page.sentences)
    assert one.asked_not(ConfirmFiling)
    one.touch(WentBack())
    assert isinstance(one.screen, Reviewing)


def test_types_duration_and_effect_are_told_before_signing() -> None:
    one = clerk().to_filing("away-filing").fill()
    assert "6 个月" in one.at(Reviewing).page.warning.zh
    one.touch(Continued())
    assert any("10 个百分点" in sentence.zh for sentence in one.at(Committing).page.sentences)


def lodged(state: CaseState, item: str = "away-filing", reason: str = "") -> Clerk:
    one = clerk().to_filing(item).hand_in()
    return one.told(Stage.LODGED, replace(CASE, item=item, state=state, reason=reason))


@pytest.mark.parametrize(
    ("state", "ending"),
    [
        (CaseState.IN_FORCE, Ending.DONE),
        (CaseState.UNDER_REVIEW, Ending.ACCEPTED),
        (CaseState.REFUSED, Ending.REFUSED),
        (CaseState.NOT_SERVED, Ending.REFUSED),
    ],
)
def test_each_answer_of_the_office_has_its_own_words(state: CaseState, ending: Ending) -> None:
    page = lodged(state).at(Concluding).page
    assert page.ending is ending
    assert page.title.zh != page.title.of("en")


def test_the_due_date_is_reckoned_in_working_days() -> None:
    page = lodged(CaseState.UNDER_REVIEW, "transfer").at(Concluding).page
    assert page.points[0].text.zh == "2026年12月17日前（15 个工作日）"
    elsewhere = clerk("530000").to_filing("family-bind").hand_in()
    elsewhere.told(Stage.LODGED, replace(CASE, state=CaseState.UNDER_REVIEW))
    assert "文件未载明" in elsewhere.at(Concluding).page.points[0].text.zh


def test_a_refused_chronic_application_leads_to_the_two_diseases() -> None:
    one = lodged(CaseState.REFUSED, "chronic-application")
    assert [option.key for option in one.at(Concluding).page.next] == ["two-diseases"]
    one.touch(OptionPicked("two-diseases"))
    assert one.at(Guiding).page.title.zh == "“两病”门诊用药保障"


def test_what_is_sought_is_never_called_refused() -> None:
    one = clerk().to_filing("away-filing").hand_in()
    one.told(Stage.SOUGHT, fault=FaultCode.OFFICE_UNREACHABLE)
    assert one.at(Waiting).sought
    one.wake("patience")
    page = one.at(Concluding).page
    assert (page.ending, page.code) == (Ending.UNKNOWN, FaultCode.FILING_UNKNOWN)
    assert page.number
    assert one.asked(PrintCaseSlip).number == page.number


def test_the_answer_that_comes_in_time_ends_the_search() -> None:
    one = clerk().to_filing("away-filing").hand_in().told(Stage.SOUGHT, fault=FaultCode.OFFICE_UNREACHABLE)
    one.told(Stage.LODGED, CASE)
    assert one.at(Concluding).page.ending is Ending.DONE


def test_nothing_that_was_not_sent_is_called_handed_in() -> None:
    one = clerk().to_filing("away-filing").hand_in().told(Stage.GOING, fault=FaultCode.OFFICE_UNREACHABLE)
    one.wake("patience")
    page = one.at(Concluding).page
    assert "没有提交" in page.title.zh
    assert one.asked_not(PrintCaseSlip)


@pytest.mark.parametrize("stage", [Stage.DECLINED, Stage.LOST])
def test_an_application_the_office_does_not_have_gives_no_number(stage: Stage) -> None:
    one = clerk().to_filing("away-filing").hand_in().told(stage, fault=FaultCode.FILING_REFUSED, reason="")
    assert one.at(Concluding).page.number == ""
    one.touch(Continued())
    assert isinstance(one.screen, Farewell)


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        (NotSent(FaultCode.OFFICE_UNREACHABLE), FaultCode.OFFICE_UNREACHABLE),
        (Unknown(FaultCode.REPLY_BROKEN), FaultCode.REPLY_BROKEN),
        (Refused(FaultCode.FILING_REFUSED, "不受理"), FaultCode.FILING_REFUSED),
    ],
)
def test_an_office_that_cannot_be_asked_is_named(answer: NotSent | Unknown | Refused, fault: FaultCode) -> None:
    one = clerk().to_guide("away-filing").touch(Continued())
    one.send(CardInserted())
    one.send(CardWasRead(one.ticket("ticket"), CardRead(IDENTITY)))
    one.send(PersonWasSought(one.ticket("ticket"), PersonFound(ZHANG)))
    one.send(FilingOpened(one.ticket("ticket"), "", answer, TODAY))
    assert one.at(Failed).fault is fault


# --- 好差评 ---


def test_five_levels_none_chosen_and_a_way_past() -> None:
    one = lodged(CaseState.IN_FORCE).touch(Continued())
    page = one.at(Choosing).page
    assert [option.key for option in page.options] == ["5", "4", "3", "2", "1", "skip"]
    assert page.chosen == ""
    one.touch(OptionPicked("skip"))
    assert isinstance(one.screen, Farewell)
    assert not any(isinstance(effect, RateCase) for effect in one.done)


def test_a_level_and_a_label_leave_by_themselves() -> None:
    one = lodged(CaseState.IN_FORCE).touch(Continued(), OptionPicked("2"))
    assert [option.label.zh for option in one.at(Choosing).page.options[:3]] == ["看不懂", "等得太久", "没有办成"]
    one.touch(OptionPicked("1"))
    (order,) = [effect for effect in one.done if isinstance(effect, RateCase)]
    assert (order.sid, order.score.level, order.score.labels) == (SID, 2, (1,))
    assert isinstance(one.screen, Farewell)


def test_a_level_counts_though_nobody_picks_a_label() -> None:
    one = lodged(CaseState.IN_FORCE).touch(Continued(), OptionPicked("5"))
    one.wake()
    assert [effect.score.labels for effect in one.done if isinstance(effect, RateCase)] == [()]


def test_an_application_in_doubt_is_not_rated() -> None:
    one = clerk().to_filing("away-filing").hand_in().told(Stage.SOUGHT).wake("patience")
    one.send(Continued())
    assert isinstance(one.screen, Farewell)


# --- the frame around ---


def test_whoever_walks_away_is_asked_and_the_page_is_there_again() -> None:
    one = clerk().to_filing("family-bind")
    before = one.at(Choosing)
    one.wake()
    one.at(StillThere)
    one.send(Stayed())
    assert one.at(Choosing).page == before.page
    one.wake()
    one.wake()
    one.at(Farewell)


def test_leaving_forgets_the_wish_and_the_person() -> None:
    one = clerk().to_filing("family-bind").touch(Left())
    assert one.state.wish == ""
    assert "111111198101011110" not in repr(one.state)


def test_a_review_speaks_the_language_that_is_chosen_before_it() -> None:
    one = clerk().to_filing("away-filing").fill()
    zh = {line.key: line.value for line in one.at(Reviewing).page.lines}
    one.send(LanguageChosen("en"))
    en = {line.key: line.value for line in one.at(Reviewing).page.lines}
    assert zh["care-kind"] == Typed("临时外出就医")
    assert en["care-kind"] == Typed("Travelling for care")


def test_a_review_covers_what_the_card_said_and_shows_what_a_hand_entered() -> None:
    one = clerk().to_filing("away-filing").fill()
    shown = {line.key: line.value.reveal() for line in one.at(Reviewing).page.lines}
    assert "张三" not in shown.values()
    assert "111111198101011110" not in shown.values()
    assert shown.items() >= {"applicant": "张*", "mobile": "13900000000"}.items()


def test_a_question_is_answered_with_the_papers_own_sentence_and_nobody_identified() -> None:
    one = clerk("411300").touch(Entered(Door.SERVICES), OptionPicked("advice"), OptionPicked("hotline"))
    page = one.at(Guiding).page
    assert "12393 和 12345" in page.lead.zh
    assert any("双号并行" in point.text.zh for point in page.points)
    assert page.source is not None
    assert "豫医保办〔2022〕30号" in page.source.paper.zh
    one.touch(Continued(), WentBack(), Left())
    assert isinstance(one.screen, Farewell)


def test_an_item_the_kiosk_only_tells_of_leads_back_to_the_list() -> None:
    one = clerk().to_guide("dual-channel").touch(Continued())
    assert one.at(Choosing).page.options[0].key == "query-rights"


def test_the_slip_is_noted_when_it_is_out() -> None:
    one = lodged(CaseState.IN_FORCE)
    one.send(SlipWasPrinted(one.ticket("slip"), SlipPrinted()))
    assert one.at(Concluding).printed == SlipPrinted()


def test_prepared_answers_that_would_not_do_are_asked_for() -> None:
    one = clerk().to_filing("transfer", told=Prepared((("mobile", Typed("139")),)))
    one.touch(OptionPicked("000100"))
    assert one.at(Filling).desk.asked == "mobile"


def test_a_material_that_no_department_has_can_always_go_to_the_window() -> None:
    one = clerk().to_filing("claim-precheck", told=replace(PREPARED, fetched=frozenset()))
    for _ in range(3):
        screen = one.at(Filling)
        one.touch(FieldFilled(screen.desk.asked, _good(screen.desk.asked, ())))
    assert [option.key for option in one.at(Choosing).page.options] == ["window"]
    one.touch(OptionPicked("window")).hand_in()
    ways = {one.material: one.way.value for one in one.asked(ConfirmFiling).application.materials}
    assert ways["einvoice"] == "window"
