"""SM2, SM3 and SM4 by published vectors, and by two libraries that share no code."""

import random
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from settlement.reference import sm
from settlement.signing import primitives
from settlement.signing.sm2 import GmAlg, GmSsl, KeyPair, PublicKey, point_of
from tests.settlement.signing import vectors

PRIVATE, POINT = bytes.fromhex(vectors.SM2_PRIVATE), bytes.fromhex(vectors.SM2_PUBLIC)
SIGNATURE = bytes.fromhex(vectors.SM2_SIGNATURE)
MESSAGE, USER = vectors.SM2_MESSAGE, vectors.SM2_USER


@pytest.fixture(params=[GmSsl, GmAlg], ids=["gmssl", "gmalg"])
def library(request: pytest.FixtureRequest) -> GmSsl | GmAlg:
    try:
        return request.param()  # type: ignore[no-any-return]
    except ImportError:
        pytest.skip("no wheel for this machine")


# --- published vectors ---


@pytest.mark.parametrize("digest", [primitives.sm3, sm.sm3], ids=["ours", "the other"])
def test_sm3_of_the_standard(digest: Callable[[bytes], bytes]) -> None:
    assert digest(b"abc").hex() == vectors.SM3_ABC
    assert digest(b"abcd" * 16).hex() == vectors.SM3_ABCD_16


@pytest.mark.parametrize(
    ("encrypt", "decrypt"),
    [(primitives.sm4_encrypt, primitives.sm4_decrypt), (sm.sm4_encrypt, sm.sm4_decrypt)],
    ids=["ours", "the other"],
)
def test_sm4_of_the_standard(
    encrypt: Callable[[bytes, bytes], bytes], decrypt: Callable[[bytes, bytes], bytes]
) -> None:
    key, plain = bytes.fromhex(vectors.SM4_KEY), bytes.fromhex(vectors.SM4_PLAIN)
    assert encrypt(key, plain)[:16].hex() == vectors.SM4_ONCE
    assert decrypt(key, encrypt(key, plain)) == plain


@pytest.mark.long
@pytest.mark.timeout(300)
def test_sm4_of_the_standard_a_million_times() -> None:
    key, block = bytes.fromhex(vectors.SM4_KEY), bytes.fromhex(vectors.SM4_PLAIN)
    for _ in range(1_000_000):
        block = primitives.sm4_encrypt(key, block)[:16]
    assert block.hex() == vectors.SM4_A_MILLION_TIMES


def test_sm2_signature_of_the_standard(library: GmSsl | GmAlg) -> None:
    public = PublicKey(POINT, library)
    assert public.verifies(MESSAGE, SIGNATURE, USER)
    assert not public.verifies(MESSAGE + b".", SIGNATURE, USER)
    assert not public.verifies(MESSAGE, SIGNATURE, USER[::-1]), "the signer's name is signed too"


# --- two libraries ---


def agree(seed: int, count: int) -> None:
    """Random messages: equal digests and ciphertexts, and each library takes the other's signature."""
    dice = random.Random(seed)
    pair = sm.new_pair()
    ours = KeyPair(pair.private, point_of(pair.public))
    public = PublicKey(ours.point)
    for _ in range(count):
        message, key, user = dice.randbytes(dice.randrange(1, 300)), dice.randbytes(16), dice.randbytes(32)
        assert primitives.sm3(message) == sm.sm3(message)
        assert primitives.hmac_sm3(user * 3, message) == sm.hmac_sm3(user * 3, message)
        sealed = primitives.sm4_encrypt(key, message)
        assert sealed == sm.sm4_encrypt(key, message)
        assert primitives.sm4_decrypt(key, sealed) == sm.sm4_decrypt(key, sealed) == message
        assert sm.verifies(pair.public, message, ours.sign(message, user), user)
        assert public.verifies(message, sm.sign(pair, message, user), user)


def test_two_libraries_agree_on_a_sample() -> None:
    agree(seed=0, count=40)


@pytest.mark.long
@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", range(8))
def test_two_libraries_agree_on_ten_thousand_messages(share: int) -> None:
    agree(seed=share + 1, count=1250)


@given(st.binary(max_size=80))
def test_what_is_no_signature_is_no_defect(junk: bytes) -> None:
    for kind in (GmSsl, GmAlg):
        try:
            public = PublicKey(POINT, kind())
        except ImportError:
            continue
        assert not public.verifies(MESSAGE, junk, USER)


@pytest.mark.parametrize("junk", [bytes(64), b"\xff" * 64, SIGNATURE[:32] * 2, SIGNATURE[::-1], SIGNATURE + b"\0"])
def test_numbers_that_no_signature_has_are_refused(library: GmSsl | GmAlg, junk: bytes) -> None:
    assert not PublicKey(POINT, library).verifies(MESSAGE, junk, USER)


# --- keys ---


def test_signatures_of_one_message_differ(library: GmSsl | GmAlg) -> None:
    """Equal ones would mean equal nonces, and those give the key away."""
    pair = KeyPair(PRIVATE, POINT, library)
    assert len({pair.sign(MESSAGE, USER) for _ in range(20)}) == 20


def test_a_pair_that_does_not_belong_together_is_refused(library: GmSsl | GmAlg) -> None:
    other = point_of(sm.new_pair().public)
    with pytest.raises(ValueError, match="another private key"):
        KeyPair(PRIVATE, other, library)


def test_a_number_that_begins_with_zeros_keeps_its_place(library: GmSsl | GmAlg, long_run: bool) -> None:
    """One signature in 128 has such an r or s, and a library that writes numbers short would shift it."""
    pair = KeyPair(PRIVATE, POINT, library)
    signatures = [pair.sign(MESSAGE, USER) for _ in range(600 if long_run else 60)]
    assert {len(signature) for signature in signatures} == {64}
    short = [each for each in signatures if not each[0] or not each[32]]
    assert all(PublicKey(POINT, library).verifies(MESSAGE, each, USER) for each in short)


@pytest.mark.parametrize("private", [b"", bytes(32), PRIVATE[:31]])
def test_what_is_no_private_key_is_refused(private: bytes) -> None:
    with pytest.raises(ValueError, match="no SM2 private key"):
        KeyPair(private, POINT)


def test_a_point_off_the_curve_verifies_nothing(library: GmSsl | GmAlg) -> None:
    assert not PublicKey(bytes(63) + b"\1", library).verifies(MESSAGE, SIGNATURE, USER)


def test_a_public_key_comes_with_and_without_its_prefix() -> None:
    assert point_of(b"\4" + POINT) == point_of(POINT) == POINT
    for wrong in (POINT[:63], b"\3" + POINT, b""):
        with pytest.raises(ValueError, match="no SM2 public key"):
            point_of(wrong)


def test_a_key_shows_itself_to_nobody() -> None:
    shown = repr(KeyPair(PRIVATE, POINT))
    assert vectors.SM2_PRIVATE not in shown
    assert repr(PRIVATE) not in shown


@given(st.binary(min_size=16, max_size=16), st.binary(max_size=64))
def test_sm4_of_another_key_is_no_message(key: bytes, plain: bytes) -> None:
    sealed = primitives.sm4_encrypt(key, plain)
    assert primitives.sm4_decrypt(key, sealed) == plain
    with pytest.raises(ValueError):
        primitives.sm4_decrypt(key, sealed + b"\0")
