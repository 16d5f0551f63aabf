"""Ten thousand spoilt frames for each decoder: an error with a name, and the next good frame is read.

`make test-long` has ten times as many, and lets atheris look for more with the branches in its sight.
"""

import subprocess
import sys
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.devices.fuzz.codecs import CODECS, Codec
from tests.support.proofs import Proved

FRAMES = 10_000
_A_BATCH = 100
"""Frames to one example of hypothesis, whose own bookkeeping takes longer than a frame does."""


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
def test_spoilt_frames_get_an_error_with_a_name_and_the_next_good_one_is_read(
    codec: Codec, long_run: bool, proved: Proved
) -> None:
    taken = 0

    @settings(max_examples=FRAMES // _A_BATCH * (10 if long_run else 1))
    @given(st.integers(0, 2**64 - 1))
    def spoil(seed: int) -> None:
        nonlocal taken
        random = Random(seed)
        for number in range(_A_BATCH):
            frame = codec.spoilt(random)
            try:
                codec.take(frame)
            except Exception as error:
                raise AssertionError(f"frame {number} of seed {seed}: {frame.hex()}") from error
        taken += _A_BATCH

    spoil()
    assert taken >= FRAMES
    proved(f"spoilt {codec.name}", taken)


@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
def test_good_frames_are_taken(codec: Codec) -> None:
    for frame in codec.good:
        codec.take(frame)


@pytest.mark.long
@pytest.mark.parametrize("codec", CODECS, ids=lambda codec: codec.name)
def test_atheris_finds_nothing(codec: Codec) -> None:
    pytest.importorskip("atheris", reason="atheris has wheels for x86_64 only")
    command = [sys.executable, "-m", "tests.devices.fuzz.guided", codec.name, "-runs=100000", "-max_len=2048"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
