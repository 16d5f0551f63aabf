"""`front` of `kiosk.voucher_centres`: whose code our scanner read, whose face a certified terminal vouched for."""

from __future__ import annotations

from typing import Any, Final

from pydantic import Field

from kiosk.domain.insured import VoucherIdentity
from kiosk.domain.personal import PersonName, ResidentId, Voucher
from kiosk.faults import FaultCode
from kiosk.ports.answers import NotSent, Refused, Unknown
from kiosk.ports.driver import Driver, Host
from kiosk.ports.face_terminal import Errand, Failure, HolderFound, SettleNotice, VoucherCentre
from settlement.access import Access, party_host
from settlement.face import Face
from settlement.transport import Line
from settlement.wire import codec
from settlement.wire.codec import BrokenMessage, Message
from settlement.wire.face import FaceHolderInput, SettledNoticeInput
from settlement.wire.voucher import CENTRE, VoucherHolder, VoucherQueryInput, VoucherReply, VoucherRequest

_SELF_SERVICE: Final = "SelfService"


class VoucherFront:
    """`VoucherCentre`. The station's own fields stand in every question; a code or number is in no log."""

    def __init__(self, face: Face, station: dict[str, str]) -> None:
        self._face, self._station = face, station

    def holder_of_code(self, errand: Errand, code: Voucher) -> HolderFound | Failure:
        asked = VoucherQueryInput(**self._about(errand), deviceType=_SELF_SERVICE, ecQrCode=code.reveal())
        return self._holder("ec.query", asked, errand, FaultCode.VOUCHER_REFUSED)

    def holder_of_face(self, errand: Errand, auth_no: Voucher) -> HolderFound | Failure:
        asked = FaceHolderInput(**self._about(errand), authNo=auth_no.reveal())
        return self._holder("cn.nhsa.auth.check", asked, errand, FaultCode.FACE_NOT_AUTHORISED)

    def notify(self, errand: Errand, notice: SettleNotice) -> bool:
        about = self._about(errand)
        asked = SettledNoticeInput(
            orgId=about["orgId"],
            outBizNo=errand.number,
            operatorId=about["operatorId"],
            medicalSettleState="SUCCESS" if notice.settled else "FAIL",
            medicalSettleNo=notice.setl_id or None,
            totalFee=notice.total.yuan() if notice.total else None,
            hifAmt=notice.fund.yuan() if notice.fund else None,
            acctAmt=notice.account.yuan() if notice.account else None,
            ownAmt=notice.own.yuan() if notice.own else None,
        )
        return isinstance(self._ask("cn.nhsa.settle.notify", asked, errand), VoucherReply)

    def _about(self, errand: Errand) -> dict[str, Any]:
        return {**self._station, "businessType": errand.business.value, "outBizNo": errand.number}

    def _holder(self, trans: str, asked: Message, errand: Errand, fault: FaultCode) -> HolderFound | Failure:
        told = self._ask(trans, asked, errand)
        if not isinstance(told, VoucherReply):
            return Refused(fault, told.reason) if isinstance(told, Refused) else told
        try:
            holder = codec.read(VoucherHolder, told.data)
            person = PersonName(holder.userName), ResidentId(holder.idNo), Voucher(holder.ecToken)
        except (BrokenMessage, ValueError) as broken:
            return Unknown(FaultCode.REPLY_BROKEN, type(broken).__name__)
        return HolderFound(VoucherIdentity(*person, holder.insuOrg))

    def _ask(self, trans: str, asked: Message, errand: Errand) -> VoucherReply | NotSent | Refused | Unknown:
        data = asked.model_dump(exclude_none=True)
        request = VoucherRequest(orgId=self._station["orgId"], transType=trans, data=data)
        told = self._face.ask(CENTRE, request, VoucherReply, errand.number)
        if isinstance(told, VoucherReply) and told.code != 0:
            return Refused(FaultCode.VOUCHER_REFUSED, told.message)
        return told


class VoucherSettings(Access):
    """Where the front server is, and who we are there; `org_id` is the institution's own number unless given."""

    org_id: str = Field("", max_length=40, description="机构编号 orgId；不写则用定点医药机构编号")
    office_id: str = Field("", max_length=20, description="科室编号")
    office_name: str = Field("", max_length=30, description="科室名称")


def make(settings: VoucherSettings, host: Host) -> VoucherCentre:
    """The front server behind `settings.url`; connects when it is first asked something."""
    party = party_host(host, settings)
    station = {
        "orgId": settings.org_id or party.fixmedins_code,
        "operatorId": party.terminal,
        "operatorName": party.terminal_name[:30],
        "officeId": settings.office_id,
        "officeName": settings.office_name,
    }
    filled = {name: value for name, value in station.items() if value}
    line = Line(settings, FaultCode.PLATFORM_UNREACHABLE, party.log)
    return VoucherFront(Face(line, party.profile.limits), filled)


DRIVER: Driver[VoucherCentre] = Driver(settings=VoucherSettings, simulated=False, make=make)
