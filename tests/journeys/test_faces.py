"""Admission by face, from the ID card to the desk: the whole kiosk, a drawn person before its simulated camera."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from devices.face.models import missing, models_folder
from devices.sim.face.presented import Presented
from kiosk.domain.codes import CertType
from kiosk.installed import config_dir
from tests.support.forking import Forge
from tests.support.house import House, house

if missing(models_folder()):
    pytest.skip("no face models: make setup fetches them", allow_module_level=True)

SCRIPT = (config_dir() / "visits" / "admission-face.toml").read_text(encoding="utf-8")
SHIPPED = (config_dir() / "kiosk.toml").read_text(encoding="utf-8")
STANDS = '{ do = "person", person = "zhangsan" }]\n\n'
SOON = "frozen"
"""The attack that is over soonest; the others take part in the long run."""
ATTACKS = [kind.value for kind in Presented if kind is not Presented.LIVE]
WHEN = [pytest.param(kind, marks=() if kind == SOON else pytest.mark.long) for kind in ATTACKS]


@pytest.fixture(scope="module")
def home(forge: Forge, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house(tmp_path_factory.mktemp("faces"), forge) as made:
        yield made


def script(place: Path, stands: str, outcome: str) -> str:
    """The installed script with somebody, or something, else before the camera."""
    assert STANDS in SCRIPT
    changed = SCRIPT.replace(STANDS, f'{{ do = "person", {stands} }}]\n\n').replace('"answered"', f'"{outcome}"')
    path = place / f"{outcome}.toml"
    path.write_text(changed, encoding="utf-8")
    return str(path)


def judged(home: House) -> list[dict[str, Any]]:
    lines = (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [record for record in map(json.loads, lines) if record["event"] == "face_checked"]


@pytest.mark.timeout(180)
def test_the_person_of_the_card_is_let_through(home: House) -> None:
    ended = home.visit(name="admission-face")
    assert ended.code == 0, (ended.lines, ended.errors[-3:], judged(home))
    assert (ended.answer["outcome"], ended.answer["fault"]) == ("answered", None)
    assert "FaceDone" in ended.answer["states"]
    assert judged(home)[-1]["detail"].startswith("accepted local compared")
    assert "consented" in (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8")


@pytest.mark.timeout(180)
def test_another_person_with_the_card_is_sent_to_the_desk(home: House, tmp_path: Path) -> None:
    stands = 'person = "liguihua", cards = ["zhangsan"]'
    ended = home.visit(name=script(tmp_path, stands, "failed"))
    assert "FaceDone" not in ended.answer["states"]
    assert ended.answer["states"].count("FaceChecking") == 2
    assert "FaceElsewhere" in ended.answer["states"]


@pytest.mark.timeout(180)
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=() if kind == "frozen" else pytest.mark.long) for kind in ATTACKS]
)
def test_no_attack_gets_through(home: House, tmp_path: Path, kind: str) -> None:
    stands = f'person = "zhangsan", other = "liguihua", presented = "{kind}"'
    ended = home.visit(name=script(tmp_path, stands, "failed"))
    assert ended.answer["outcome"] in {"refused", "failed"}, ended.answer
    assert "FaceDone" not in ended.answer["states"]
    assert "FaceElsewhere" in ended.answer["states"]


@pytest.mark.long
@pytest.mark.timeout(180)
def test_a_doctor_confirms_an_application_in_person_and_nobody_else_does(forge: Forge, tmp_path: Path) -> None:
    with house(tmp_path / "home", forge) as home:
        ended = home.visit(name="doctor-confirms")
        assert (ended.code, ended.answer["outcome"]) == (0, "filed"), (ended.lines, judged(home))
        audit = (home.root / "kiosk" / "audit.jsonl").read_text(encoding="utf-8")
        assert audit.count('"case_attested"') == 1
        assert len(home.ledger("SELECT * FROM case_confirmations")) == 1
        told = (config_dir() / "visits" / "doctor-confirms.toml").read_text(encoding="utf-8")
        other = tmp_path / "another.toml"
        other.write_text(told.replace('person = "doctor-he"', 'person = "sunli"'), encoding="utf-8")
        assert "FaceElsewhere" in home.visit(name=str(other)).answer["states"]
        assert len(home.ledger("SELECT * FROM case_confirmations")) == 1


PROVINCE = """

