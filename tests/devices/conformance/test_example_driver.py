"""What docs/drivers.md tells a newcomer, done as it is written: the example is copied, gets a name of its own, is
installed beside the kiosk from its wheel, and passes the kit.
"""

import json
import os
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

from tests.devices.support.bare import BARE

TEXTS = ("report.json", "junit.xml")
CODES = ("134567890123456789", "4240123456789012345678901234")
"""What the bench shows to the scanner."""
ROOT = Path(__file__).parents[3]
EXAMPLE = ROOT / "docs" / "example-driver"


SHIMS = f"""
set -euo pipefail
pip() {{
    case "$2" in *yibao-kiosk*) return ;; esac  # it is installed already, with the tools of this run
    {sys.executable} -m pip --quiet --disable-pip-version-check "$1" --no-index --no-deps --no-build-isolation \\
        --target "$SITE" "$2"
}}
kiosk() {{ {sys.executable} -m kiosk "$@"; }}
pytest() {{ {sys.executable} -m pytest {" ".join(BARE)} -p no:cacheprovider -q --kiosk-soak 4 "$@"; }}
"""
"""A virtual environment in little: what is installed lies in a folder of its own, and no registry is asked."""


@pytest.fixture(scope="module")
def driver(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder that the commands of docs/drivers.md leave behind, and what they said."""
    folder = tmp_path_factory.mktemp("newcomer")
    (folder / "yibao-kiosk").symlink_to(ROOT)
    page = (ROOT / "docs" / "drivers.md").read_text(encoding="utf-8")
    _, _, rest = page.partition("```console\npip install")
    commands = "pip install" + rest.partition("```")[0]
    place = folder / "site"
    environment = os.environ | {"SITE": str(place), "PYTHONPATH": os.pathsep.join([str(place), str(ROOT)])}
    command = ["bash", "-c", SHIMS + commands]
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "my-driver", done.stdout


def test_a_newcomers_driver_passes_the_kit_and_says_so_in_three_forms(driver: tuple[Path, str]) -> None:
    folder, said = driver
    assert "my_scanner" in said.partition("kiosk kit")[0], "kiosk devices list"
    report = json.loads((folder / "kiosk-report" / "report.json").read_text(encoding="utf-8"))
    (device,) = report["devices"]
    assert (device["driver"], device["package"], device["version"]) == ("my_scanner", "my-scanner", "1.0.0")
    assert (device["tier"], device["simulated"]) == ("silver", True)
    assert {check["outcome"] for check in device["checks"]} <= {"passed", "cannot", "not_claimed"}
    (page,) = pypdf.PdfReader(folder / "kiosk-report" / "report.pdf").pages
    assert report["digest"] in page.extract_text()
    written = "".join((folder / "kiosk-report" / name).read_text(encoding="utf-8") for name in TEXTS)
    assert written.count("my_scanner") > 2
    assert not [code for code in CODES if code in written]


def test_the_wheel_is_the_packages_own(driver: tuple[Path, str], tmp_path: Path) -> None:
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=driver[0], check=True, capture_output=True)
    assert [wheel.name for wheel in tmp_path.iterdir()] == ["my_scanner-1.0.0-py3-none-any.whl"]


def test_the_example_is_as_short_as_the_document_says() -> None:
    lines = (EXAMPLE / "example_scanner" / "__init__.py").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line.strip() and not line.startswith(('"""', "from ", "import "))]
    assert len(code) <= 65
