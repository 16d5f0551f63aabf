"""The kiosk's settings: one TOML file, and the environment for what differs by machine.

They are read once; unknown keys are refused by name.

`{workdir}` and names given by the caller (`{backend.url}`, `{sim.card}` in the demo) are filled into texts. An
environment variable `KIOSK__SITE__PLACE` replaces the key `place` of `[site]`; its value is TOML if it parses as
such, else text.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast, overload

from pydantic import BaseModel, ConfigDict, Field, PositiveFloat, ValidationError, field_validator

from kiosk.corrections import corrections
from kiosk.domain.catalogue import Kind
from kiosk.domain.policy import Pack, SettlementProfile
from kiosk.flow.phrases import Phrasebook
from kiosk.flow.rules import Door, Official, PayMethod, Rules, Whose
from kiosk.installed import config_dir
from kiosk.passcodes import well_formed
from kiosk.ports.obstacle import Obstacle

ModelT = TypeVar("ModelT", bound=BaseModel)

_ENVIRONMENT = "KIOSK__"
_PLACEHOLDER = re.compile(r"\{([a-z_.]+)\}")
_TOML_LINE = re.compile(r"at line (\d+), column (\d+)")
SYSTEM_FILE = Path("/etc/kiosk/kiosk.toml")


class SettingsWrong(Obstacle):
    """Keys are unknown, missing or of the wrong kind; each of `faults` names file and key, never a value.

    Its text is the first, and how many more there are.
    """

    def __init__(self, *faults: str) -> None:
        more = len(faults) - 1
        super().__init__(f"{faults[0]}（另有 {more} 处 · {more} more）" if more else faults[0])
        self.faults = faults


class Profile(StrEnum):
    """Demo may simulate and says so; production refuses everything simulated."""

    DEMO = "demo"
    PRODUCTION = "production"


class _Section(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class KioskSection(_Section):
    number: int = Field(ge=0, le=999, description="终端号，本机构内唯一（含人工窗口），0–999")
    name: str = Field(min_length=1, max_length=50, description="终端名称，作 opter_name")
    pack: str = Field(pattern=r"^\d{6}$", description="策略包的统筹区代码")
    trusted: Path | None = Field(default=None, description="签发策略包的公钥文件；自带的只有模拟的")
    frontend: str = Field(default="screens", description="前端：screens 或 headless")
    language: str = Field(default="zh", description="开机时的语言")


class SiteSection(_Section):
    hospital: str = Field(min_length=1, max_length=100, description="医院名称，显示和打印用")
    fixmedins_code: str = Field(pattern=r"^[0-9A-Z]{12}$", description="定点医药机构编号")
    fixmedins_name: str = Field(min_length=1, max_length=200, description="定点医药机构名称，与医保平台登记一致")
    place: str = Field(default="", description="机器位置，例如 门诊楼一层")
    help_phone: str = Field(default="", description="本院咨询电话")
    window: str = Field(default="", max_length=60, description="不能在本机付款的人去哪个窗口，写上优先窗口")
    service_window: str = Field(default="", max_length=60, description="办医保事项的窗口，写上优先窗口")


class ScreenSection(_Section):
    width_mm: PositiveFloat = Field(
        default=336.0, description="屏幕可视宽度，毫米，用尺量；屏幕自报的（EDID）相差一成半以上时日志里有一条"
    )
    bottom_mm: float = Field(default=750.0, ge=0, description="屏幕下边离地，毫米；按键放低时用它")
    scaled: bool = Field(default=True, description="窗口缩小到显示器大小（演示用）；正式环境设为 false")


class StaffSection(_Section):
    """Who may come in: staff numbers, and `kiosk staff-code` of their code or of what their badge says."""

    codes: dict[str, str] = Field(default_factory=dict, description="工号 → kiosk staff-code 的输出（口令或工牌）")

    @field_validator("codes")
    @classmethod
    def _hashed(cls, codes: dict[str, str]) -> dict[str, str]:
        if not all(well_formed(code) for code in codes.values()):
            raise ValueError("a code is not what `kiosk staff-code` prints")
        return codes


class DriverSection(BaseModel):
    """`driver` and whatever that driver's own settings want."""

    model_config = ConfigDict(extra="allow", frozen=True)

    driver: str = Field(description="驱动名称，见 kiosk devices list")

    @property
    def options(self) -> dict[str, Any]:
        return dict(self.model_extra or {})


