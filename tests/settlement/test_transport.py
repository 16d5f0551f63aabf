"""The line between "nothing left us" and "something may have", against real sockets and real TLS."""

import gzip
import logging
import os
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Unknown
from settlement.access import Access
from settlement.transport import LARGEST_REPLY, Line, Sent, Waits, Warm
from tests.settlement.conftest import make_server_context
from tests.support.far_end import (
    GREETED,
    Action,
    Conversation,
    FarEnd,
    Received,
    hangs_up,
    resets,
    response,
    says,
    sends,
    stays_silent,
)
from tests.support.tls import Authority, Identity

WAITS = Waits(connect=5, reply=5)
SHORT = Waits(connect=0.2, reply=0.2)
GONE = FaultCode.PLATFORM_UNREACHABLE
LOG = logging.getLogger("settlement.test")

Open = Callable[[str], Access]


@pytest.fixture
def line_to(access_to: Open) -> Iterator[Callable[[str], Line]]:
    lines: list[Line] = []

    def line(url: str) -> Line:
        lines.append(Line(access_to(url), GONE, LOG))
        return lines[-1]

    yield line
    for each in lines:
        each.close()


LineTo = Callable[[str], Line]


def post(line: Line, waits: Waits = WAITS, body: bytes = b"{}") -> Sent | NotSent | Unknown:
    return line.post("/call", body, waits, "1101")


def closed_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port: int = listener.getsockname()[1]
        return port


