"""Secrets come from files that are kept, and are seen by nobody."""

import base64
import io
import json
import logging
import pickle
from collections.abc import Callable
from pathlib import Path

import pytest

from kiosk.logs import JsonFormatter
from settlement.signing.secret import Secret, read_key_lines, read_text_secret
from tests.support.parties import HandClock

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    def make(text: str, mode: int = 0o600) -> Path:
        path = tmp_path / "secret"
        path.write_text(text, encoding="utf-8")
        path.chmod(mode)
        return path

    return make


def test_a_secret_is_the_one_line_of_its_file(write: Write) -> None:
    assert read_text_secret(write("t0ken \n\n")).reveal() == b"t0ken"
    assert read_text_secret(write("t0ken", 0o640)).reveal() == b"t0ken"


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o666, 0o602])
def test_a_secret_that_anybody_may_read_is_not_taken(write: Write, mode: int) -> None:
    with pytest.raises(PermissionError):
        read_text_secret(write("t0ken", mode))
    with pytest.raises(PermissionError):
        read_key_lines(write("00", mode), 1, private=True)


@pytest.mark.parametrize("text", ["", "\n", "one\ntwo\n", "密钥", "tab\there"])
def test_what_is_no_secret_is_refused_without_being_shown(write: Write, text: str) -> None:
    with pytest.raises(ValueError) as problem:
        read_text_secret(write(text))
    assert not text.strip() or text.strip() not in str(problem.value)


def test_a_file_that_is_no_text_is_refused(write: Write, tmp_path: Path) -> None:
    (tmp_path / "binary").write_bytes(b"\xff\xfe")
    (tmp_path / "binary").chmod(0o600)
    with pytest.raises(ValueError):
        read_text_secret(tmp_path / "binary")
    with pytest.raises(FileNotFoundError):
        read_text_secret(tmp_path / "none")


def test_keys_come_in_hexadecimal_or_base64(write: Write) -> None:
    private, public = bytes(range(32)), b"\4" + bytes(range(64))
    for first, second in (
        (private.hex(), public.hex().upper()),
        (base64.b64encode(private).decode(), base64.b64encode(public).decode()),
    ):
        assert read_key_lines(write(f"{first}\n{second}\n"), 2, private=True) == (private, public)
    assert read_key_lines(write(public.hex(), 0o644), 1, private=False) == (public,)


@pytest.mark.parametrize("line", ["xyz", "ab!cd=", "0"])
def test_what_is_no_key_is_refused_without_being_shown(write: Write, line: str) -> None:
    with pytest.raises(ValueError) as problem:
        read_key_lines(write(line), 1, private=True)
    assert line not in str(problem.value).split()


def test_a_secret_hides_in_every_text() -> None:
    secret = Secret(b"hunter2")
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(JsonFormatter(HandClock()))
    record = logging.LogRecord("kiosk", logging.INFO, __file__, 1, "secret %s", (secret,), None)
    record.state = secret
    handler.emit(record)
    shown = f"{secret} {secret!r} {secret:>20} {[secret]} {secret!s} {stream.getvalue()} {record.getMessage()}"
    assert "hunter2" not in shown
    assert json.loads(stream.getvalue())["state"] == "Secret(***)"
    with pytest.raises(TypeError):
        pickle.dumps(secret)
    with pytest.raises(ValueError):
        Secret(b"")
