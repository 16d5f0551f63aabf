"""The e-voucher centre through the front server: kiosk-driven reading, and whose face a terminal saw."""

import json
import ssl
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kiosk.domain.insured import VoucherIdentity
from kiosk.domain.money import Money
from kiosk.domain.personal import PersonName, ResidentId, Voucher
from kiosk.faults import FaultCode
from kiosk.flow.identify import credential_of
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.face_terminal import Business, Errand, HolderFound, SettleNotice, VoucherCentre
from settlement.access import Access
from settlement.voucher import VoucherSettings, make
from settlement.wire.voucher import CENTRE
from tests.support.faces import ScriptedFace
from tests.support.far_end import FarEnd, hangs_up, says
from tests.support.parties import Ear, HandClock, party_host

ERRAND = Errand(Business.SETTLING, "K1")
CODE, AUTH_NO = Voucher("4240123456789012345678901234"), Voucher("ano1")
HOLDER = {"idNo": "111111198101011110", "userName": "张三", "idType": "01", "ecToken": "EC1", "insuOrg": "000000"}
PERSON = HolderFound(VoucherIdentity(PersonName("张三"), ResidentId("111111198101011110"), Voucher("EC1"), "000000"))

Open = Callable[[Any], tuple[VoucherCentre, ScriptedFace]]


@pytest.fixture
def front(server_context: ssl.SSLContext, access_to: Callable[[str], Access]) -> Iterator[Open]:
    far_ends: list[FarEnd] = []

    def opened(reply: Any) -> tuple[VoucherCentre, ScriptedFace]:
        face = ScriptedFace({CENTRE: reply})
        far_ends.append(FarEnd(server_context, face).__enter__())
        settings = VoucherSettings(**access_to(far_ends[-1].url).model_dump())
        return make(settings, party_host(HandClock(), Ear())), face

    yield opened
    for far in far_ends:
        far.stop()


def told(data: Any, code: int = 0, message: str = "成功") -> dict[str, Any]:
    return {"code": code, "message": message, "orgId": "H1", "data": json.dumps(data, ensure_ascii=False)}


def test_a_code_our_scanner_read_leads_to_its_holder(front: Open) -> None:
    port, face = front(told(HOLDER))
    assert port.holder_of_code(ERRAND, CODE) == PERSON
    ((_, asked),) = face.heard
    assert asked["transType"] == "ec.query"
    assert asked["data"]["ecQrCode"] == CODE.reveal()
    assert (asked["data"]["deviceType"], asked["data"]["businessType"]) == ("SelfService", "01301")
    assert asked["data"]["outBizNo"] == "K1"


def test_a_face_number_leads_to_its_holder(front: Open) -> None:
    port, face = front(told(HOLDER))
    assert port.holder_of_face(ERRAND, AUTH_NO) == PERSON
    assert face.heard[0][1]["transType"] == "cn.nhsa.auth.check"
    assert face.heard[0][1]["data"]["authNo"] == "ano1"


def test_the_holder_is_asked_for_in_1101_by_the_token() -> None:
    credential = credential_of(PERSON.identity)
    assert credential is not None
    assert (credential.cert_type, credential.number) == ("01", Voucher("EC1"))


def test_a_refusal_is_named_by_what_was_shown(front: Open) -> None:
    port, _ = front(told({}, 1, "已失效"))
    assert port.holder_of_code(ERRAND, CODE) == Refused(FaultCode.VOUCHER_REFUSED, "已失效")
    assert port.holder_of_face(ERRAND, AUTH_NO) == Refused(FaultCode.FACE_NOT_AUTHORISED, "已失效")


@pytest.mark.parametrize("reply", [told({}), told(HOLDER | {"ecToken": ""}), {"code": 0, "data": "{"}, says(b"<html>")])
def test_half_a_person_is_nobody(front: Open, reply: Any) -> None:
    port, _ = front(reply)
    assert isinstance(port.holder_of_code(ERRAND, CODE), Unknown)


def test_a_front_that_hangs_up_or_is_not_there(front: Open, access_to: Callable[[str], Access]) -> None:
    port, _ = front(hangs_up)
    assert isinstance(port.holder_of_code(ERRAND, CODE), Unknown)
    nowhere = VoucherSettings(**access_to("https://localhost:9").model_dump())
    assert make(nowhere, party_host(HandClock(), Ear())).holder_of_face(ERRAND, AUTH_NO) == NotSent(
        FaultCode.PLATFORM_UNREACHABLE
    )


def test_a_result_is_told(front: Open) -> None:
    port, face = front(told({}))
    assert port.notify(ERRAND, SettleNotice(settled=True, setl_id="9", total=Money(5000))) is True
    assert face.heard[0][1]["data"]["totalFee"] == "50.00"
    assert front(told({}, 1))[0].notify(ERRAND, SettleNotice(settled=False)) is False
