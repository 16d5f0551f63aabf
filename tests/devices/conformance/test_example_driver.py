"""The driver of docs/example-driver: built into a wheel of its own, installed beside the kiosk, and put under the kit,
as any vendor's is.
"""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pypdf
import pytest

TEXTS = ("report.json", "junit.xml")
CODES = ("134567890123456789", "4240123456789012345678901234")
"""What the bench shows to the scanner."""
EXAMPLE = Path(__file__).parents[3] / "docs" / "example-driver"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    shutil.copytree(EXAMPLE, folder / "source")
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(folder)]
    subprocess.run(build, cwd=folder / "source", check=True, capture_output=True)
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path) -> Path:
    place = wheel.parent / "installed"
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", "--no-index", "--no-deps"]
    subprocess.run([*pip, "--target", str(place), str(wheel)], check=True, capture_output=True)
    return place


def kit(installed: Path, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    bench = shutil.copy(EXAMPLE / "bench.toml", folder)
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--kiosk-bench", str(bench), *options]
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(installed), str(EXAMPLE.parents[1])])}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


def test_the_example_passes_the_kit_and_says_so_in_three_forms(installed: Path, tmp_path: Path) -> None:
    done = kit(installed, tmp_path, "-q", "--kiosk-soak", "10")
    assert done.returncode == 0, done.stdout
    report = json.loads((tmp_path / "kiosk-report" / "report.json").read_text(encoding="utf-8"))
    (device,) = report["devices"]
    assert (device["driver"], device["package"], device["version"]) == ("example_scanner", "example-scanner", "1.0.0")
    assert (device["tier"], device["simulated"]) == ("silver", True)
    assert {check["outcome"] for check in device["checks"]} <= {"passed", "cannot", "not_claimed"}
    (page,) = pypdf.PdfReader(tmp_path / "kiosk-report" / "report.pdf").pages
    assert report["digest"] in page.extract_text()
    written = "".join((tmp_path / "kiosk-report" / name).read_text(encoding="utf-8") for name in TEXTS)
    assert written.count("example_scanner") > 2
    assert not [code for code in CODES if code in written]


def test_the_example_is_as_short_as_the_document_says() -> None:
    lines = (EXAMPLE / "example_scanner" / "__init__.py").read_text(encoding="utf-8").splitlines()
    code = [line for line in lines if line.strip() and not line.startswith(('"""', "from ", "import "))]
    assert len(code) <= 65
