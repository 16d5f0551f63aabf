"""Reports go to vendors and hospitals: nothing in them names the people whose cards, codes and faces were shown."""

import json
import subprocess
import sys

import pypdf
import pytest

from tests.devices.support.bare import BARE
from tests.support.nobody import people

pytestmark = pytest.mark.xdist_group("private reports")  # one run of the kit for all of them
BENCH = """
operator = "sim"
by = "tests"
soak = 4

[[device]]
kind = "card_reader"
driver = "sim_social_card"
settings = { socket = "{sim.card}", answer_seconds = 0.5 }

[[device]]
kind = "id_reader"
driver = "sim_sam_v"
settings = { port = "{sim.id_reader}", answer_seconds = 0.8 }

[[device]]
kind = "face_terminal"
driver = "sim_nation_ec"
name = "of_somebody_else"
settings = { socket = "{sim.face_terminal}", org_id = "H00000000001", operator_id = "003" }
stand = { name = "李红", resident_id = "111111198202021118" }

[[device]]
kind = "pin_pad"
driver = "sim_pin_pad"
settings = { port = "{sim.pin_pad}", answer_seconds = 0.3 }

[[device]]
kind = "payment_terminal"
driver = "sim_payment_terminal"
settings = { port = "{sim.payment_terminal}", answer_seconds = 0.3 }
"""
SHOWN = ("246813", "6200000000000000056", "EC000000MONI", "李红", "111111198202021118")
"""PINs, a bank card, tokens, and whom one bench expected in vain."""
CHECKS = "many_visits or generations or leads_to_its_holder or digits_go_in or repr"


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Each form of the report as text, of a run in which some checks passed and some failed."""
    folder = tmp_path_factory.mktemp("reports")
    (folder / "bench.toml").write_text(BENCH, encoding="utf-8")
    kit = [sys.executable, "-m", "pytest", *BARE, "-q", "-p", "no:cacheprovider", "--kiosk-bench", "bench.toml"]
    done = subprocess.run([*kit, "-k", CHECKS], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 1, done.stdout
    made = folder / "kiosk-report"
    texts = {name: (made / name).read_text(encoding="utf-8") for name in ("report.json", "junit.xml")}
    pages = pypdf.PdfReader(made / "report.pdf").pages
    return texts | {"report.pdf": "\n".join(page.extract_text() for page in pages)}


def test_no_form_of_a_report_names_anybody(reports: dict[str, str]) -> None:
    spelt = {spelling for secret in {*people(), *SHOWN} for spelling in (secret, json.dumps(secret).strip('"'))}
    assert len(spelt) > 100
    assert [f"{form}: {word}" for form, text in reports.items() for word in spelt if word in text] == []


def test_it_was_a_run_in_which_people_were_shown_and_missed(reports: dict[str, str]) -> None:
    """A search through a report of nothing would find nothing either."""
    devices = {device["title"]: device for device in json.loads(reports["report.json"])["devices"]}
    outcomes = {name: {check["outcome"] for check in device["checks"]} for name, device in devices.items()}
    assert "failed" in outcomes["of_somebody_else"]
    assert all("passed" in of_one for of_one in outcomes.values())
    assert all(driver in form for driver in ("sim_social_card", "of_somebody_else") for form in reports.values())
