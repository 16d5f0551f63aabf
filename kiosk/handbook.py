"""The catalogues as documents: `docs/faults.md`, `docs/audit.md` and `docs/settings.md` are printed from here.

Chinese first, English beside it. A sentence that a language does not have yet is replaced by the catalogue's own cause.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from types import UnionType
from typing import Literal, Union, cast, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from kiosk import plugins
from kiosk.audit import MEANING
from kiosk.faults import CATALOGUE, Actor, Fault, FaultCode, MoneyAt, Severity
from kiosk.messages import Catalogue
from kiosk.sections import group_of
from kiosk.settings import TERMINAL, DriverSection, Settings, TerminalMethod

_NOTE = "本文由程序生成，不要手改：`.venv/bin/python -m tests.support.documents`。Generated from the code; do not edit."

_SEVERITY = {
    Severity.NOTICE: "提示 notice",
    Severity.VISIT: "这一次办理 this visit",
    Severity.DEVICE: "这个设备 this device",
    Severity.SETTLEMENT: "停办结算 no settlement",
    Severity.KIOSK: "整机停用 out of service",
}
ACTORS = {
    Actor.PATIENT: "患者 patient",
    Actor.STAFF: "窗口人员 staff",
    Actor.HOSPITAL_IT: "信息科 hospital IT",
    Actor.VENDOR: "厂商 vendor",
}
_MONEY = {
    MoneyAt.UNTOUCHED: "没有动 untouched",
    MoneyAt.RETURNED: "已退回 returned",
    MoneyAt.HELD: "在查 being sought",
    MoneyAt.PAID: "已付清 paid",
    MoneyAt.NONE: "",
}


def faults(texts: Catalogue) -> str:
    """Every fault with its code, who mends it, where the patient's money is, and what the screen says."""
    head = ("代码 code", "屏幕 screen", "英文 English", "影响 affects", "谁处理 who", "钱 money", "原因 cause")
    rows = [_fault_row(CATALOGUE[code], texts) for code in FaultCode]
    return _page(
        "故障代码 · Fault codes",
        "屏幕、日志、审计里的代码是同一个。字母是所在的部分："
        "C 卡和身份证，Q 扫码，P 打印，I 身份，B 账单，Y 付款，S 结算，N 网络，K 本机，A 无障碍（语音、键盘），"
        "V 摄像头，F 刷脸，O 经办。",
        _table(head, rows),
    )


def _fault_row(fault: Fault, texts: Catalogue) -> tuple[str, ...]:
    said = [_said(texts, lang, fault) for lang in ("zh", "en")]
    return (f"`{fault.code}`", *said, _SEVERITY[fault.severity], ACTORS[fault.actor], _MONEY[fault.money], fault.cause)


def _said(texts: Catalogue, lang: str, fault: Fault) -> str:
    sentences = texts.of(lang)
    parts = [f"fault.{fault.code}.{part}" for part in ("what", "do")]
    found = [sentences.say(part) for part in parts if part in sentences and sentences.lang == lang]
    return "<br>".join(found) or fault.cause


def audit() -> str:
    """Every kind of audit record and what it proves."""
    rows = [(f"`{event}`", source.value, meaning) for event, (source, meaning) in MEANING.items()]
    about = (
        "`WORKDIR/kiosk/audit.jsonl` 每行一条记录，含上一条的 SHA-256，改动、删除、调换都会被发现"
        "（`kiosk journal verify`）。一次办理从头到尾：`kiosk journal show`。只有类型、编号和结果，没有患者的信息。"
        "Each line holds the hash of the one before; types, numbers and outcomes, never contents of a visit."
    )
    return _page("审计记录 · Audit events", about, _table(("记录 event", "由谁 source", "意思 meaning"), rows))


def settings() -> str:
    """Every key of the settings file, with its kind, its default and what it is for."""
    about = (
        "设置文件是 TOML；写错的键会按名字指出来（`kiosk check-config`）。任何键都可以用环境变量代替："
        "`[site]` 的 `place` 是 `KIOSK__SITE__PLACE`。`driver` 一节里其余的键由所选的驱动规定。"
        "Any key can be given by the environment instead; a driver's section takes that driver's own keys too."
    )
    return _page("设置 · Settings", about, "\n\n".join((*_sections("", Settings), *_drivers())))


