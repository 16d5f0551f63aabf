"""The backend as a process: who may talk to it, and how it starts, ends and starts again."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest
from cryptography import x509

from settlement.reference.people import World
from settlement.reference.voucher import CENTRE, TELEPHONE
from settlement.wire import hospital, payment
from settlement.wire.card_keys import STEP_TWO
from settlement.wire.demo import MISBEHAVE
from settlement.wire.his import PATHS, READY
from settlement.wire.till import TILL
from tests.settlement.reference.house import House
from tests.settlement.reference.running import Running, start


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    running = start(tmp_path_factory.mktemp("backend"))
    yield running
    assert running.end() == 0


def test_without_a_certificate_of_ours_nobody_is_heard(running: Running) -> None:
    with running.client(certificate=False) as stranger, pytest.raises(httpx2.TransportError):
        stranger.post(payment.REFUND_QUERY, content=b"{}")


def test_the_certificate_is_the_backends_own(running: Running) -> None:
    with pytest.raises(httpx2.ConnectError):
        httpx2.post(running.url, verify=ssl.create_default_context(), trust_env=False)
    server = x509.load_pem_x509_certificate((running.folder / "server.pem").read_bytes())
    names = server.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert "localhost" in names.get_values_for_type(x509.DNSName)
    assert (running.folder / "kiosk.key").stat().st_mode & 0o077 == 0


def test_every_face_is_behind_the_same_door(running: Running, world: World) -> None:
    with running.client() as client:
        shown = client.post(TELEPHONE, json={"certno": world.people["zhangsan"].certno}).json()
        business = {"orgId": "H00000000001", "businessType": "01301", "operatorId": "1", "outBizNo": "1"}
        data = business | {"ecQrCode": shown["ecQrCode"]}
        asked = {"orgId": "H00000000001", "transType": "ec.query", "data": data}
        assert client.post(CENTRE, json=asked).json()["code"] == 0
        assert "refused" in client.post(STEP_TWO, json={"step1": "x"}).json()
        assert "refused" in client.post(TILL, json={"till": "window", "batch_no": "B0"}).json()


@pytest.mark.parametrize(
    ("head", "status"),
    [
        (b"POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\ncontent-length: x\r\n\r\n", b"411"),
        (b"POST / HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n", b"413"),
        (b"GET /" + b"x" * 40_000 + b"\r\n\r\n", b"431"),
        (b"GET /nothing HTTP/1.1\r\nhost: x\r\n\r\n", b"404"),
    ],
)
def test_what_is_no_request_of_ours_is_refused(running: Running, head: bytes, status: bytes) -> None:
    address = ("127.0.0.1", int(running.url.rpartition(":")[2]))
    with (
        socket.create_connection(address, 10) as plain,
        running.context().wrap_socket(plain, server_hostname="localhost") as tls,
    ):
        tls.sendall(head)
        assert tls.recv(64).split(b" ")[1] == status


def test_it_can_be_told_to_misbehave_while_it_runs(running: Running) -> None:
    with running.client() as client:
        assert client.post(MISBEHAVE, json={"spec": "his.ready@1:http=503"}).status_code == 200
        told = [client.post(PATHS[READY], content=b"{}").status_code for _ in range(2)]
        assert told == [503, 400]
        assert client.post(MISBEHAVE, json={"spec": "his.ready:lose"}).status_code == 400
        assert client.post(MISBEHAVE, json={"spec": ""}).status_code == 200


def test_a_script_lets_others_be_quicker(tmp_path: Path, world: World) -> None:
    script = tmp_path / "script.toml"
    script.write_text('require_sign_in = true\n[rush]\nshare = 1.0\nuntil = "held"\n', encoding="utf-8")
    busy = start(tmp_path, "--script", str(script))
    with busy.client() as client:
        house = House(lambda path, body: client.post(path, content=body).content, world)
        assert "其他窗口或终端" in house.visit().hold()["refused"]
    assert busy.end() == 0


def test_a_run_ends_in_order_and_the_next_one_remembers(tmp_path: Path, module_database: str, world: World) -> None:
    script = tmp_path / "script.toml"
    script.write_text('require_sign_in = false\n[people.zhangsan.hospital]\nbills = ["herbs"]\n', encoding="utf-8")
    zhangsan = world.people["zhangsan"]
    first = start(tmp_path, "--script", str(script), "--db", module_database)
    with first.client() as client:
        house = House(lambda path, body: client.post(path, content=body).content, world)
        assert [bill["total"] for bill in house.bills(zhangsan)] == ["21.30"]
        assert house.visit("qianduo", "covered").finished()["booked"]
    ca = (first.folder / "ca.pem").read_bytes()
    assert first.end() == 0
    second = start(tmp_path, "--db", module_database)
    assert (second.folder / "ca.pem").read_bytes() == ca
    with second.client() as client:
        bills = client.post(hospital.BILLS, json={"certno": zhangsan.certno}).json()["bills"]
        assert [bill["total"] for bill in bills] == ["21.30"]
    assert second.end() == 0
    assert second.folder == first.folder == tmp_path / "backend"
