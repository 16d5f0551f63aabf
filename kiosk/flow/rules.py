"""Seconds and switches of the flows, fixed when the kiosk starts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from kiosk.domain.agent import Sight
from kiosk.domain.catalogue import NO_SERVICES, Services
from kiosk.domain.confirming import Place
from kiosk.flow.phrases import NO_PHRASES, Phrasebook
from kiosk.ports.payment import Way


class Door(StrEnum):
    """The services behind the tiles of the home page; only doors that open are listed in the settings."""

    OUTPATIENT = "outpatient"
    ADMISSION = "admission"
    SERVICES = "services"
    RIGHTS = "rights"
    RECEIPTS = "receipts"
    REFUND = "refund"


class Look(StrEnum):
    """How the pages look: the four themes, of equal shape. Each visit begins with the standard one."""

    STANDARD = "standard"
    ELDER = "elder"
    CONTRAST_DARK = "contrast_dark"
    CONTRAST_LIGHT = "contrast_light"


class Whose(StrEnum):
    """For whom somebody stands here: for themselves, or a relative for the patient (家属代办)."""

    SELF = "self"
    RELATIVE = "relative"


class Official(StrEnum):
    """Whether the official 医保结算单 is fetched, and whether our own statement is printed beside it."""

    NONE = "none"
    BESIDE = "beside"
    INSTEAD = "instead"


@dataclass(frozen=True, slots=True)
class PayMethod:
    """One way of paying that the site offers: its name in the site file, and what the kiosk does for it.

    `seconds`: how long an order of it stays open for the person.
    """

    name: str
    way: Way = Way.SCANNED
    seconds: float = 60.0


@dataclass(frozen=True, slots=True)
class Rules:
    """`relatives` are the doors that are open to relatives of the patient too: they begin by asking whose visit it is.

    Patience of each page in seconds, generous for slow readers; `still_there` is the warning's own length.

    `machine_answers` ends the wait for a device or a far party that never says anything: no page stays for ever.
    `phone_watch` is how long after an answer the hospital is asked again whether a phone has paid; 0: it never is.
    `official`: the 医保结算单 of platform or HIS is fetched and printed.
    `look_up`: bills are looked for under the code of a hospital card, slip or wristband too.
    `methods` are the ways of paying in the order of the site file; paying at a window is always one more.
    Five are the province's: whether several bills may be paid with one payment, whether the account's money
    may be kept, which insurances and kinds of care are settled at a window only, and the areas of insurance it knows
    (none: all). `unhurried` multiplies the patience for who listens, uses keys or 关怀; from `care_age` on 关怀 is
    suggested (0: to nobody); `staff` is whether anybody has a code for the entrance, `guided` whether there are
    lights beside the slots, `codes` whether a code that is scanned tells who is there. `services` is the
    province's catalogue, `pack` names that pack and its version; `book` has the kiosk's own words for it, and
    `hospital_area` is where this kiosk stands.
    `away_areas` are the areas of other pools, whose people may have to file that they are treated here.
    `deposit_free` are the identities (psn_idet_type) whose bearers are treated first and pay later;
    `agent_sees` is what of a stay a relative who settles it may see. `insurers`: commercial insurers can be asked.
    `owner_first` are the areas whose people draw on a relative's account before their own, `family_choice` is whether
    the province has a field by which it may be left alone.
    `photographs`: papers can be photographed here. `certified_faces`: faces are the certified terminal's business and
    not our camera's. `second_consent`: the province's service may be asked too, by whoever agrees to that as well.
    `card_password`: whoever comes with a social security card enters its password on the reader's own keys before
    anything is asked about them. `face_settles`: whoever likes has the certified terminal look at them before they pay,
    and settles on its word in place of the card's. `expired_id_cards`: whose ID cards are taken after their last day.
    `place` is where this kiosk stands, surveyed and signed, and
    `confirmed_here` are the items that a doctor may confirm at it.
    """

    doors: tuple[Door, ...] = (Door.OUTPATIENT,)
    relatives: tuple[Door, ...] = ()
    languages: tuple[str, ...] = ("zh", "en")
    insert_card: float = 90.0
    read_page: float = 180.0
    show_code: float = 120.0
    still_there: float = 45.0
    failure_page: float = 90.0
    next_steps_page: float = 60.0
    farewell_page: float = 8.0
    card_left: float = 5.0
    machine_answers: float = 180.0
    phone_watch: float = 5.0
    patient_waits: float = 60.0
    statement: bool = True
    official: Official = Official.NONE
    look_up: bool = True
    methods: tuple[PayMethod, ...] = (PayMethod("scan"),)
    together: bool = False
    account_choice: bool = False
    window_insutypes: tuple[str, ...] = ()
    window_med_types: tuple[str, ...] = ()
    known_areas: frozenset[str] = frozenset()
    password_cert_types: tuple[str, ...] = ()
    password_areas: frozenset[str] = frozenset()
    unhurried: float = 2.0
    care_age: int = 65
    staff: bool = False
    guided: bool = False
    services: Services = NO_SERVICES
    book: Phrasebook = NO_PHRASES
    pack: str = ""
    hospital_area: str = ""
    codes: bool = False
    away_areas: frozenset[str] = frozenset()
    photographs: bool = False
    certified_faces: bool = False
    second_consent: bool = False
    card_password: bool = False
    face_settles: bool = False
    expired_id_cards: tuple[Whose, ...] = ()
    place: Place | None = None
    confirmed_here: frozenset[str] = frozenset()
    deposit_free: frozenset[str] = frozenset()
    agent_sees: frozenset[Sight] = frozenset()
    insurers: bool = False
    owner_first: frozenset[str] = frozenset()
    family_choice: bool = False
