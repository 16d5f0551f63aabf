"""The invented people are invented, and well-formed enough for every device and party that reads them."""

from collections import Counter

import pytest

from kiosk.installed import config_dir
from settlement.reference.people import World, read_world

ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CARD_WEIGHTS = (3, 7, 9, 10, 5, 8, 4, 2)


def test_nobody_has_a_real_identity_number(world: World) -> None:
    for key, person in world.people.items():
        number = person.certno
        assert number.startswith("111111"), key
        total = sum(int(digit) * weight for digit, weight in zip(number, ID_WEIGHTS, strict=False))
        assert number[17] == "10X98765432"[total % 11], key
        assert ("2", "1")[int(number[16]) % 2] == person.gender, key


def test_cards_are_of_no_real_region_and_have_their_check_characters(world: World) -> None:
    for key, person in world.people.items():
        card = person.card
        assert card, key
        assert card.serial.startswith("000000D156000005"), key
        assert len(bytes.fromhex(card.serial)) == 16, key
        assert len(bytes.fromhex(card.atr_history)) == 13, key
        values = [int(character, 36) for character in card.number[:8]]
        check = 11 - sum(value * weight for value, weight in zip(values, CARD_WEIGHTS, strict=True)) % 11
        assert card.number[8] == {10: "X", 11: "0"}.get(check, str(check)), key


def test_numbers_are_nobody_elses(world: World) -> None:
    people = list(world.people.values())
    for numbers in (
        [person.certno for person in people],
        [person.card.number for person in people if person.card],
        [person.card.serial for person in people if person.card],
        [person.platform.psn_no for person in people if person.platform],
    ):
        assert Counter(numbers).most_common(1)[0][1] == 1


def test_bills_name_templates_and_templates_name_what_exists(world: World) -> None:
    for person in world.people.values():
        assert set(person.hospital.bills) <= set(world.templates)
    for template in world.templates.values():
        assert template.department in world.hospital.departments
        assert template.doctor in world.hospital.doctors
        assert {line.item for line in template.lines} <= set(world.items)
    assert {item.next for item in world.items.values()} <= set(world.hospital.next)


def test_the_people_cover_the_cases_that_break_kiosks(world: World) -> None:
    names = "".join(person.name for person in world.people.values())
    assert set("䶮𬭎㛃·") <= set(names)
    assert any(len(person.name.encode("gb18030")) > 30 for person in world.people.values())  # needs card item 4E
    assert any(person.platform is None for person in world.people.values())
    assert any(person.platform and len(person.platform.insurances) == 6 for person in world.people.values())
    assert {person.card.spec_version[0] for person in world.people.values() if person.card} == {"1", "2", "3"}


def test_a_script_changes_a_person_for_one_run() -> None:
    folder = config_dir() / "people"
    changed = read_world(folder, {"zhangsan": {"platform": {"pool_used": "3499.00"}}}).people["zhangsan"]
    assert changed.platform
    assert str(changed.platform.pool_used) == "3499.00"
    assert changed.platform.psn_no == "00000000000000000001"
    with pytest.raises(ValueError, match="nobody"):
        read_world(folder, {"nobody": {}})