def test_a_reply_comes_back_byte_for_byte(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    with FarEnd(server_context, says('{"说": 1}'.encode())) as far:
        assert post(line_to(far.url), body="{姓}".encode()) == Sent('{"说": 1}'.encode())
    assert [(each.method, each.path, each.body) for each in far.asked] == [("POST", "/call", "{姓}".encode())]


def test_a_path_before_ours_is_kept(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        post(line_to(far.url + "/front/"))
    assert far.asked[0].path == "/front/call"


def test_the_connection_is_kept_and_greeted_once(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        line = line_to(far.url)
        assert line.warm(5) == Warm()
        assert [post(line) for _ in range(5)] == [Sent(b"{}")] * 5
    assert far.connections == 1
    assert [each.method for each in far.received] == ["GET"] + ["POST"] * 5


def test_a_message_is_never_the_first_on_a_connection(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        assert post(line_to(far.url)) == Sent(b"{}")
    assert [each.method for each in far.received] == ["GET", "POST"]


def test_a_far_end_that_closes_after_each_reply_is_still_met(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    close = ("Connection: close",)
    with FarEnd(server_context, says(b"{}", headers=close), greet=says(b"", headers=close)) as far:
        line = line_to(far.url)
        assert [post(line), post(line)] == [Sent(b"{}")] * 2
    assert [each.method for each in far.received] == ["GET", "POST"] * 2


def test_a_connection_closed_while_idle_is_opened_anew_before_anything_leaves(
    line_to: LineTo, server_context: ssl.SSLContext
) -> None:
    left = threading.Semaphore(0)

    def answers_and_leaves(conversation: Conversation, request: Received) -> None:
        says(b"{}")(conversation, request)
        hangs_up(conversation, request)
        left.release()

    with FarEnd(server_context, answers_and_leaves) as far:
        line = line_to(far.url)
        for _ in range(3):
            assert post(line) == Sent(b"{}")
            left.acquire()
    assert len(far.asked) == 3


# --- nothing left us ---


def test_refused_connection_is_not_sent(line_to: LineTo) -> None:
    assert post(line_to(f"https://127.0.0.1:{closed_port()}")) == NotSent(GONE)


def test_unknown_host_is_not_sent(line_to: LineTo) -> None:
    assert post(line_to("https://no-such-host.invalid"), SHORT) == NotSent(GONE)


def test_black_hole_is_not_sent(line_to: LineTo) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:  # accepts in the kernel, never answers the handshake
        assert post(line_to(f"https://127.0.0.1:{listener.getsockname()[1]}"), SHORT) == NotSent(GONE)


def test_far_end_without_tls_is_not_sent(line_to: LineTo) -> None:
    with FarEnd(None, says(b"{}")) as far:
        assert post(line_to(far.url)) == NotSent(GONE)
    assert not far.received


def test_foreign_certificate_is_not_sent(line_to: LineTo, authority: Authority, tmp_path: Path) -> None:
    context = make_server_context(Authority(tmp_path, "foreign"), authority)
    with FarEnd(context, says(b"{}")) as far:
        assert post(line_to(far.url)) == NotSent(FaultCode.CERTIFICATE_NOT_OURS)
    assert not far.received


def test_certificate_for_another_name_is_not_sent(line_to: LineTo, authority: Authority) -> None:
    with FarEnd(make_server_context(authority, authority, "another.example"), says(b"{}")) as far:
        assert post(line_to(far.url)) == NotSent(FaultCode.CERTIFICATE_NOT_OURS)
    assert not far.received


def test_expired_certificate_is_not_sent(line_to: LineTo, authority: Authority) -> None:
    identity = authority.issue("expired", days=-1)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.cert, identity.key)
    with FarEnd(context, says(b"{}")) as far:
        assert post(line_to(far.url)) == NotSent(FaultCode.CERTIFICATE_NOT_OURS)


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
def test_our_certificate_refused_is_not_sent_although_the_handshake_ended_well(
    line_to: LineTo, authority: Authority, tmp_path: Path, version: ssl.TLSVersion
) -> None:
    context = make_server_context(authority, Authority(tmp_path, "another"))
    context.minimum_version = context.maximum_version = version
    with FarEnd(context, says(b"{}")) as far:
        answer = post(line_to(far.url))
    assert isinstance(answer, NotSent)
    assert answer.fault is FaultCode.CERTIFICATE_NOT_OURS
    assert not far.asked


def test_tls_below_1_2_is_not_spoken(line_to: LineTo, access_to: Open) -> None:
    assert access_to("https://127.0.0.1").tls().minimum_version is ssl.TLSVersion.TLSv1_2


@pytest.mark.parametrize("greet", [resets, hangs_up, stays_silent, sends(b"HTTP/1.1 200")])
def test_a_lost_greeting_is_not_sent(line_to: LineTo, server_context: ssl.SSLContext, greet: Action) -> None:
    with FarEnd(server_context, says(b"{}"), greet=greet) as far:
        line = line_to(far.url)
        assert isinstance(line.warm(0.3), NotSent)
        assert isinstance(post(line, Waits(connect=0.3, reply=5)), NotSent)
    assert not far.asked


def test_a_connection_refused_after_the_greeting_is_not_sent(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    def last_word(conversation: Conversation, request: Received) -> None:
        far.close_door()
        says(b"", headers=("Connection: close",))(conversation, request)

    with FarEnd(server_context, says(b"{}"), greet=last_word) as far:
        assert post(line_to(far.url)) == NotSent(GONE)
    assert not far.asked


@pytest.mark.expected_log("settlement.test", logging.ERROR, "certificate files cannot be used: FileNotFoundError")
def test_missing_certificate_file_is_not_sent_and_mended_without_a_restart(
    access_to: Open, server_context: ssl.SSLContext, missing: Path
) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        access = access_to(far.url)
        line = Line(access.model_copy(update={"cert": missing}), GONE, LOG)
        assert post(line) == NotSent(FaultCode.SETTINGS_WRONG)
        missing.write_bytes(access.cert.read_bytes())
        assert post(line) == Sent(b"{}")
        line.close()


@pytest.mark.parametrize("url", ["http://127.0.0.1", "https://", "https://a b", "https://host/x?y", "ftp://host"])
def test_only_https_addresses_are_settings(access_to: Open, url: str) -> None:
    with pytest.raises(ValueError, match="url"):
        access_to(url)


# --- something may have left us ---


def drips(beginning: bytes, drop: bytes) -> Action:
    """Something now and then, for ever: each read succeeds."""

    def act(conversation: Conversation, _request: Received) -> None:
        conversation.sock.sendall(beginning)
        while not conversation.stopping.wait(0.1):
            conversation.sock.sendall(drop)

    return act


CHUNKED = b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("act", "fault"),
    [
        (resets, GONE),
        (hangs_up, GONE),
        (sends(response(b'{"infcode"', length=500)), FaultCode.REPLY_BROKEN),
        (sends(b"HTTP/1.1 200 OK\r\nContent-Le"), GONE),
        (sends(b"\x00\x01 nonsense\r\n\r\n"), GONE),
        (says(b"<html>login</html>", headers=("Content-Type: text/html",)), FaultCode.REPLY_BROKEN),
        (says(b"{}", 500), GONE),
        (says(b"{}", 503), GONE),
        (says(b"{}", 404), FaultCode.REPLY_BROKEN),
        (says(b"", 302, ("Location: /elsewhere",)), FaultCode.REPLY_BROKEN),
        (says(gzip.compress(b"{}"), headers=("Content-Encoding: gzip",)), FaultCode.REPLY_BROKEN),
        (says(b"{" + b" " * LARGEST_REPLY), FaultCode.REPLY_BROKEN),
    ],
    ids=["reset", "closed", "half", "half head", "noise", "html", "500", "503", "404", "302", "packed", "oversize"],
)
def test_what_follows_the_first_byte_is_unknown(
    line_to: LineTo, server_context: ssl.SSLContext, act: Action, fault: FaultCode
) -> None:
    with FarEnd(server_context, act) as far:
        answer = post(line_to(far.url))
    assert isinstance(answer, Unknown)
    assert answer.fault is fault
    assert answer.why
    assert len(far.asked) == 1, "sent more than once"


@pytest.mark.parametrize(
    "act",
    [
        stays_silent,
        drips(response(b"", length=1000), b" "),
        drips(b"HTTP/1.1 200 X\r\nX-Slow: ", b"a"),
        drips(b"", b"HTTP/1.1 102 Wait\r\n\r\n"),
        drips(CHUNKED, b"0"),
    ],
    ids=["silent", "body", "header", "interim answers", "size of a chunk"],
)
def test_silence_is_unknown(line_to: LineTo, server_context: ssl.SSLContext, act: Action) -> None:
    """Also where a drop now and then breaks it: the thread that moves money is everybody's."""
    with FarEnd(server_context, act) as far:
        line = line_to(far.url)
        line.warm(5)
        answer = post(line, SHORT)
    assert isinstance(answer, Unknown)
    assert answer.fault is GONE
    assert len(far.asked) == 1


def test_a_slow_call_leaves_nothing_behind_for_the_next(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    """The limit is of one call, not of the thread or the connection."""
    acts = iter([says(b"{}"), says(b"{}")])

    def in_turn(conversation: Conversation, request: Received) -> None:
        next(acts)(conversation, request)

    with FarEnd(server_context, in_turn) as far:
        line = line_to(far.url)
        line.warm(5)
        assert post(line, Waits(connect=0.1, reply=0.3)) == Sent(b"{}")
        time.sleep(0.5)
        assert post(line) == Sent(b"{}")
        assert far.connections == 1


def test_a_lost_reply_does_not_spoil_the_next_call(line_to: LineTo, server_context: ssl.SSLContext) -> None:
    acts = iter([stays_silent, says(b'{"second": 2}')])

    def in_turn(conversation: Conversation, request: Received) -> None:
        next(acts)(conversation, request)

    with FarEnd(server_context, in_turn) as far:
        line = line_to(far.url)
        line.warm(5)
        assert isinstance(post(line, SHORT), Unknown)
        assert post(line) == Sent(b'{"second": 2}')


# --- the environment and the log ---


def test_the_environment_changes_nothing(
    line_to: LineTo,
    server_context: ssl.SSLContext,
    authority: Authority,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    foreign = Authority(tmp_path, "foreign")
    proxy = f"http://127.0.0.1:{closed_port()}"
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "https_proxy", "all_proxy"):
        monkeypatch.setenv(name, proxy)
    for name in ("SSL_CERT_FILE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.setenv(name, str(foreign.ca))
    monkeypatch.setenv("SSLKEYLOGFILE", str(tmp_path / "keys"))
    with FarEnd(server_context, says(b"{}")) as far:
        assert post(line_to(far.url)) == Sent(b"{}")
    with FarEnd(make_server_context(foreign, authority), says(b"{}")) as far:
        assert post(line_to(far.url)) == NotSent(FaultCode.CERTIFICATE_NOT_OURS)
    assert not (tmp_path / "keys").exists()


def test_the_log_never_holds_what_was_said(
    line_to: LineTo, server_context: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    with FarEnd(server_context, says('{"psn_name": "张三"}'.encode()), greet=GREETED) as far:
        answer = post(line_to(far.url), body=b'{"certno": "111111198101011110"}')
    shown = caplog.text + repr(answer)
    assert "张三" not in shown
    assert "111111198101011110" not in shown
    assert "1101: Sent in" in caplog.text


# --- certificates that are renewed ---


def renew(access: Access, identity: Identity) -> None:
    """As a script of the hospital does it: the files are written over."""
    for old, new in ((access.key, identity.key), (access.cert, identity.cert)):
        old.write_bytes(new.read_bytes())
        os.utime(old, ns=(0, 0))  # differs however coarse the file system's clock is


@pytest.fixture
def own_access(authority: Authority, tmp_path: Path) -> Open:
    """With files of its own."""

    def access(url: str) -> Access:
        stranger = Authority(tmp_path, "stranger").issue("kiosk")
        return Access(url=url, ca=authority.ca, cert=stranger.cert, key=stranger.key)

    return access


def test_a_renewed_certificate_is_shown_without_a_restart(
    own_access: Open, authority: Authority, server_context: ssl.SSLContext
) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        access = own_access(far.url)
        line = Line(access, GONE, LOG)
        assert isinstance(post(line), NotSent)
        renew(access, authority.issue("renewed"))
        assert post(line) == Sent(b"{}")
        line.close()


def test_a_renewal_that_is_half_done_leaves_the_former_certificate_in_use(
    own_access: Open, authority: Authority, server_context: ssl.SSLContext
) -> None:
    with FarEnd(server_context, says(b"{}")) as far:
        access = own_access(far.url)
        renew(access, authority.issue("former"))
        line = Line(access, GONE, LOG)
        assert post(line) == Sent(b"{}")
        access.cert.write_bytes(authority.issue("later").cert.read_bytes())  # its key is still on the way
        assert post(line) == Sent(b"{}")
        access.key.unlink()
        assert post(line) == Sent(b"{}")
        line.close()


def test_a_call_in_hand_ends_well_while_the_certificate_changes(
    own_access: Open, authority: Authority, server_context: ssl.SSLContext
) -> None:
    asked, go_on = threading.Event(), threading.Event()

    def waits(conversation: Conversation, request: Received) -> None:
        if request.body == b"slow":
            asked.set()
            go_on.wait(10)
        says(b"{}")(conversation, request)

    with FarEnd(server_context, waits) as far:
        access = own_access(far.url)
        renew(access, authority.issue("one"))
        line, answers = Line(access, GONE, LOG), list[object]()
        slow = threading.Thread(target=lambda: answers.append(post(line, body=b"slow")))
        slow.start()
        assert asked.wait(10)
        renew(access, authority.issue("two"))
        os.utime(access.cert, ns=(1, 1))
        assert post(line) == Sent(b"{}")
        go_on.set()
        slow.join()
        assert answers == [Sent(b"{}")]
        line.close()


def test_headers_of_a_gateway_go_along_and_are_in_no_log(
    line_to: LineTo, server_context: ssl.SSLContext, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with FarEnd(server_context, says(b"{}")) as far:
        line_to(far.url).post("/call", b"{}", WAITS, "1101", {"apikey": "k3y-of-the-site"})
    assert far.asked[0].headers["apikey"] == "k3y-of-the-site"
    assert "k3y-of-the-site" not in caplog.text
