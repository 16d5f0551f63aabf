"""5260, 5265, 5269 and 5270: the official sheet of a settlement that stands.

For a settlement of this pool it comes in the answer itself, for another pool's as a file that 9102 fetches: provinces
differ, and a client has to be ready for both.
"""

from __future__ import annotations

import base64

from settlement.reference.ledger.dealings import Settlement, SettlementState
from settlement.reference.platform.call import Call, Output, Refused
from settlement.reference.platform.statements import keep
from settlement.wire import codec, official


def sheet(call: Call) -> Output:
    """5260, 5265."""
    setl_id, pdf = _drawn(call)
    return {"data": {"setl_id": setl_id, "pdf": base64.b64encode(pdf).decode()}}


def sheet_file(call: Call) -> Output:
    """5269, 5270."""
    setl_id, pdf = _drawn(call)
    name = f"{setl_id}.pdf"
    return {"fileinfo": {"file_qury_no": keep(call, name, pdf), "filename": name}}


def _drawn(call: Call) -> tuple[str, bytes]:
    from settlement.reference.sheet import draw  # reportlab and its fonts, for who asks for a sheet

    asked = call.body(official.OfficialSheetInput).data
    settled = call.session.get(Settlement, asked.setl_id)
    if settled is None or settled.psn_no != asked.psn_no or settled.state != SettlementState.STANDING:
        raise Refused("未查询到有效的结算信息", "setl_5260")
    return asked.setl_id, draw(codec.decode(settled.info.encode()), call.world.hospital.name, settled.settled_at)
