"""What CUPS says, in the port's words."""

from __future__ import annotations

import pytest

from devices.wire import cups
from devices.wire.cups import Job, JobState, Queue
from devices.wire.ipp import Group, Response, Value
from kiosk.faults import FaultCode


def answer(group: Group, **said: Value | list[Value]) -> Response:
    attributes = {name.replace("_", "-"): value if isinstance(value, list) else [value] for name, value in said.items()}
    return Response(0, 1, ((group, attributes),))


IDLE = Queue(stopped=False, busy=False, accepting=True, prints=True, blocking=None, low=False)


def test_a_queue_at_rest() -> None:
    said = answer(
        Group.PRINTER, printer_state=3, printer_state_reasons="none", printer_is_accepting_jobs=True, device_uri="usb:x"
    )
    assert cups.queue(said) == IDLE
    assert cups.queue(answer(Group.PRINTER, printer_state=3)) == IDLE, "what is not told is not held against it"


@pytest.mark.parametrize("uri", ["file:/tmp/x", "file:///dev/null", "/dev/null"])
def test_a_queue_to_a_file_prints_nothing(uri: str) -> None:
    assert not cups.queue(answer(Group.PRINTER, printer_state=3, device_uri=uri)).prints


@pytest.mark.parametrize(
    ("reasons", "fault"),
    [
        (["none"], None),
        (["media-empty-error"], FaultCode.PAGE_PAPER_OUT),
        (["media-empty"], FaultCode.PAGE_PAPER_OUT),
        (["media-empty-warning"], None),
        (["media-low-warning", "media-jam-error"], FaultCode.PAGE_PRINTER_JAMMED),
        (["cover-open"], FaultCode.PAGE_PRINTER_OPEN),
        (["door-open-error"], FaultCode.PAGE_PRINTER_OPEN),
        (["marker-supply-empty-error"], FaultCode.PAGE_INK_OUT),
        (["offline-report"], FaultCode.PAGE_PRINTER_GONE),
        (["com.vendor-strange-error"], None),
        (["connecting-to-device"], None),
    ],
)
def test_what_keeps_paper_from_coming(reasons: list[str], fault: FaultCode | None) -> None:
    assert cups.blocking(reasons) is fault


@pytest.mark.parametrize("reason", ["media-low-report", "toner-low", "marker-supply-low-warning"])
def test_what_will_soon_be_used_up(reason: str) -> None:
    said = answer(Group.PRINTER, printer_state=4, printer_state_reasons=[reason])
    assert (cups.queue(said).low, cups.queue(said).busy, cups.queue(said).blocking) == (True, True, None)


def test_a_job_and_how_much_of_it_arrived() -> None:
    said = answer(Group.JOB, job_state=5, job_k_octets=12, job_printer_state_reasons=["media-jam-error"])
    assert cups.job(said) == Job(JobState.PROCESSING, 12, FaultCode.PAGE_PRINTER_JAMMED)
    assert cups.job(answer(Group.JOB, job_state=9)) == Job(JobState.COMPLETED, None, None)
    assert [state for state in JobState if state.over] == [JobState.CANCELED, JobState.ABORTED, JobState.COMPLETED]


def test_a_job_is_found_by_its_name() -> None:
    jobs = [answer(Group.JOB, job_id=number, job_name=f"A1-{number}").groups[0] for number in (4, 5)]
    listed = Response(0, 1, tuple(jobs))
    assert cups.job_named(listed, "A1-5") == 5
    assert cups.job_named(listed, "A1-6") is None


@pytest.mark.parametrize("said", [{}, {"job_state": "9"}, {"job_state": True}, {"job_state": 77}, {"job_state": None}])
def test_an_answer_that_says_nothing_is_refused(said: dict[str, Value]) -> None:
    with pytest.raises(ValueError):
        cups.job(answer(Group.JOB, **said))
    with pytest.raises(ValueError):
        cups.queue(answer(Group.PRINTER, **said))
    with pytest.raises(ValueError):
        cups.job_number(answer(Group.JOB, **said))
