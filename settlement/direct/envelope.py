"""The frame around every message: who speaks, in whose name, under which number."""

from __future__ import annotations

from kiosk.ports.driver import PartyHost
from kiosk.ports.settlement import Prepared
from settlement.direct.reach import insured_away
from settlement.moments import write_moment
from settlement.msgid import MsgIds
from settlement.wire.codec import Message, encode
from settlement.wire.envelope import SELF_SERVICE, Request


class Envelopes:
    """Makes requests whose bytes are final: what is hashed and journalled is the message the platform reads."""

    def __init__(self, host: PartyHost, msgids: MsgIds) -> None:
        self._host = host
        self._msgids = msgids

    def wrap(self, infno: str, said: Message, sign_no: str | None, insuplc_admdvs: str | None = None) -> Prepared:
        """A request under a new msgid. `insuplc_admdvs` is mandatory as soon as `said` holds a psn_no."""
        host, profile = self._host, self._host.profile
        msgid = self._msgids.next()
        request = Request(
            infno=infno,
            msgid=msgid,
            mdtrtarea_admvs=profile.mdtrtarea_admvs,
            insuplc_admdvs=insuplc_admdvs,
            recer_sys_code=profile.recer_sys_code,
            infver=profile.infver,
            opter_type=SELF_SERVICE,
            opter=host.terminal,
            opter_name=host.terminal_name,
            inf_time=write_moment(host.clock.now()),
            fixmedins_code=host.fixmedins_code,
            fixmedins_name=host.fixmedins_name,
            sign_no=sign_no,
            input=said.model_dump(exclude_none=True),
        )
        body = encode(request, "string" if profile.amounts_as_text else "number")
        return Prepared(infno, msgid, body, away=insured_away(profile, insuplc_admdvs))
