import ssl
from collections.abc import Callable
from pathlib import Path

import pytest

from settlement.access import Access
from tests.support.tls import Authority


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("ours"), "ours")


@pytest.fixture(scope="session")
def server_context(authority: Authority) -> ssl.SSLContext:
    """Of a far end that wants to see our certificate."""
    return make_server_context(authority, authority)


def make_server_context(of: Authority, trusts: Authority, host: str = "localhost") -> ssl.SSLContext:
    identity = of.issue("server", host=host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(identity.cert, identity.key)
    context.load_verify_locations(trusts.ca)
    context.verify_mode = ssl.CERT_REQUIRED
    return context


@pytest.fixture(scope="session")
def access_to(authority: Authority) -> Callable[[str], Access]:
    identity = authority.issue("kiosk")

    def access(url: str) -> Access:
        return Access(url=url, ca=authority.ca, cert=identity.cert, key=identity.key)

    return access


@pytest.fixture
def missing(tmp_path: Path) -> Path:
    return tmp_path / "missing.pem"
