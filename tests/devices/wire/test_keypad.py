from hypothesis import given
from hypothesis import strategies as st

from devices.sim.keypad import LEGEND
from devices.wire.keypad import EVENT, EVENT_KEYS, SERIAL_KEYS, EventKeys, SerialKeys
from kiosk.ports.keypad import DIGITS, Key

keys = st.sampled_from(tuple(dict.fromkeys(EVENT_KEYS.values())))


def code_of(key: Key) -> int:
    return next(code for code, known in EVENT_KEYS.items() if known is key)


def test_every_key_is_on_a_serial_keypad_and_on_a_keyboard() -> None:
    assert set(SERIAL_KEYS.values()) == set(Key)
    assert set(EVENT_KEYS.values()) == set(Key) - {Key.JACK_IN, Key.JACK_OUT}


def test_a_headset_that_is_plugged_in_or_pulled_out_is_told() -> None:
    """EV_SW is 5, SW_HEADPHONE_INSERT 2."""
    assert EventKeys().feed(EVENT.pack(0, 0, 5, 2, 1) + EVENT.pack(0, 0, 5, 2, 0)) == [Key.JACK_IN, Key.JACK_OUT]
    assert EventKeys().feed(EVENT.pack(0, 0, 5, 0, 1)) == []


def test_the_simulators_legend_names_the_same_keys() -> None:
    assert {name: SerialKeys().feed(raw) for name, raw in LEGEND.items()} == {key.value: [key] for key in Key}


def test_digits_are_where_a_keyboard_has_them() -> None:
    """KEY_1 is 2 and KEY_0 is 11 in linux/input-event-codes.h; KEY_KP7 is 71 and KEY_KP0 is 82."""
    assert [EVENT_KEYS[code] for code in (11, *range(2, 11))] == list(DIGITS)
    assert [EVENT_KEYS[code] for code in (82, 79, 80, 81, 75, 76, 77, 71, 72, 73)] == list(DIGITS)


@given(st.binary(max_size=200))
def test_any_bytes_are_keys_or_nothing(data: bytes) -> None:
    assert len(SerialKeys().feed(data)) == sum(chr(byte) in SERIAL_KEYS for byte in data)


@given(st.lists(keys, max_size=20), st.lists(st.integers(1, 40), min_size=1, max_size=8))
def test_events_in_pieces_of_any_size_are_the_same_keys(pressed: list[Key], sizes: list[int]) -> None:
    raw = b"".join(
        EVENT.pack(9, 9, 1, code_of(key), value) + EVENT.pack(9, 9, 0, 0, 0) for key in pressed for value in (1, 2, 0)
    )
    decoder, found, turn = EventKeys(), list[Key](), 0
    while raw:
        size = sizes[turn % len(sizes)]
        piece, raw, turn = raw[:size], raw[size:], turn + 1
        found += decoder.feed(piece)
    assert found == pressed


@given(st.binary(max_size=23), keys)
def test_half_an_event_is_forgotten_with_its_device(half: bytes, key: Key) -> None:
    decoder = EventKeys()
    decoder.feed(half)
    decoder.clear()
    assert decoder.feed(EVENT.pack(0, 0, 1, code_of(key), 1)) == [key]
