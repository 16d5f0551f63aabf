"""Each gateway's headers, against vectors of its rule and against the reference backend's own reading of it."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.policy import Csb
from kiosk.ports.clock import BEIJING
from settlement.reference.doors import CsbCheck, TifCheck, XCaCheck
from settlement.reference.keys import ACCOUNT
from settlement.signing.headers import CsbService, apikey, csb, csb_text, tif, x_ca
from settlement.signing.secret import Secret
from tests.settlement.signing import vectors
from tests.support.parties import HandClock

SECRETS = st.text(st.characters(min_codepoint=0x21, max_codepoint=0x7E), min_size=1, max_size=64).map(str.encode)
MOMENTS = st.integers(1_600_000_000, 2_500_000_000)
NONCES = st.text("0123456789abcdef-", min_size=1, max_size=36)


def at(second: int) -> HandClock:
    return HandClock(datetime.fromtimestamp(second, BEIJING))


def test_tif_by_its_vector() -> None:
    vector = vectors.TIF
    assert tif("P1", Secret(b"TOKEN0123"), 1700000000, "abc-123") == {
        "x-tif-paasid": "P1",
        "x-tif-timestamp": "1700000000",
        "x-tif-nonce": "abc-123",
        "x-tif-signature": vector["signature"],
    }


def test_csb_by_its_vector() -> None:
    headers = csb(CsbService("fsi", "1.0.0"), "AK", Secret(b"SK"), 1700000000)
    signature = headers.pop("_api_signature")
    assert csb_text(headers) == vectors.CSB["text"]
    assert signature == vectors.CSB["signature"]


def test_x_ca_by_its_vector() -> None:
    headers = x_ca("H00000000001", Secret(b"SECRET"), 1700000000, b'{"infno":"9001"}')
    assert headers == {"x-ca-key": "H00000000001", "x-ca-signature": vectors.X_CA["signature"]}


def test_an_apikey_is_the_key_itself() -> None:
    assert apikey(Secret(b"k3y")) == {"apikey": "k3y"}


@given(SECRETS, MOMENTS, NONCES)
def test_the_other_side_takes_tif_once(secret: bytes, moment: int, nonce: str) -> None:
    check, headers = TifCheck(secret, at(moment)), tif(ACCOUNT, Secret(secret), moment, nonce)
    assert check.holds(headers, b"")
    assert not check.holds(headers, b""), "a nonce is good once"


@given(SECRETS, MOMENTS, st.booleans())
def test_the_other_side_takes_csb(secret: bytes, moment: int, milliseconds: bool) -> None:
    stamp = moment * 1000 + 17 if milliseconds else moment
    check = CsbCheck(secret, at(moment), Csb("fsi", "1.0.0", milliseconds))
    assert check.holds(csb(CsbService("fsi", "1.0.0"), ACCOUNT, Secret(secret), stamp), b"")


@given(SECRETS, MOMENTS, st.text(max_size=40))
def test_the_other_side_takes_x_ca_of_this_body_and_no_other(secret: bytes, moment: int, said: str) -> None:
    body = f'{{"fixmedins_code":"H1","said":"{len(said)}"}}'.encode()
    headers, check = x_ca("H1", Secret(secret), moment, body), XCaCheck(secret, at(moment))
    assert check.holds(headers, body)
    assert not check.holds(headers, body + b" ")


@pytest.mark.parametrize("age", [-901, 901])
def test_an_old_or_future_request_is_refused(age: int) -> None:
    now, secret = at(1700000000), Secret(b"S")
    body = b'{"fixmedins_code":"H1"}'
    assert not TifCheck(b"S", now).holds(tif(ACCOUNT, secret, 1700000000 + age, "n"), body)
    assert not XCaCheck(b"S", now).holds(x_ca("H1", secret, 1700000000 + age, body), body)
    service = CsbService("fsi", "1")
    assert not CsbCheck(b"S", now, Csb("fsi", "1")).holds(csb(service, ACCOUNT, secret, 1700000000 + age), body)


def test_another_secret_is_refused() -> None:
    now, secret, body = at(1700000000), Secret(b"another"), b'{"fixmedins_code":"H1"}'
    assert not TifCheck(b"S", now).holds(tif(ACCOUNT, secret, 1700000000, "n"), body)
    assert not XCaCheck(b"S", now).holds(x_ca("H1", secret, 1700000000, body), body)
    assert not CsbCheck(b"S", now, Csb("f", "1")).holds(csb(CsbService("f", "1"), ACCOUNT, secret, 1700000000), body)
