"""Bills that kiosks handed to phones: each has a line, and is a difference only where it was settled at both places."""

import random
from dataclasses import replace
from datetime import timedelta

from kiosk.domain.accounts import Standing
from settlement.reconcile.findings import Kind
from settlement.reconcile.matching import compare
from settlement.reconcile.report import as_json, report
from settlement.reconcile.rows import HandedBill, OnPhone
from settlement.reconcile.spoken import as_lines, day_close
from tests.settlement.reconcile.invented import plain_day, quiet_day
from tests.settlement.reconcile.single import DAY, MORNING, phones_booking


def test_a_bill_that_was_handed_to_a_phone_has_a_line_and_is_no_difference() -> None:
    """Whoever asks at the counter with the slip is found by its number; whatever became of the bill, the day closes."""
    day = quiet_day(random.Random(3), kiosks=6, each=80, windows=3)
    result, books = report(day.books()), day.books()
    told, kept = as_json(result), {row.sid for row in books.kiosks if row.handed}
    assert result.balanced
    assert {line["sid"] for line in told["handed_over"]} == kept
    assert {line["state"] for line in told["handed_over"]} == set(OnPhone)
    assert sum(told["handed"].values()) == 2 * told["handed"]["count"] == 2 * len(kept)
    assert told["others"]["institution_rows"] == 3, "what a phone settled is no window's"
    assert told["others"]["handed"] == told["handed"]["paid"] + told["handed"]["undone"] > 0
    lines = as_lines(result)
    assert f"其中转到手机 {len(kept)} 笔" in lines[0]
    assert f"手机缴清自助机转出的 {told['others']['handed']} 笔" in lines[0]
    assert f"{len(kept)} handed to phones" in as_lines(result, "en")[0]
    assert any("还没有缴，可缴到 2026-11-27" in line for line in lines)
    assert any("又收回" in line and "号机结清" in line for line in lines)
    assert len(day_close(result, MORNING).handed) == len(kept)


def test_a_hospital_that_tells_nothing_of_phones_leaves_the_kiosks_word() -> None:
    day = quiet_day(random.Random(3), kiosks=6, each=80, windows=3)
    result = report(replace(day.books(), handed=None))
    assert result.balanced
    assert {line.words("zh") for line in result.handed} == {"转到手机，医院没有说后来怎样"}


def test_what_the_phone_settled_the_day_after_is_named_on_both_days() -> None:
    """The kiosk took the bill back in the evening and settled it; the hospital had the phone pay it in the morning."""
    day = plain_day(random.Random(15), kiosks=1, each=8, windows=0)
    row = next(row for row in day.rows.values() if row.standing is Standing.SETTLED)
    told = HandedBill(f"{row.sid}-phone", row.batch_no, OnPhone.PAID, "P900000001")
    assert [one.kind for one in compare(replace(day.books(), handed=[told])).findings] == [Kind.SETTLED_TWICE]
    later = phones_booking(told, random.Random(1))
    tomorrow = replace(
        day.books(), day=DAY + timedelta(days=1), kiosks=(), institution=[later], neighbours=[row], orders=()
    )
    [finding] = compare(replace(tomorrow, handed=[told])).findings
    assert (finding.kind, finding.sid, finding.setl_id) == (Kind.SETTLED_TWICE, row.sid, "P900000001")
    undone = replace(tomorrow, handed=[replace(told, state=OnPhone.UNDONE)])
    assert compare(undone).findings == ()
