"""The operational log: JSON lines made from a list of what may be seen."""

from __future__ import annotations

import ast
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.logs import SEEN, JsonFormatter, log_to
from tests.architecture.source import product
from tests.support.fakes import ManualClock

SECRET = "张三 111111198101011110"
PLAIN = logging.LogRecord("kiosk", logging.INFO, "f.py", 1, "text", (), None)
names = st.text(alphabet="abcdefghijklmnopqrstuvwxyz_", min_size=1, max_size=20)


@pytest.fixture
def stream() -> Iterator[io.StringIO]:
    """Everything logged, as a kiosk writes it; the handlers of the tests come back afterwards."""
    root = logging.getLogger()
    noisy = [logging.getLogger(name) for name in ("httpcore2", "httpx2", "httpcore", "httpx")]
    handlers, level, levels = root.handlers[:], root.level, [logger.level for logger in noisy]
    hooks = sys.excepthook, threading.excepthook
    stream = io.StringIO()
    log_to(stream, ManualClock())
    yield stream
    root.handlers[:], sys.excepthook, threading.excepthook = handlers, *hooks
    root.setLevel(level)
    for logger, former in zip(noisy, levels, strict=True):
        logger.setLevel(former)


def lines(stream: io.StringIO) -> list[dict[str, object]]:
    return [json.loads(line) for line in stream.getvalue().splitlines()]


def test_a_line_tells_when_where_and_what(stream: io.StringIO) -> None:
    logging.getLogger("kiosk.engine").info("money fact", extra={"sid": "01K", "fact": "Answered", "ms": 12})
    assert lines(stream) == [
        {
            "at": "2026-11-23T09:00:00.000+08:00",
            "mono": 1000.0,
            "level": "INFO",
            "from": "kiosk.engine",
            "thread": "MainThread",
            "text": "money fact",
            "sid": "01K",
            "fact": "Answered",
            "ms": "12",
        }
    ]


@given(names.filter(lambda name: name not in SEEN and not hasattr(PLAIN, name)))
def test_what_is_not_on_the_list_is_not_written(name: str) -> None:
    record = logging.LogRecord("kiosk", logging.INFO, "f.py", 1, "text", (), None)
    setattr(record, name, SECRET)
    assert SECRET not in JsonFormatter(ManualClock()).format(record)


@pytest.mark.parametrize("name", sorted(SEEN))
def test_what_is_on_the_list_is_written(name: str, stream: io.StringIO) -> None:
    logging.getLogger("kiosk").info("text", extra={name: "seen"})
    assert lines(stream)[0][name] == "seen"


def test_arguments_are_never_filled_in(stream: io.StringIO) -> None:
    logging.getLogger("kiosk").info("card of %s", SECRET)
    logging.getLogger("kiosk").info(ValueError(SECRET))
    assert "张" not in stream.getvalue()
    assert [line["text"] for line in lines(stream)] == ["card of …", "ValueError"]


@pytest.mark.xdist_group("source")  # which reads it too
def test_whoever_logs_an_argument_names_it_as_a_field_too() -> None:
    """Arguments are for tests and libraries: what hospital IT is to read stands in `extra`, or nowhere."""
    told = [
        f"{module.path}:{call.lineno}"
        for module in product()
        for call in module.nodes()
        if isinstance(call, ast.Call)
        and isinstance(call.func, ast.Attribute)
        and call.func.attr in {"info", "warning", "error", "critical", "exception"}
        and len(call.args) > 1
        and isinstance(call.args[0], ast.Constant | ast.Name)
        and "extra" not in {word.arg for word in call.keywords}
    ]
    assert told == []


def _fail() -> None:
    raise ValueError(SECRET)


@pytest.mark.expected_log("kiosk", logging.ERROR, "query failed")
def test_exceptions_show_their_type_and_place_and_not_their_text(stream: io.StringIO) -> None:
    try:
        _fail()
    except ValueError:
        logging.getLogger("kiosk").exception("query failed")
    line = lines(stream)[0]
    assert line["error"] == "ValueError"
    assert "test_logs.py" in str(line["where"])
    assert "_fail" in str(line["where"])
    assert "张" not in stream.getvalue()


@pytest.mark.expected_log("kiosk", logging.CRITICAL, "uncaught")
def test_what_nobody_caught_is_logged_the_same_way_in_every_thread(stream: io.StringIO) -> None:
    thread = threading.Thread(target=_fail, name="money")
    thread.start()
    thread.join()
    try:
        _fail()
    except ValueError as problem:
        sys.excepthook(type(problem), problem, problem.__traceback__)
    assert [(line["text"], line["error"], line["level"]) for line in lines(stream)] == [
        ("uncaught", "ValueError", "CRITICAL")
    ] * 2
    assert lines(stream)[0]["thread"] == "money"
    assert "张" not in stream.getvalue()


def test_libraries_that_log_addresses_are_quiet(stream: io.StringIO) -> None:
    for name in ("httpx2", "httpcore2"):
        logging.getLogger(name).warning("POST https://10.0.0.1/secret")
    assert stream.getvalue() == ""
