import pytest

from kiosk.domain.visit import NextStep


@pytest.mark.parametrize(
    ("step", "told"),
    [
        (NextStep("取药", "西药房 3 号窗口", "门诊楼一层", "3号窗口"), ("门诊楼一层", "")),
        (NextStep("CT 检查", "影像科登记台", "医技楼一层", "B103室"), ("医技楼一层", "B103室")),
        (NextStep("取药", "门诊楼一层西药房", "门诊楼一层"), ("", "")),
    ],
)
def test_floor_and_room_are_not_said_twice(step: NextStep, told: tuple[str, str]) -> None:
    assert step.surroundings() == told
