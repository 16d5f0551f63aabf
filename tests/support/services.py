"""Pages of an invented service, one of each kind and their awkward cases, as a service of the catalogue shows them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import cast

from kiosk.domain import pages
from kiosk.domain.pages import Entry, Field, Heading, Option, Point, Words
from kiosk.domain.personal import Typed
from kiosk.flow import states as at
from kiosk.flow.ticket import Ticket
from tests.support.states import NUMBER, T, kiosk


@dataclass(frozen=True)
class Serving:
    """A state that carries a page, as the states of a service do."""

    ticket: Ticket
    page: pages.Page


def said(zh: str, en: str = "") -> Words:
    return Words(zh, (("en", en),) if en else ())


NAME = said("跨省异地就医备案（模拟）", "Registration for care in another province (simulated)")
FIRST, HEAD = Heading(NAME), Heading(NAME, 2, 5)
PAPER = pages.Source(
    said("模拟统筹区医保办〔2026〕1 号第三条", "Simulated pool, paper 1 of 2026, clause 3"), "2026-01-01"
)
POINTS = (
    Point(
        said("办理条件", "Who may"),
        said("参加本统筹区医保，长期在外省居住", "Insured in this pool and living elsewhere"),
    ),
    Point(
        said("需要材料", "What to bring"), said("身份证或社保卡；不用复印件", "ID card or insurance card; no copies")
    ),
    Point(
        said("办理时限", "How long"), said("当场受理，2 个工作日内办结", "Taken at once, settled within 2 working days")
    ),
    Point(said("办理结果", "What comes of it"), said("备案凭证，打印带走", "A certificate, printed here")),
)
CITIES = tuple(
    Option(initials, said(name, pinyin), said("省级统筹", "one pool") if initials == "bjs" else pages.SILENT, initials)
    for name, pinyin, initials in (
        ("北京市", "Beijing", "bjs"), ("天津市", "Tianjin", "tjs"),
        ("石家庄市", "Shijiazhuang", "sjzs"),
        ("呼和浩特市", "Hohhot", "hhhts"), ("博尔塔拉蒙古自治州", "Bortala Mongol Autonomous Prefecture", "betlmgzzz"),
        ("保定市", "Baoding", "bds"), ("保山市", "Baoshan", "bss"), ("毕节市", "Bijie", "bjs"),
        ("厦门市", "Xiamen", "xms"),
        ("济南市", "Jinan", "jns"), ("西双版纳傣族自治州", "Xishuangbanna Dai Autonomous Prefecture", "xsbndzzzz"),
    )
)  # fmt: skip
WHY = (
    Option(
        "retired",
        said("异地安置退休人员", "Retired and settled elsewhere"),
        said("退休后到外省长期居住", "Moved after retiring"),
    ),
    Option(
        "living",
        said("异地长期居住人员", "Living elsewhere for long"),
        said("在外省居住半年以上", "For half a year or more"),
    ),
    Option("working", said("常驻异地工作人员", "Sent elsewhere to work"), said("单位派到外省工作", "By the employer")),
    Option(
        "referred", said("异地转诊就医人员", "Referred elsewhere"), said("本地医院开具转诊意见", "By a hospital here")
    ),
)
ID_FIELD = Field(
    "certno", said("请输入身份证号", "Enter the ID number"), Entry.IDENTITY,
    said("18 位，最后一位可能是 X", "18 characters, the last may be X"),
    least=15, value=Typed("11111119810101111"), private=True,
)  # fmt: skip
ENTERED = (
    pages.Entered("name", said("姓名", "Name"), Typed("阿***"), private=True, change=False),
    pages.Entered("certno", said("身份证号", "ID number"), Typed("111***********1110"), private=True, change=False),
    pages.Entered("to", said("就医地", "Place of care"), Typed("西双版纳傣族自治州")),
    pages.Entered("why", said("备案类型", "Kind"), Typed("异地长期居住人员")),
    pages.Entered("phone", said("手机号", "Mobile number"), Typed("13800000000"), private=True),
)
PROMISES = (
    said("所填内容真实，没有隐瞒。", "What I entered is true and complete."),
    said("两项材料在 15 个工作日内补交。", "I hand in the two missing papers within 15 working days."),
    said(
        "逾期不补交，备案取消，报销的费用由本人退回。",
        "If I do not, the registration ends and I pay back what was paid for me.",
    ),
)


def samples() -> dict[str, at.Kiosk]:
    """A page of each kind by name; `--` marks a further case."""
    return {name: serve(page) for name, page in (_asking() | _ending()).items()}


def serve(page: pages.Page) -> at.Kiosk:
    return kiosk(cast("at.Screen", Serving(T, page)))


def _asking() -> dict[str, pages.Page]:
    lead = said("在外省看病，直接结算不用垫钱", "Be settled at once in another province")
    form = pages.Form(HEAD, ID_FIELD)
    wrong = said("这个号码不对，请再看一遍", "This number cannot be right; please look again")
    phone = Field("phone", said("请输入手机号", "Enter your mobile number"), Entry.DIGITS, least=11, most=11)
    choice = pages.Choice(HEAD, said("您属于哪一种？", "Which are you?"), WHY, chosen="living")
    where = Field("to", said("要到哪里看病？", "Where will you be treated?"), Entry.LIST, options=CITIES)
    paper = pages.Capture(
        HEAD, said("请拍居住证", "Photograph the residence permit"), pages.Subject.DOCUMENT,
        said("放平，四个角都在框里", "Flat, with all four corners in the frame"), taken=1, wanted=2,
    )  # fmt: skip
    return {
        "guide": pages.Guide(FIRST, NAME, lead, POINTS, PAPER),
        "guide--more": pages.Guide(
            FIRST, NAME, lead, POINTS[:2], affirm=said("看完了", "Done"), next=WHY[:2],
            link=pages.Link("https://tax.moni.invalid/pay", said("用手机扫码缴费", "Scan with a phone to pay")),
        ),
        "form": form,
        "form--empty": replace(form, field=replace(ID_FIELD, value=None)),
        "form--wrong": replace(form, error=wrong),
        "form--phone": pages.Form(HEAD, phone),
        "choice": choice,
        "choice--list": pages.Form(HEAD, where),
        "capture": paper,
        "capture--face": replace(
            paper, title=said("请正对摄像头", "Look into the camera"), hint=pages.SILENT, subject=pages.Subject.FACE,
            taken=0, wanted=1, ready=False, advice=said("请靠近一点", "Come a little closer"),
            other=said("不刷脸，用身份证", "Use the ID card instead"),
        ),
        "capture--again": replace(paper, error=said("照片有反光，看不清", "The picture has glare and cannot be read")),
    }  # fmt: skip


def _ending() -> dict[str, pages.Page]:
    review = pages.Review(
        HEAD, said("请核对，没有错再提交", "Check it, then send it"), ENTERED,
        said("提交后，本地的待遇不受影响。", "What you are entitled to here does not change."),
    )  # fmt: skip
    commitment = pages.Commitment(HEAD, said("请看清承诺内容", "Read what you promise"), PROMISES, PAPER)
    until = Point(said("最晚办结", "Settled by"), said("11月25日（2 个工作日）", "25 Nov (2 working days)"))
    result = pages.Result(
        FIRST, pages.Ending.ACCEPTED, said("已经受理", "Accepted"),
        said("参保地正在审核", "The place of insurance is looking at it"),
        NUMBER, (until,), PAPER,
    )  # fmt: skip
    return {
        "review": review,
        "commitment": commitment,
        "commitment--keys": replace(commitment, by_hand=False),
        "wait": pages.Wait(HEAD, said("正在提交", "Sending"), said("一般几秒钟就好", "A few seconds")),
        "result": result,
        "result--done": replace(
            result, ending=pages.Ending.DONE, title=said("办好了", "Done"), text=said("马上生效", "In force at once"),
            next=(Option("print", said("打印备案凭证", "Print the certificate")),), source=None,
        ),
        "result--refused": replace(
            result, ending=pages.Ending.REFUSED, title=said("没有受理", "Not accepted"), number="", code="F03",
            text=said("您已经有一份有效的备案", "You have a registration in force"), points=(POINTS[3],),
        ),
        "result--link": replace(
            result, points=(POINTS[3],), source=None, affirm=said("看新的金额", "See the new amount"),
            link=pages.Link("https://fuwu.nhsa.gov.cn", said("国家医保服务平台", "National platform")),
        ),
        "result--unknown": replace(
            result, ending=pages.Ending.UNKNOWN, title=said("结果还没有回来", "No answer yet"), code="F04",
            text=said("不用重复提交。查到结果会发短信", "Do not send it again; a message will tell you"), points=(),
        ),
    }  # fmt: skip
