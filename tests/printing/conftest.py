from __future__ import annotations

import pytest

from kiosk.installed import config_dir
from kiosk.messages import Catalogue, Texts


@pytest.fixture(scope="session")
def catalogue() -> Catalogue:
    return Catalogue.read(config_dir() / "texts")


@pytest.fixture(scope="session")
def zh(catalogue: Catalogue) -> Texts:
    return catalogue.of("zh")


@pytest.fixture(scope="session")
def en(catalogue: Catalogue) -> Texts:
    return catalogue.of("en")