class DevicesSection(_Section):
    card_reader: DriverSection = Field(description="社保卡读卡器")
    id_reader: DriverSection | None = Field(default=None, description="身份证阅读器，没有就不写")
    scanner: DriverSection = Field(description="扫码器")
    keypad: DriverSection | None = Field(default=None, description="按键键盘（不用触摸屏也能办），没有就不写")
    speaker: DriverSection | None = Field(default=None, description="语音，没有就不写")
    receipt_printer: DriverSection = Field(description="凭条打印机")
    page_printer: DriverSection | None = Field(default=None, description="A4 打印机，没有就不写")
    camera: DriverSection | None = Field(default=None, description="摄像头，没有就不写")
    document_camera: DriverSection | None = Field(default=None, description="高拍仪（拍材料的摄像头），没有就不写")
    paper_judge: DriverSection | None = Field(default=None, description="照片行不行由谁判断；有高拍仪就写")
    payment_terminal: DriverSection | None = Field(default=None, description="刷卡机，没有就不写")
    guide_light: DriverSection | None = Field(default=None, description="插卡口、出纸口等处的指示灯，没有就不写")
    presence_sensor: DriverSection | None = Field(default=None, description="机器前有没有人的感应器，没有就不写")
    power_source: DriverSection | None = Field(default=None, description="不间断电源（UPS），没有就不写")
    face: DriverSection | None = Field(
        default=None, description="刷脸：local_face 用上面的摄像头，certified 用下面的认证终端；不用就不写"
    )
    face_terminal: DriverSection | None = Field(default=None, description="医保认证刷脸终端，没有就不写")

    @property
    def present(self) -> dict[str, DriverSection]:
        """The sections that are written, by name, in the order of the fields."""
        sections = ((name, getattr(self, name)) for name in type(self).model_fields)
        return {name: section for name, section in sections if section is not None}


TERMINAL = "terminal"
"""The driver of a way of paying that needs no service: the terminal of `[devices.payment_terminal]` has its own."""


CERTIFIED = "certified"
"""The driver of `[devices.face]` that needs no camera of ours: `[devices.face_terminal]` has its own."""


class CertifiedFace(_Section):
    """`[devices.face]` with `driver = "certified"`: there is nothing to set."""


class FacePlatformSection(DriverSection):
    """What the province's service does for whoever gives the second consent; the driver's own keys stand beside."""

    photographs: bool = Field(default=True, description="证件没给照片时，取参保登记照片来比对")
    judges: bool = Field(default=False, description="把几张画面送省平台判断，由它给授权号")


class ConfirmingSection(DriverSection):
    """`[confirming]`: doctors confirm applications at this kiosk. The driver's own keys stand beside."""

    place: Path = Field(description="机器位置的文件，勘测过、签过名，见 docs/face.md；相对路径从随程序的 config 算起")
    place_key: str = Field(pattern=r"^[0-9a-f]{64}$", description="核对位置签名的 Ed25519 公钥，十六进制")
    items: tuple[str, ...] = Field(default=("chronic-application",), min_length=1, description="哪些事项可以在本机确认")


class TerminalMethod(_Section):
    """`[payments.NAME]` with `driver = "terminal"`."""

    patience: PositiveFloat = Field(default=180.0, description="在刷卡机上等患者付多少秒，到时取消")


_DOORS = (Door.OUTPATIENT, Door.SERVICES, Door.RIGHTS)
"""What a kiosk opens where the site names nothing; a door that leads to nothing there stays shut."""


