"""A platform that answers as told, for what the reference backend never does."""

import itertools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from settlement.wire.codec import decode, encode
from tests.support.far_end import Conversation, Received, says

Said = Mapping[str, Any]

_serial = itertools.count(1)


def envelope(**fields: Any) -> dict[str, Any]:
    """A success without output; every envelope has a number of its own."""
    number = f"00000020261122093000{next(_serial):010d}"
    return {"infcode": 0, "inf_refmsgid": number, "err_msg": "success", "output": None} | fields


def told(output: Said | None) -> dict[str, Any]:
    return envelope(output=output)


def refused(err_msg: str) -> dict[str, Any]:
    return envelope(infcode=-1, err_msg=err_msg)


def signed(number: str) -> dict[str, Any]:
    return told({"signinoutb": {"sign_no": number, "sign_time": "2026-11-22 00:00:00"}})


@dataclass
class ScriptedPlatform:
    """`replies` by infno: an envelope, an action on the connection, or a function of the request that gives one.

    A list is used up one by one. 9001 is answered by itself with S1, S2, …
    """

    replies: dict[str, Any] = field(default_factory=dict)
    heard: list[dict[str, Any]] = field(default_factory=list)
    _signed: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    def __call__(self, conversation: Conversation, request: Received) -> None:
        asked = decode(request.body)
        self.heard.append(asked)
        reply = self._reply(asked)
        if isinstance(reply, Mapping):
            reply = says(encode(dict(reply)))
        reply(conversation, request)

    def _reply(self, asked: dict[str, Any]) -> Any:
        infno = asked["infno"]
        if infno == "9001" and infno not in self.replies:
            return signed(f"S{next(self._signed)}")
        reply = self.replies[infno]
        if isinstance(reply, list):
            reply = reply.pop(0)
        if isinstance(reply, ByRequest):
            return reply.make(asked)
        return reply

    def heard_of(self, infno: str) -> list[dict[str, Any]]:
        return [asked for asked in self.heard if asked["infno"] == infno]


@dataclass(frozen=True)
class ByRequest:
    """A reply that depends on what was asked."""

    make: Callable[[dict[str, Any]], Any]


def setlinfo(**changes: Any) -> dict[str, Any]:
    """A captured drug bill of 4.52: 5% first own part, the rest inside the deductible, all paid by the account."""
    amounts = {
        "medfee_sumamt": "4.52",
        "fulamt_ownpay_amt": "0.00",
        "overlmt_selfpay": "0.00",
        "preselfpay_amt": "0.23",
        "inscp_scp_amt": "4.29",
        "act_pay_dedc": "4.29",
        "hifp_pay": "0",
        "pool_prop_selfpay": "0.5000",
        "cvlserv_pay": 0,
        "hifes_pay": 0,
        "hifmi_pay": 0,
        "hifob_pay": 0,
        "maf_pay": 0,
        "oth_pay": 0,
        "fund_pay_sumamt": "0.00",
        "psn_part_amt": "4.52",
        "acct_pay": "4.52",
        "psn_cash_pay": "0.00",
        "hosp_part_amt": "0.00",
        "balc": "1373.63",
        "acct_mulaid_pay": None,
    }
    ids = {"setl_id": None, "setl_time": None, "medins_setl_id": "", "clr_type": "11"}
    return amounts | ids | changes


def account_detail(amount: str = "4.52") -> dict[str, Any]:
    return {"fund_pay_type": "310200", "fund_payamt": amount, "fund_pay_type_name": "个人账户"}


def quoted(**changes: Any) -> dict[str, Any]:
    return told({"setlinfo": setlinfo(**changes), "setldetail": [account_detail()]})


def settled(**changes: Any) -> ByRequest:
    """A 2207A that repeats the numbers it was asked with."""

    def make(asked: dict[str, Any]) -> dict[str, Any]:
        data = asked["input"]["data"]
        ids = {
            "setl_id": "S0001",
            "setl_time": "2026-11-22 09:30:01",
            "medins_setl_id": asked["msgid"],
            "psn_no": data["psn_no"],
            "mdtrt_id": data["mdtrt_id"],
        }
        return quoted(**ids | changes)

    return ByRequest(make)


def person(**changes: Any) -> dict[str, Any]:
    """张三 with one insurance; `changes` go into that row."""
    row = {
        "balc": "1378.15",
        "insutype": "310",
        "psn_type": "1101",
        "psn_insu_stas": 1,
        "psn_insu_date": "2010-07-01 00:00:00",
        "paus_insu_date": None,
        "cvlserv_flag": "0",
        "insuplc_admdvs": "000000",
    }
    base = {
        "psn_no": "00000000000000000001",
        "psn_cert_type": "01",
        "certno": "111111198101011110",
        "psn_name": "张三",
        "gend": 1,
        "naty": None,
        "brdy": "1981-01-01",
        "age": Decimal("45.0"),
        "exp_content": None,
    }
    return {"baseinfo": base, "insuinfo": [row | changes], "idetinfo": []}
