"""The ASGI application: routes requests to the faces, and lets the misbehaviour plan spoil them.

What only a network can do (cut a connection, lose half a body) the application cannot: an ASGI server would answer 500
in its place. It asks the gateway in front by the `x-gateway` header, which never leaves the backend.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, assert_never

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from settlement.reference import card_keys, confirming, face_platform, insurer, mobile, payments, spoiling, voucher
from settlement.reference.answer import Answer
from settlement.reference.card_keys import KeyServer
from settlement.reference.counter import Counter
from settlement.reference.crossing import somebody_elses
from settlement.reference.entrance import OPEN, Entrance
from settlement.reference.face_platform import FaceService, enrolled
from settlement.reference.front import window
from settlement.reference.front.window import Window
from settlement.reference.gateway import CUT, HALF, INSTRUCTION
from settlement.reference.hospital import counter
from settlement.reference.misbehaviour import (
    NOTICE,
    BadSpec,
    Changed,
    Crossed,
    Delay,
    Duplicate,
    Half,
    Html,
    Http,
    Late,
    LoseReply,
    LoseRequest,
    Part,
    Plan,
    Refuse,
    Resend,
    WrongAmounts,
    WrongMsgid,
    parse,
)
from settlement.reference.mobile import MobileCentre
from settlement.reference.office import counter as office_counter
from settlement.reference.payments import PaymentService
from settlement.reference.phone import Phone
from settlement.reference.platform.desk import Desk
from settlement.reference.tills import hall
from settlement.reference.tills.clerk import Face
from settlement.reference.tills.hall import Rush, open_hall
from settlement.reference.voucher import VoucherCentre
from settlement.wire import codec
from settlement.wire import mobile as mobile_wire
from settlement.wire.codec import BrokenMessage
from settlement.wire.demo import MISBEHAVE, Misbehave
from settlement.wire.hospital import HOLD
from settlement.wire.payment import NOTICE as NOTICE_PATH
from settlement.wire.payment import QUERY, Notice
from settlement.wire.questions import mark

_PAGE = b"<!DOCTYPE html><html><head><title>502 Bad Gateway</title></head><body><center>nginx</center></body></html>"
_NUMBER = b'"inf_refmsgid"'
_JSON = "application/json;charset=utf-8"
_FILE = "application/octet-stream"

_MOBILE = {path: infno for infno, path in mobile_wire.PATHS.items()}

Serve = Callable[[bytes], Answer]


class Backend:
    """Holds the faces and the plan; `application` is what the server runs."""

    def __init__(
        self,
        desk: Desk,
        hospital: Counter,
        front: Window,
        payment: PaymentService,
        plan: Plan,
        entrance: Entrance = OPEN,
        rush: Rush | None = None,
    ) -> None:
        self._desk, self._plan, self._entrance, self._world = desk, plan, entrance, hospital.world
        self._faces: dict[str, Face] = {
            **dict.fromkeys(counter.DOORS, hospital.answer),
            **dict.fromkeys(window.PATHS, front.answer),
            **dict.fromkeys(payments.PATHS, payment.answer),
            **dict.fromkeys(voucher.PATHS, VoucherCentre(desk.ledger, desk.clock).answer),
            **dict.fromkeys(card_keys.PATHS, KeyServer().answer),
            **dict.fromkeys(mobile.PATHS, MobileCentre(desk, entrance.mobile).answer),
            **dict.fromkeys(face_platform.PATHS, FaceService(desk.ledger, desk.clock, enrolled()).answer),
        }
        self._faces |= dict.fromkeys(
            confirming.DOORS, Counter(desk.ledger, hospital.world, desk.clock, confirming.DOORS).answer
        )
        office = Counter(desk.ledger, hospital.world, desk.clock, office_counter.DOORS)
        self._faces |= dict.fromkeys(office_counter.DOORS, office.answer)
        insurers = Counter(desk.ledger, hospital.world, desk.clock, insurer.DOORS)
        self._faces |= dict.fromkeys(insurer.DOORS, insurers.answer)
        self._hall = open_hall(desk, lambda path, body: self._faces[path](path, body), rush or Rush())
        self._faces |= dict.fromkeys(hall.PATHS, self._hall.answer)
        self._phone = Phone(desk.ledger)
        self._late: set[asyncio.Task[Answer]] = set()
        self._earlier = b""
        routes = [Route(path, self._platform, methods=["POST"]) for path in entrance.paths]
        routes += [Route(path, self._face, methods=["POST"]) for path in self._faces]
        routes += [Route(MISBEHAVE, self._misbehave, methods=["POST"])]
        self.application = Starlette(routes=routes)

    async def _platform(self, request: Request) -> Response:
        door, body = self._entrance.door, await request.body()
        message = body if door.open else await run_in_threadpool(door.admit, request.headers, body)
        if message is None:
            return Response(status_code=HTTPStatus.UNAUTHORIZED)
        infno = _infno(message)
        if not self._entrance.takes(request.url.path, infno):
            return Response(status_code=HTTPStatus.NOT_FOUND)
        told = await self._spoiled(infno, lambda sent: Answer(self._desk.answer(sent)), message)
        if door.open or told.media_type != _JSON:  # a page or nothing is signed by no platform
            return told
        return _json(Answer(await run_in_threadpool(door.reply, bytes(told.body))), told.headers.get(INSTRUCTION))

    async def _face(self, request: Request) -> Response:
        path, body = request.url.path, await request.body()
        if path == HOLD:
            await run_in_threadpool(self._hall.before_hold, body)
        face = self._faces[path]
        response = await self._spoiled(_target(path), lambda sent: face(path, sent), body, path)
        if path == QUERY:
            notice = await run_in_threadpool(self._phone.scan, body)
            if notice is not None:
                await self._tell(notice)
        return response

    async def _tell(self, notice: Notice) -> None:
        """The channel tells the payment service what a phone paid; nobody hears the answer."""
        act = self._plan.next_act(NOTICE)
        told = notice.model_copy(update={"amount_fen": (notice.amount_fen + 1) // 2}) if act == Part() else notice
        body = codec.encode(told.model_dump(mode="json"))

        def serve(sent: bytes) -> Answer:
            return self._faces[NOTICE_PATH](NOTICE_PATH, sent)

        match act:
            case LoseRequest() | Http() | Refuse():
                return
            case Late() | Delay():
                self._serve_later(act.milliseconds, serve, body)
            case Duplicate() | Resend():
                await run_in_threadpool(serve, body)
                await run_in_threadpool(serve, body)
            case _:
                await run_in_threadpool(serve, body)

    async def _misbehave(self, request: Request) -> Response:
        """A plan in place of the one before, counted from now: for whoever cannot start a backend for each mishap."""
        try:
            self._plan.replace(parse(codec.read(Misbehave, codec.decode(await request.body())).spec))
        except (BrokenMessage, BadSpec):
            return Response(status_code=HTTPStatus.BAD_REQUEST)
        return _json(Answer(b"{}"))

    def _cross(self, path: str, asked: bytes, *, numbered: bool) -> Answer:
        told = somebody_elses(path, asked, self._world, lambda where, said: self._faces[where](where, said))
        return Answer(spoiling.under_the_number(told.body, asked), told.status) if numbered else told

    async def _spoiled(self, target: str, serve: Serve, body: bytes, path: str = "") -> Response:
        act = self._plan.next_act(target)
        match act:
            case Crossed():
                await run_in_threadpool(serve, body)
                return _json(await run_in_threadpool(self._cross, path, body, numbered=act.numbered))
            case Part():
                raise TypeError("only notices bring parts")
            case Resend():
                await run_in_threadpool(serve, body)
                return _json(await run_in_threadpool(serve, body))
            case Changed():
                answer = await run_in_threadpool(serve, body)
                return _json(Answer(spoiling.changed(answer.body, act.change), answer.status))
            case None | Delay() | Duplicate() | Half() | Html() | LoseReply() | WrongAmounts() | WrongMsgid():
                answer = await run_in_threadpool(serve, body)
                earlier, self._earlier = self._earlier, answer.body if _NUMBER in answer.body else self._earlier
                if isinstance(act, WrongMsgid):
                    return _json(Answer(spoiling.of_another(answer.body, _number_of(earlier)), answer.status))
                if isinstance(act, WrongAmounts):
                    return _json(Answer(spoiling.contradicting(answer.body), answer.status))
                return await _spoil_reply(act, answer, serve, body)
            case LoseRequest():
                return _cut()
            case Late():
                self._serve_later(act.milliseconds, serve, body)
                return _cut()
            case Http():
                return Response(_PAGE, act.status, media_type="text/html")
            case Refuse():
                return _json(Answer(codec.encode(_refusal(target, act.text, body))))
            case _ as never:
                assert_never(never)

    def _serve_later(self, milliseconds: int, serve: Serve, body: bytes) -> None:
        async def later() -> Answer:
            await asyncio.sleep(milliseconds / 1000)
            return await run_in_threadpool(serve, body)

        task = asyncio.create_task(later())
        self._late.add(task)  # the loop itself keeps only weak references
        task.add_done_callback(self._late.discard)


async def _spoil_reply(
    act: Delay | Duplicate | Half | Html | LoseReply | None, answer: Answer, serve: Serve, body: bytes
) -> Response:
    match act:
        case None:
            return _json(answer)
        case Delay():
            await asyncio.sleep(act.milliseconds / 1000)
            return _json(answer)
        case Duplicate():
            await run_in_threadpool(serve, body)
            return _json(answer)
        case Half():
            return _json(answer, HALF)
        case Html():
            return Response(_PAGE, media_type="text/html")
        case LoseReply():
            return _cut()


def _target(path: str) -> str:
    """`/pay/collect` is `pay.collect`, `/his/v1/settle` is `his.settle`; the mobile centre's paths are its infnos."""
    return _MOBILE.get(path) or path.strip("/").replace("/v1/", "/").replace("/", ".")