class RulesSection(_Section):
    """Replacements for the flow's own patience, in seconds."""

    doors: tuple[Door, ...] = Field(
        default=_DOORS, min_length=1, max_length=5, description="首页开放的业务，最多五项；办不了的不出现"
    )
    relatives: tuple[Door, ...] = Field(default=(), description="家属可以代办的业务，先问“给谁办”")
    expired_id_cards: tuple[Whose, ...] = Field(
        default=(), description="过了有效期的身份证仍然收谁的：self 患者本人，relative 代办人；不写都不收"
    )
    insert_card: PositiveFloat = Field(default=90.0, description="等插卡")
    read_page: PositiveFloat = Field(default=180.0, description="看账单、看解释、确认")
    show_code: PositiveFloat = Field(default=120.0, description="等付款码")
    still_there: PositiveFloat = Field(default=45.0, description="“您还在吗”")
    failure_page: PositiveFloat = Field(default=90.0, description="出错页")
    next_steps_page: PositiveFloat = Field(default=60.0, description="下一步页")
    farewell_page: PositiveFloat = Field(default=8.0, description="告别页")
    card_left: PositiveFloat = Field(default=5.0, description="隔多久提醒一次取卡")
    machine_answers: PositiveFloat = Field(default=180.0, description="设备或对方一直没有回音时最多等多久")
    phone_watch: float = Field(
        default=5.0,
        ge=0,
        le=60,
        description="费用转到手机、人还没走时，隔几秒问一次医院付清了没有，付清就在这里打凭条；0 不问",
    )
    statement: bool = Field(default=True, description="打印 A4 结算说明")
    official: Official = Field(
        default=Official.NONE,
        description="医保平台或 HIS 的医保结算单：none 不取，beside 与本机的说明一起打，instead 代替本机的",
    )
    look_up: bool = Field(
        default=True, description="账单不全时可以扫就诊卡、导诊单或腕带再查；医院接口不支持就设为 false"
    )
    unhurried: float = Field(default=2.0, ge=1.0, le=5.0, description="关怀版、听语音、用按键的人，等待时间乘以几")
    care_age: int = Field(default=65, ge=0, le=120, description="多少岁起推荐关怀版，0 为不推荐")
    card_password: bool = Field(default=False, description="凭社保卡先在读卡器自己的键盘上输密码；读卡器没有键盘不要写")
    face_settles: bool = Field(default=False, description="缴费前可以由认证终端刷脸，凭它的授权结算；没有终端不要写")


class RefundSection(_Section):
    """How long each channel takes back what came by it; a site whose contracts say otherwise says so."""

    days: dict[str, Annotated[int, Field(ge=1, le=3660)]] = Field(
        default={"wechat": 365, "alipay": 365, "unionpay": 180},
        description="付款满多少天以后渠道不再原路退回，退费改打去窗口的小票；以与渠道的合同为准，没写的渠道只听医院的",
    )


class ReconcileSection(_Section):
    """For the one machine of the institution that closes the day (`kiosk reconcile`)."""

    kiosks: tuple[Annotated[int, Field(ge=0, le=999)], ...] = Field(
        default=(), description="本机构全部自助机的终端号；少了哪一台的账就不能日结"
    )
    rows: Path | None = Field(default=None, description="各机 kiosk journal export 的文件所在文件夹（*.jsonl）")
    acquirer_channels: tuple[str, ...] = Field(
        default=("unionpay",), description="钱在收单机构的渠道（刷卡机）：支付平台没有它们的账，只与医院核对"
    )
    insurer_list: bool = Field(
        default=True, description="直付服务给当天的理赔清单，逐笔核对赔了、拒赔、在看；不给就设为 false"
    )
    clr_type: str = Field(default="11", description="自助机结算的清算类别（clr_type），普通门诊 11")
    agrees: str = Field(default="0", description="stmt_rslt：平")
    platform_only: str = Field(default="101", description="stmt_rslt：中心多")
    institution_only: str = Field(default="102", description="stmt_rslt：机构多")
    amounts: str = Field(default="103", description="stmt_rslt：数据不一致")


