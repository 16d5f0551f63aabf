"""A simulated face and e-voucher terminal: its screen, its camera, its scanner, and the centre's word at the far end.

`face_library` connects for each call of the library and hangs up when its process is killed, which is when the camera
goes off. A face number is made of the person, the errand and a key that opens nothing in the world, so that the
reference backend, which never talks to this terminal, can tell whose it is.
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from devices.sim.card.people import Holder
from devices.sim.channels import Connection, NamedSocket
from devices.sim.loop import Loop

_KEY: Final = b"moni"
_LONGEST: Final = 65_536
_WANTS: Final = {"cn.nhsa.ec.auth": "face", "cn.nhsa.qrcode.get": "code", "cn.nhsa.settle.notify": "notice"}
_NEEDED: Final = {"orgId", "businessType", "operatorId", "outBizNo"}

Told = dict[str, Any]


def face_number(certno: str, data: Told) -> str:
    """AuthNo of a simulated terminal."""
    said = f"{certno}|{data['outBizNo']}|{data['businessType']}"
    return "ano" + hmac.new(_KEY, said.encode(), hashlib.sha256).hexdigest()[:40]


class SimulatedFaceTerminal:
    """`changed` is told when it looks for somebody and when it stops."""

    def __init__(self, loop: Loop, path: Path, changed: Callable[[str], None]) -> None:
        self._changed = changed
        self._socket = NamedSocket(loop, path, self._accept)
        self._caller: Connection | None = None
        self._asked: Told = {}
        self.wants = ""
        self.passes, self.garbles = True, False
        self.notices: list[Told] = []
        self.violations: list[str] = []
        self.plug()

    @property
    def plugged(self) -> bool:
        return self._socket.plugged

    def plug(self) -> None:
        self._socket.plug()

    def unplug(self) -> None:
        self._socket.unplug()
        self._hang_up()

    def reset(self) -> None:
        self._hang_up()
        self.passes, self.garbles = True, False
        self.notices.clear()
        self.violations.clear()
        self.plug()

    def show_face(self, holder: Holder) -> str | None:
        """Somebody looks into the camera; why it cannot, when it cannot."""
        if self.wants != "face":
            return "the terminal looks for no face"
        if not self.passes or holder.platform.ec_token is None:
            self._decline("刷脸认证未通过")
        else:
            self._answer({"authNo": face_number(holder.certno, self._asked["data"])})
        return None

    def show_code(self, holder: Holder) -> str | None:
        """Somebody holds a telephone before the terminal's own scanner."""
        if self.wants != "code":
            return "the terminal looks for no code"
        if not self.passes or holder.platform.ec_token is None:
            self._decline("医保电子凭证已失效，请刷新")
        else:
            token = holder.platform.ec_token
            person = {"idNo": holder.certno, "userName": holder.name, "idType": "01", "ecToken": token}
            self._answer(person | {"insuOrg": "000000", "gender": holder.gender})
        return None

    def _accept(self, caller: Connection) -> None:
        if self._caller is not None:
            self.violations.append("two calls at once")
            caller.close()
            return
        held = bytearray()
        self._caller = caller
        caller.serve(lambda data: self._receive(held, data), lambda: self._left(caller))

    def _receive(self, held: bytearray, data: bytes) -> None:
        held += data
        if len(held) > _LONGEST:
            self._hang_up()
        elif held.endswith(b"\n"):
            line = bytes(held)
            held.clear()
            self._serve(line)

    def _serve(self, line: bytes) -> None:
        try:
            asked = json.loads(line)
            wants, data = _WANTS[asked["transType"]], asked["data"]
            for name in _NEEDED:
                data[name].encode()
        except (ValueError, KeyError, TypeError, AttributeError) as problem:
            self.violations.append(f"a request that is none: {type(problem).__name__}")
            self._decline("报文格式错误")
            return
        self._asked = asked
        if wants == "notice":
            self.notices.append(data)
            self._answer({})
        else:
            self.wants = wants
            self._changed(f"terminal_wants_{wants}")

    def _answer(self, inner: Told) -> None:
        self._say({"code": 0, "message": "成功", "data": json.dumps(inner, ensure_ascii=False)})

    def _decline(self, message: str) -> None:
        self._say({"code": 1, "message": message})

    def _say(self, answer: Told) -> None:
        caller = self._caller
        if caller is not None:
            text = '{"code": 0, "data": "{' if self.garbles else json.dumps(answer, ensure_ascii=False)
            caller.send(text.encode() + b"\n")
        self._rest()

    def _left(self, caller: Connection) -> None:
        if self._caller is caller:
            self._caller = None
            self._rest()

    def _rest(self) -> None:
        """Camera and scanner off, and nobody in them."""
        self._asked = {}
        if self.wants:
            self.wants = ""
            self._changed("terminal_looks_away")

    def _hang_up(self) -> None:
        if self._caller is not None:
            self._caller.close()
