"""From pack and site to headers: what each kind needs, and that nothing is the same twice that must not be."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from kiosk.domain.policy import Csb, Signing
from settlement.reference.keys import ACCOUNT, prepare_keys
from settlement.signing.styles import ByHeaders, Sealed, SiteNames, Style, style_maker
from tests.support.parties import PROFILE, HandClock

HEADERS = {
    Signing.NONE: set[str](),
    Signing.TIF: {"x-tif-paasid", "x-tif-timestamp", "x-tif-nonce", "x-tif-signature"},
    Signing.CSB: {"_api_name", "_api_version", "_api_access_key", "_api_timestamp", "_api_signature"},
    Signing.X_CA: {"x-ca-key", "x-ca-signature"},
    Signing.APIKEY: {"apikey"},
    Signing.SEALED: set[str](),
}


@pytest.fixture
def site(tmp_path: Path) -> SiteNames:
    prepare_keys(tmp_path)
    return SiteNames(
        "H00000000001",
        ACCOUNT,
        tmp_path / "gateway.secret",
        tmp_path / "gateway-kiosk.sm2",
        tmp_path / "gateway-platform.pub",
    )


def style(signing: Signing, site: SiteNames, clock: HandClock | None = None, csb: Csb | None = None) -> Style:
    profile = replace(PROFILE, signing=signing, csb=csb or Csb("fsi", "1.0.0"))
    return style_maker(profile, site, clock or HandClock())()


@pytest.mark.parametrize("signing", Signing)
def test_each_kind_has_its_headers_and_leaves_or_wraps_the_message(signing: Signing, site: SiteNames) -> None:
    signed = style(signing, site).sign(b"{}")
    assert set(signed.headers) == HEADERS[signing]
    assert (signed.body == b"{}") is (signing is not Signing.SEALED)


@pytest.mark.parametrize(
    ("signing", "needed"),
    [
        (Signing.TIF, "account, secret"),
        (Signing.CSB, "account, secret"),
        (Signing.X_CA, "secret"),
        (Signing.APIKEY, "secret"),
        (Signing.SEALED, "account, secret, sm2_key, sm2_platform"),
    ],
)
def test_a_key_that_is_missing_in_the_settings_is_named_at_once(signing: Signing, needed: str) -> None:
    with pytest.raises(ValueError, match=rf"^signing {signing} needs {needed}$"):
        style_maker(replace(PROFILE, signing=signing), SiteNames("H00000000001"), HandClock())


@pytest.mark.parametrize("signing", [signing for signing in Signing if signing is not Signing.NONE])
def test_a_file_that_is_missing_is_found_out_when_it_is_needed_and_not_before(
    signing: Signing, site: SiteNames, tmp_path: Path
) -> None:
    (tmp_path / "gateway.secret").rename(tmp_path / "away")
    make = style_maker(replace(PROFILE, signing=signing, csb=Csb("a", "b")), site, HandClock())
    with pytest.raises(FileNotFoundError):
        make()
    (tmp_path / "away").rename(tmp_path / "gateway.secret")
    assert isinstance(make(), ByHeaders | Sealed)


def test_a_nonce_is_used_once_and_time_goes_on(site: SiteNames) -> None:
    clock = HandClock()
    tif = style(Signing.TIF, site, clock)
    first, second = tif.sign(b"{}").headers, tif.sign(b"{}").headers
    assert first["x-tif-nonce"] != second["x-tif-nonce"]
    clock.shown += timedelta(seconds=5)
    assert int(tif.sign(b"{}").headers["x-tif-timestamp"]) == int(first["x-tif-timestamp"]) + 5


def test_csb_counts_in_what_the_province_counts(site: SiteNames) -> None:
    clock = HandClock()
    for milliseconds, unit in ((False, 1), (True, 1000)):
        headers = style(Signing.CSB, site, clock, Csb("fsi", "1.0.0", milliseconds)).sign(b"{}").headers
        assert headers["_api_timestamp"] == str(int(clock.shown.timestamp()) * unit)


def test_the_institution_is_the_key_unless_the_site_says_otherwise(site: SiteNames) -> None:
    assert style(Signing.X_CA, replace(site, account=None)).sign(b"{}").headers["x-ca-key"] == "H00000000001"
    assert style(Signing.X_CA, site).sign(b"{}").headers["x-ca-key"] == ACCOUNT


def test_what_was_signed_shows_names_of_headers_only(site: SiteNames) -> None:
    secret = (site.secret or Path()).read_text(encoding="ascii").strip()
    shown = repr(style(Signing.APIKEY, site).sign(b'{"certno":"111111198101011110"}'))
    assert shown == "Signed(31 bytes, apikey)"
    assert secret not in shown + repr(style(Signing.SEALED, site)) + repr(style(Signing.TIF, site))