[face_platform]
driver = "front"
judges = {judges}
url = "{{backend.url}}"
ca = "{{workdir}}/backend/ca.pem"
cert = "{{workdir}}/backend/kiosk.pem"
key = "{{workdir}}/backend/kiosk.key"
"""
CERTIFIED = """

[devices.face_terminal]
driver = "sim_nation_ec"
socket = "{sim}/face.sock"
org_id = "H00000000001"
operator_id = "003"
"""


@pytest.mark.long
@pytest.mark.timeout(180)
@pytest.mark.parametrize(("judges", "who"), [("false", "local"), ("true", "platform")])
def test_with_the_second_consent_the_province_helps(forge: Forge, tmp_path: Path, judges: str, who: str) -> None:
    """The social security card has no picture: what is compared with is the enrolled one."""
    config = tmp_path / "kiosk.toml"
    config.write_text(SHIPPED + PROVINCE.format(judges=judges), encoding="utf-8")
    with house(tmp_path / "home", forge, config=config) as home:
        ended = home.visit(name="admission-enrolled")
        assert (ended.code, ended.answer["outcome"]) == (0, "answered"), (ended.lines, judged(home))
        assert judged(home)[-1]["detail"].startswith(f"accepted {who} compared")


@pytest.mark.long
@pytest.mark.timeout(180)
def test_a_certified_terminal_judges_without_our_camera(forge: Forge, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(SHIPPED.replace('"local_face"', '"certified"') + CERTIFIED, encoding="utf-8")
    with house(tmp_path / "home", forge, config=config) as home:
        ended = home.visit(name="admission-certified")
        assert (ended.code, ended.answer["outcome"]) == (0, "answered"), (ended.lines, judged(home))
        assert judged(home)[-1]["detail"].startswith("accepted certified compared")


ADAPTERS = {"direct": None, "his": config_dir() / "sites" / "his.toml"}


@pytest.mark.timeout(180)
@pytest.mark.parametrize("adapter", ["direct", pytest.param("his", marks=pytest.mark.long)])
def test_a_bill_is_settled_on_the_terminals_word_and_not_on_the_cards(
    forge: Forge, tmp_path: Path, adapter: str
) -> None:
    """The far side takes the token in place of the card's number in every message of money."""
    shipped = (ADAPTERS[adapter] or config_dir() / "kiosk.toml").read_text(encoding="utf-8")
    config = tmp_path / "kiosk.toml"
    settles = "\n[rules]\nface_settles = true\n"
    config.write_text(shipped.replace('"local_face"', '"certified"') + CERTIFIED + settles, encoding="utf-8")
    with house(tmp_path / "home", forge, config=config) as home:
        ended = home.visit(name="outpatient-face")
        assert (ended.code, ended.answer["outcome"]) == (0, "settled"), (ended.lines, judged(home), ended.errors[-3:])
        assert judged(home)[-1]["detail"].startswith("accepted certified compared")
        (entry,) = home.entries().values()
        assert entry.plan.person.credential.cert_type is CertType.VOUCHER
        assert (home.audit()["settled"], home.audit()["violations"]) == (1, [])


@pytest.mark.long
@pytest.mark.timeout(180)
def test_whoever_comes_for_the_patient_is_compared_with_their_own_card(forge: Forge, tmp_path: Path) -> None:
    config = tmp_path / "kiosk.toml"
    config.write_text(f'{SHIPPED}\n[rules]\nrelatives = ["admission"]\n', encoding="utf-8")
    with house(tmp_path / "home", forge, config=config) as home:
        ended = home.visit(name="admission-agent")
        assert (ended.code, ended.answer["outcome"]) == (0, "answered"), (ended.lines, judged(home))
        assert "FaceAgent" in ended.answer["states"]
        assert judged(home)[-1]["detail"].startswith("accepted local compared")