class Settings(_Section):
    """Everything, frozen. Pass the part that is needed to who needs it."""

    kiosk: KioskSection
    site: SiteSection
    screen: ScreenSection = ScreenSection()
    staff: StaffSection = StaffSection()
    devices: DevicesSection
    settlement: DriverSection
    hospital: DriverSection
    payments: dict[str, DriverSection] = Field(min_length=1, description="付款方式，名称自取，第一种先用")
    filing: DriverSection | None = Field(default=None, description="受理经办事项的医保经办机构，不写就不开放办理")
    documents: DriverSection
    confirming: ConfirmingSection | None = Field(
        default=None, description="医生在本机刷脸确认慢特病申请；不写就只等医院系统的确认"
    )
    insurer: DriverSection | None = Field(
        default=None, description="商业保险、惠民保的直付服务：患者同意后才问；没有就不写"
    )
    face_platform: FacePlatformSection | None = Field(
        default=None, description="省平台的刷脸服务，另经本人第二次同意才用；不用就不写"
    )
    key_server: DriverSection | None = Field(default=None, description="社保卡密钥服务（三代卡无 PSAM 时），没有就不写")
    voucher_centre: DriverSection | None = Field(
        default=None, description="医保电子凭证中心：扫医保码、认证终端刷脸的是谁，没有就不写"
    )
    social_code: DriverSection | None = Field(default=None, description="电子社保卡的解码服务，厂商的驱动，没有就不写")
    rules: RulesSection = RulesSection()
    refund: RefundSection = RefundSection()
    reconcile: ReconcileSection = ReconcileSection()
    limits: dict[str, float] = Field(default_factory=dict, description="演练时替换策略包里的等待秒数；正式环境不用")


def settings_file(given: Path | None) -> Path:
    """The file to read: the one given, else the system's, else the one shipped with the kiosk (the demo)."""
    if given is not None:
        return given
    return SYSTEM_FILE if SYSTEM_FILE.exists() else shipped_file()


def shipped_file() -> Path:
    return config_dir() / "kiosk.toml"


def read_settings(
    path: Path,
    fill: Mapping[str, str],
    environment: Mapping[str, str] | None = None,
    changes: Mapping[str, Any] | None = None,
) -> Settings:
    """The settings in `path`, with `changes` laid over them and the environment over those; SettingsWrong names
    each key at fault.
    """
    tree, given = _changed(read_toml(path), changes or {}), os.environ if environment is None else environment
    _overlay(tree, given)
    try:
        return Settings.model_validate(_filled(tree, fill))
    except ValidationError as problem:
        wrong = _wrong(f"{path.name}:", problem, Settings)
        raise SettingsWrong(*(_by_its_variable(fault, path.name, given) for fault in wrong.faults)) from problem


def read_options(model: type[ModelT], options: Mapping[str, Any], section: str) -> ModelT:
    """A driver's own settings; SettingsWrong names section and key."""
    try:
        return model.model_validate(dict(options))
    except ValidationError as problem:
        wrong = _wrong(f"[{section}]", problem, model)
        raise SettingsWrong(*(_unfilled(fault, section, options) for fault in wrong.faults)) from problem


@overload
def read_toml(path: Path) -> dict[str, Any]: ...
@overload
def read_toml(path: Path, model: type[ModelT]) -> ModelT: ...
def read_toml(path: Path, model: type[ModelT] | None = None) -> ModelT | dict[str, Any]:
    """A data file of ours, checked by `model` when one is given; SettingsWrong names file and key."""
    try:
        tree = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as problem:
        raise SettingsWrong(f"{path.name}: {_why(problem)}") from problem
    if model is None:
        return tree
    try:
        return model.model_validate(tree)
    except ValidationError as problem:
        raise _wrong(f"{path.name}:", problem, model) from problem


def rules_of(
    settings: Settings, languages: tuple[str, ...], profile: SettlementProfile, methods: tuple[PayMethod, ...]
) -> Rules:
    """The site's patience and ways of paying, and what the province decides of a visit."""
    return Rules(
        **settings.rules.model_dump(),
        methods=methods,
        languages=languages,
        patient_waits=profile.limits.patient_waits,
        together=profile.one_payment,
        account_choice=profile.account_choice,
        window_insutypes=profile.window_insutypes,
        window_med_types=profile.window_med_types,
        staff=bool(settings.staff.codes),
        codes=settings.voucher_centre is not None or settings.social_code is not None,
        guided=settings.devices.guide_light is not None,
        photographs=settings.devices.document_camera is not None and settings.devices.paper_judge is not None,
        certified_faces=settings.devices.face is not None and settings.devices.face.driver == CERTIFIED,
        second_consent=settings.face_platform is not None,
        known_areas=frozenset({profile.mdtrtarea_admvs, *profile.pools}),
        password_cert_types=profile.password_cert_types,
        password_areas=profile.password_areas,
        away_areas=profile.away_areas,
        deposit_free=frozenset(profile.deposit_free),
        agent_sees=frozenset(profile.agent_sees),
        owner_first=profile.owner_first_areas,
        family_choice=profile.family.choice is not None,
        insurers=settings.insurer is not None,
    )