_WITH_DRIVERS = (
    "devices.card_reader",
    "devices.id_reader",
    "devices.keypad",
    "devices.speaker",
    "devices.scanner",
    "devices.receipt_printer",
    "devices.page_printer",
    "devices.camera",
    "devices.document_camera",
    "devices.paper_judge",
    "devices.face",
    "devices.payment_terminal",
    "devices.face_terminal",
    "devices.guide_light",
    "devices.presence_sensor",
    "devices.power_source",
    "settlement",
    "hospital",
    "filing",
    "payments.NAME",
    "documents",
    "key_server",
    "voucher_centre",
    "confirming",
    "insurer",
    "face_platform",
    "social_code",
)


def _drivers() -> Iterator[str]:
    """What each installed driver adds to its section."""
    for section in _WITH_DRIVERS:
        group = group_of(section)
        for name in plugins.names(group):
            driver = plugins.driver(group, name)
            rows = [_setting_row(key, field) for key, field in driver.settings.model_fields.items()]
            mark = "　模拟 simulated" if driver.simulated else ""
            yield f'## `[{section}]` `driver = "{name}"`{mark}\n\n{_table(_SETTING_HEAD, rows)}'
    rows = [_setting_row(key, field) for key, field in TerminalMethod.model_fields.items()]
    yield f'## `[payments.NAME]` `driver = "{TERMINAL}"`\n\n{_table(_SETTING_HEAD, rows)}'


_SETTING_HEAD = ("键 key", "类型 kind", "默认 default", "说明 about")


def _sections(path: str, model: type[BaseModel]) -> Iterator[str]:
    inner = {name: found for name, field in model.model_fields.items() if (found := _model_of(field.annotation))}
    rows = [_setting_row(name, field) for name, field in model.model_fields.items() if name not in inner]
    if rows:
        yield f"## `[{path}]`\n\n{_table(_SETTING_HEAD, rows)}" if path else _table(_SETTING_HEAD, rows)
    for name, found in inner.items():
        if found is DriverSection:  # its keys are its driver's, below
            continue
        yield from _sections(f"{path}.{name}" if path else name, found)


def _model_of(annotation: object) -> type[BaseModel] | None:
    """The section that a field is, also one that may be left out."""
    members = get_args(annotation) if get_origin(annotation) in {Union, UnionType} else (annotation,)
    return next((m for m in members if isinstance(m, type) and issubclass(m, BaseModel)), None)


def _setting_row(name: str, field: FieldInfo) -> tuple[str, ...]:
    value = _default(field)
    default = "必填 required" if field.is_required() else "不写 none" if value is None else f"`{_shown(value)}`"
    return f"`{name}`", _kind(field.annotation), default, field.description or ""


def _default(field: FieldInfo) -> object:
    if field.is_required():
        return ""
    value: object = field.get_default(call_default_factory=True, validated_data={})
    return value


def _shown(value: object) -> str:
    match value:
        case bool():
            return str(value).lower()
        case str():
            return f'"{value}"'
        case tuple():
            return f"[{', '.join(_shown(item) for item in cast('tuple[object, ...]', value))}]"
        case Mapping():
            pairs = cast("Mapping[str, object]", value).items()
            return f"{{ {', '.join(f'{name} = {_shown(item)}' for name, item in pairs)} }}" if pairs else "{}"
        case float():
            return f"{value:g}"
        case _:
            return str(value)


_KINDS: dict[object, str] = {
    str: "文字 text",
    int: "整数 integer",
    float: "数 number",
    bool: "true / false",
    Path: "文件 path",
}


def _kind(annotation: object) -> str:
    if annotation in _KINDS:
        return _KINDS[annotation]
    origin, arguments = get_origin(annotation), [each for each in get_args(annotation) if each is not type(None)]
    if origin is tuple:
        return f"{_kind(arguments[0])} […]"
    if origin is dict:
        return f"键 → {_kind(arguments[1])}"
    if origin is Literal:
        return " · ".join(f"`{value}`" for value in arguments)
    if arguments:  # may be left out, or is constrained
        return _kind(arguments[0])
    return " · ".join(f"`{member.value}`" for member in _members(annotation)) or str(annotation)


def _members(annotation: object) -> Iterator[StrEnum]:
    if isinstance(annotation, type) and issubclass(annotation, StrEnum):
        yield from annotation


def _page(title: str, about: str, body: str) -> str:
    return f"# {title}\n\n<!-- {_NOTE} -->\n\n{about}\n\n{body}\n"


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |" for line in lines)
