"""The virtual card, asked with bytes from the specification and not with our reader."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from devices.sim.card.card import Habits, VirtualCard
from devices.sim.card.contents import Contents, Flaw, Generation, personalise
from devices.sim.card.people import Holder, PersonMissingError, read_holder

PEOPLE = Path(__file__).parents[3] / "config" / "people"
ZHANGSAN = read_holder(PEOPLE / "zhangsan.toml")

SELECT = "00A404000F7378312E73682EC9E7BBE1B1A3D5CF"


def contents(
    holder: Holder = ZHANGSAN,
    generation: Generation = Generation.GEN2,
    flaw: Flaw | None = None,
    padding: int = 0,
    contactless: bool = False,
) -> Contents:
    return personalise(holder, generation, flaw=flaw, padding=padding, contactless=contactless)


def said(card: VirtualCard, *apdus: str) -> str:
    """The answer to the last of these."""
    answer = b""
    for apdu in apdus:
        answer = card.answer(bytes.fromhex(apdu))
    return answer.hex().upper()


@pytest.fixture
def card() -> VirtualCard:
    return VirtualCard(contents())


@pytest.fixture
def holder_file(card: VirtualCard) -> VirtualCard:
    """With EF06 selected."""
    assert said(card, SELECT, "00A4020002EF06") == "9000"
    return card


def test_the_application_announces_its_name(card: VirtualCard) -> None:
    assert said(card, SELECT) == "6113"
    assert said(card, "00C0000013") == "6F11840F7378312E73682EC9E7BBE1B1A3D5CF9000"
    assert said(card, "00C0000013") == "6985"


def test_another_name_is_not_found(card: VirtualCard) -> None:
    assert said(card, "00A40400083F00000000000000") == "6A82"


@pytest.mark.parametrize("apdu", ["00A4020002EF05", "00A4000002EF06"])
def test_files_open_with_either_p1(card: VirtualCard, apdu: str) -> None:
    assert said(card, apdu) == "6A82"
    assert said(card, SELECT, apdu) == "9000"


def test_some_cards_want_one_p1_only() -> None:
    card = VirtualCard(contents(), habits=Habits(p1=frozenset({0x00})))
    assert said(card, SELECT, "00A4020002EF05") == "6A86"
    assert said(card, "00A4000002EF05") == "9000"


def test_records_are_read_by_tag(holder_file: VirtualCard) -> None:
    assert said(holder_file, "00B2080014") == "0812" + b"111111198101011110".hex() + "9000"
    assert said(holder_file, "00B20D0006") == "0D04198101019000"
    assert said(holder_file, "00B20B0003") == "0B01019000"
    assert said(holder_file, "00B27F0003") == "6A83"


def test_a_wrong_length_is_corrected(holder_file: VirtualCard) -> None:
    assert said(holder_file, "00B2080000") == "6C14"
    assert said(holder_file, "00B2080012") == "6C14"


def test_the_name_extension_moves_the_ordinals_of_generation_2() -> None:
    new, old = VirtualCard(contents()), VirtualCard(contents(generation=Generation.GEN1))
    for card in (new, old):
        said(card, SELECT, "00A4020002EF06")
    assert said(new, "00B2030416")[:2] == "4E"
    assert said(old, "00B2030403")[:2] == "0A"
    assert said(old, "00B24E0016") == "6A83"


def test_generation_3_keeps_its_holder_back() -> None:
    card = VirtualCard(contents(generation=Generation.GEN3))
    said(card, SELECT, "00A4020002EF06")
    assert [said(card, f"00B2{tag}0000") for tag in ("08", "09", "4E", "0A")] == ["6982"] * 4
    said(card, "00A4020002EF05")
    assert said(card, "00B2070000") == "6982"
    assert said(card, "00B2030006") == "0304332E30309000"


def test_a_reset_forgets_what_was_selected(holder_file: VirtualCard) -> None:
    holder_file.reset()
    assert said(holder_file, "00B2080014") == "6986"


def test_without_contacts_answers_are_whole() -> None:
    card = VirtualCard(contents(contactless=True), habits=Habits(contactless=True))
    assert said(card, SELECT).endswith("9000")
    assert said(card, "00A4020002EF06", "00B2080000").startswith("0812")
    assert card.atr.hex().upper().startswith("3B8D8001")
    check = 0
    for byte in card.atr[1:]:
        check ^= byte
    assert check == 0


def test_a_card_with_contacts_answers_reset_with_its_13_historical_bytes(card: VirtualCard) -> None:
    assert card.atr.hex().upper() == "3B6D0000" + ZHANGSAN.card.atr_history


@pytest.mark.parametrize("apdu", ["00", "80A40400", "00200000", "00A40400", "00A40400FF00"])
def test_what_the_card_does_not_know_it_refuses(card: VirtualCard, apdu: str) -> None:
    assert said(card, apdu)[:2] in {"67", "69", "6D", "6E"}


@given(st.lists(st.binary(max_size=40), max_size=10), st.sampled_from([None, *Flaw]))
def test_no_command_is_too_odd(apdus: list[bytes], flaw: Flaw | None) -> None:
    card = VirtualCard(contents(flaw=flaw), flaw=flaw)
    assert all(card.answer(apdu) for apdu in apdus)


@given(st.text("张王买提·𬭎㐂", min_size=1, max_size=12), st.sampled_from([0x00, 0x20, 0xFF]))
def test_names_fill_their_records_to_the_byte(name: str, padding: int) -> None:
    written = dict(contents(ZHANGSAN.model_copy(update={"name": name}), padding=padding).files[0xEF06])
    assert (len(written[0x09]), len(written[0x4E])) == (30, 20)
    assert (written[0x09] + written[0x4E]).rstrip(bytes((padding,))).decode("gb18030") == name


def test_everybody_in_the_folder_can_be_put_on_plastic() -> None:
    holders = [path for path in PEOPLE.glob("*.toml") if "[card]" in path.read_text(encoding="utf-8")]
    assert len(holders) > 5
    for path in holders:
        assert contents(read_holder(path)).files


def test_somebody_who_is_not_there_has_no_card(tmp_path: Path) -> None:
    nobody = tmp_path / "nobody.toml"
    with pytest.raises(PersonMissingError, match=r"nobody\.toml"):
        read_holder(nobody)
    nobody.write_text("name = 3", encoding="utf-8")
    with pytest.raises(PersonMissingError, match="no person with a card"):
        read_holder(nobody)


def test_tries_of_a_password_are_counted_in_the_chip_and_no_reset_gives_them_back(card: VirtualCard) -> None:
    wrong, right = "0020000003654321", "0020000003123456"
    assert said(card, wrong) == "6982", "before the application is selected"
    assert said(card, SELECT, wrong) == "63C2"
    card.reset()
    assert said(card, SELECT, wrong) == "63C1"
    assert said(card, right) == "9000"
    assert said(card, wrong) == "63C2"


def test_a_challenge_serves_once_and_opens_nothing_by_itself() -> None:
    card = VirtualCard(contents(generation=Generation.GEN3))
    assert len(said(card, SELECT, "0084000010")) == 36
    assert said(card, "0082000120" + "00" * 32) == "6300"
    assert said(card, "0082000120" + "00" * 32) == "6984"
    assert said(card, "00A4020002EF06", "00B2080014") == "6982"