def with_services(rules: Rules, pack: Pack, book: Phrasebook, *, filing: bool, asking: bool) -> Rules:
    """The rules with the province's catalogue: a door that leads to nothing is not on the home page.

    `filing`: an office takes applications here; `asking`: the platform can be asked what is on file.
    """
    items = pack.services.items.values()
    opens = {
        Door.SERVICES: filing and any(item.kind is Kind.FILED for item in items),
        Door.RIGHTS: asking and any(item.kind is Kind.ANSWERED for item in items),
    }
    return replace(
        rules,
        doors=tuple(door for door in rules.doors if opens.get(door, True)),
        services=pack.services,
        book=book,
        pack=f"{pack.area} {pack.version}",
        hospital_area=pack.settlement.mdtrtarea_admvs,
    )


def _wrong(where: str, problem: ValidationError, model: type[BaseModel]) -> SettingsWrong:
    return SettingsWrong(*(f"{where} {correction}" for correction in corrections(problem, model)))


def _by_its_variable(fault: str, file: str, environment: Mapping[str, str]) -> str:
    """A key that the environment gave is not in the file: whoever mends it must look elsewhere."""
    key, _, told = fault.removeprefix(f"{file}: ").partition(": ")
    name = _ENVIRONMENT + key.upper().replace(".", "__")
    return f"{name}（环境变量 · from the environment）: {told}" if name in environment else fault


def _unfilled(fault: str, section: str, options: Mapping[str, Any]) -> str:
    """What only a running demonstration fills in is not misspelt, it is not filled in."""
    key = fault.removeprefix(f"[{section}] ").partition(": ")[0]
    if not _PLACEHOLDER.search(str(options.get(key, ""))):
        return fault
    return f"[{section}] {key}: 还是演示用的占位，请填上真的 · still the demonstration's placeholder"


def _why(problem: Exception) -> str:
    """What to do about a file that is no TOML at all, and where TOML stops being it."""
    match problem:
        case UnicodeDecodeError():
            return "请存成 UTF-8 再试 · not UTF-8: save it as such"
        case OSError():
            return f"读不到这个文件 · {problem.strerror or type(problem).__name__}"
        case _:
            line = _TOML_LINE.search(str(problem))
            where = f"第 {line[1]} 行第 {line[2]} 列" if line else "末尾"
            return f"{where}不合 TOML 的写法（文字要写在引号里） · {problem}; texts stand in quotes"


def _changed(tree: dict[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """The tree with other leaves; what a section has besides stays."""
    sections = {key: cast("dict[str, Any]", value) for key, value in changes.items() if isinstance(value, dict)}
    return tree | dict(changes) | {key: _changed(tree.get(key, {}), inner) for key, inner in sections.items()}


def _overlay(tree: dict[str, Any], environment: Mapping[str, str]) -> None:
    for name, value in environment.items():
        if not name.startswith(_ENVIRONMENT):
            continue
        *sections, key = name[len(_ENVIRONMENT) :].lower().split("__")
        place = tree
        if not key:
            raise SettingsWrong(f"{name}: names no key")
        for section in sections:
            inner: object = place.setdefault(section, {})
            if not isinstance(inner, dict):
                raise SettingsWrong(f"{name}: {section} is no section")
            place = cast("dict[str, Any]", inner)
        place[key] = _environment_value(value)


def _environment_value(value: str) -> object:
    try:
        return tomllib.loads(f"value = {value}")["value"]
    except tomllib.TOMLDecodeError:
        return value


def _filled(tree: object, fill: Mapping[str, str]) -> object:
    if isinstance(tree, str):
        return _PLACEHOLDER.sub(lambda match: fill.get(match[1], match[0]), tree)
    if isinstance(tree, dict):
        return {key: _filled(value, fill) for key, value in cast("dict[str, object]", tree).items()}
    if isinstance(tree, list):
        return [_filled(item, fill) for item in cast("list[object]", tree)]
    return tree