def _infno(body: bytes) -> str:
    try:
        return str(codec.decode(body).get("infno"))
    except BrokenMessage:
        return ""


def _refusal(target: str, text: str, body: bytes) -> dict[str, Any]:
    """A refusal in the dress of the face that is asked, bearing the key of the request."""
    face, _, _ = target.partition(".")
    try:
        asked = codec.decode(body)
    except BrokenMessage:
        asked = {}
    keys = {name: asked[name] for name in spoiling.KEYS if name in asked}
    if "query" in keys:
        keys["of"] = mark(keys["query"], asked.get("certno") or asked.get("code") or "")
    if face in {"hospital", "office"}:
        return keys | {"refused": text}
    if face == "his":
        return keys | {"refused": {"code": "", "text": text}}
    if target == "insurer.settle":
        return keys | {"status": "refused", "reason": text}
    if face == "insurer":
        return keys | {"refused": text}
    if face == "pay":
        return keys | {"status": "refused", "reason": text}
    number = f"{secrets.randbelow(10**30):030d}"
    return {"infcode": -1, "inf_refmsgid": number, "err_msg": f"{text}[demand_1]", "output": None}


def _number_of(reply: bytes) -> str:
    told = codec.decode(reply) if spoiling.is_json(reply) else {}
    return str(told.get("inf_refmsgid") or spoiling.ANOTHER)


def _json(answer: Answer, instruction: str | None = None) -> Response:
    headers = {INSTRUCTION: instruction} if instruction else None
    return Response(answer.body, answer.status, headers, media_type=_JSON if spoiling.is_json(answer.body) else _FILE)


def _cut() -> Response:
    return Response(headers={INSTRUCTION: CUT})
