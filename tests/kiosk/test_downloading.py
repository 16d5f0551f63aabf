"""A province's codes as its platform tells them become the file that a pack reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kiosk.domain.dictionaries import Dictionary, Term
from kiosk.downloading import _defining, codes_toml
from kiosk.packs.codes import read_codes, terms_of
from tests.support.fakes import World

WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=12)


def _read(text: str, folder: Path) -> dict[str, dict[str, str]]:
    (folder / "codes.toml").write_text(text, encoding="utf-8")
    found = terms_of(read_codes(folder))
    return {name: {term.code: term.name for term in terms} for name, terms in found.items()}


@given(codes=st.dictionaries(WORDS, st.dictionaries(WORDS, WORDS, min_size=1, max_size=4), max_size=3))
def test_what_is_written_is_read_again(
    codes: dict[str, dict[str, str]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    told = [Dictionary(name, tuple(Term(*one) for one in terms.items())) for name, terms in codes.items()]
    assert _read(codes_toml(told, "one\ntwo"), tmp_path_factory.mktemp("pack")) == codes


def test_an_empty_dictionary_forbids_nothing(tmp_path: Path) -> None:
    text = codes_toml([Dictionary("med_type", ()), Dictionary("insutype", (Term("310", "职工"),))], "1901")
    assert _read(text, tmp_path) == {"insutype": {"310": "职工"}}


def test_the_last_word_on_a_code_counts(tmp_path: Path) -> None:
    twice = Dictionary("med_type", (Term("9101", "旧"), Term("9101", "新")))
    assert _read(codes_toml([twice], ""), tmp_path) == {"med_type": {"9101": "新"}}


def test_a_front_that_only_settles_cannot_be_asked() -> None:
    assert _defining(World().platform) is None
