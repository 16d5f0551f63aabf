"""The locks: every package with its hashes, no address of a registry, and only licences we can live with."""

import re
from importlib.metadata import PackageNotFoundError, metadata

import pytest

from tests.architecture.source import ROOT

LOCKS = ("bench.txt", "build.txt", "dev.txt", "kiosk.txt")

# Words of a licence expression or classifier that bind a user of the library to nothing but naming its authors.
FREE = {
    "0BSD", "Apache", "Apache-2.0", "BSD", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "HPND", "ISC", "MIT", "MIT-0",
    "MIT-CMU", "PSF-2.0", "Zlib",
}  # fmt: skip

# Everything else, package by package, with the reason it may stay.
EXCEPTIONS = {
    "atheris": "Apache-2.0, which its metadata leaves unsaid; long fuzzing only",
    "hypothesis": "MPL-2.0; tests only",
    "pathspec": "MPL-2.0; builds and checks only, unchanged",
    "psycopg": "LGPL-3.0-only; a library of its own, unchanged and replaceable, in no kiosk",
    "psycopg-binary": "LGPL-3.0-only; part of psycopg",
    "pyscard": "LGPL-2.1-or-later; a library of its own, unchanged and replaceable",
    "pyside6-essentials": "LGPL-3.0; shared libraries, unchanged and replaceable",
    "shiboken6": "LGPL-3.0; part of PySide6",
}


def entries(lock: str) -> list[str]:
    """The lines of a lock, each requirement with its hashes joined to one."""
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    return text.replace("\\\n", " ").splitlines()


def locked_names(lock: str) -> list[str]:
    return [entry.split("==")[0] for entry in entries(lock)]


def licence(package: str) -> str:
    """What the installed package says: its expression, else its classifiers, else its old free text."""
    about = metadata(package)
    classifiers = [line.split(" :: ")[-1] for line in about.get_all("Classifier") or [] if line.startswith("License")]
    texts = about.get_all("License-Expression") or classifiers or about.get_all("License") or ["says nothing"]
    return "; ".join(texts)


def is_free(text: str) -> bool:
    """One alternative of "A OR B" is enough; of "A AND B" all parts must be free."""
    return any(_all_free(part) for part in re.split(r"\bOR\b", text))


def _all_free(text: str) -> bool:
    parts = re.split(r"\bAND\b|[;,]", text)
    named = [part.strip(" ()") for part in parts if part.strip() not in {"DFSG approved", "dependency licenses"}]
    return all(re.sub(r" (Software )?Licen[cs]e.*", "", part) in FREE for part in named)


@pytest.mark.parametrize("lock", LOCKS)
def test_each_requirement_is_exact_and_hashed(lock: str) -> None:
    loose = [entry for entry in entries(lock) if not re.match(r"[a-z0-9-]+==\S+ .*--hash=sha256:[0-9a-f]{64}", entry)]
    assert loose == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_registry(lock: str) -> None:
    text = (ROOT / "requirements" / lock).read_text(encoding="utf-8")
    assert re.findall(r".*(?:://|--index|--extra-index|--find-links| @ ).*", text) == []


def test_kiosk_and_development_run_the_same_versions() -> None:
    def versions(lock: str) -> set[str]:
        return {entry.split(" ")[0] for entry in entries(lock)}

    assert versions("kiosk.txt") | versions("build.txt") <= versions("dev.txt")


def test_tools_stay_out_of_what_a_kiosk_runs() -> None:
    tools = {"basedpyright", "hypothesis", "mypy", "pytest", "ruff", "setuptools", "uv"}
    assert tools & set(locked_names("kiosk.txt")) == set()


def test_every_licence_is_free_or_excepted_by_name() -> None:
    binding = {
        name: text for name, text in _installed_licences().items() if not is_free(text) and name not in EXCEPTIONS
    }
    assert binding == {}


def test_no_exception_outlives_its_package() -> None:
    assert set(EXCEPTIONS) <= set(locked_names("dev.txt"))


def _installed_licences() -> dict[str, str]:
    """Packages of other platforms stand in the lock but are not installed here."""
    licences: dict[str, str] = {}
    for name in locked_names("dev.txt"):
        try:
            licences[name] = licence(name)
        except PackageNotFoundError:
            assert any(entry.startswith(f"{name}==") and ";" in entry for entry in entries("dev.txt")), name
    assert len(licences) > 40
    return licences


@pytest.mark.parametrize(
    ("text", "free"),
    [
        ("MIT", True),
        ("Apache-2.0 OR BSD-3-Clause", True),
        ("LGPL-3.0-only OR GPL-3.0-only", False),
        ("GPL-2.0-only OR MIT", True),
        ("MIT AND GPL-3.0-only", False),
        ("GNU General Public License v3 (GPLv3)", False),
        ("DFSG approved; MIT License", True),
        ("says nothing", False),
    ],
)
def test_licence_texts_are_read_as_they_mean(text: str, free: bool) -> None:
    assert is_free(text) is free
