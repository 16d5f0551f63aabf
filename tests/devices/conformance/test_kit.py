"""The kit as a vendor meets it: `pytest --kiosk-bench bench.toml` in a folder that holds nothing else."""

import json

import pytest

from tests.devices.support.bare import BARE
from tests.devices.support.simulator import Running


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini(f"[pytest]\naddopts = {' '.join(BARE)}\n")
    return pytester


def write(pytester: pytest.Pytester) -> str:
    return str(pytester.makefile(".toml", bench=BENCH))


LIGHT = "test_the_light_is_on_only_while_somebody_waits"
BENCH = f"""
operator = "sim"
by = "张三"

[[device]]
kind = "scanner"
driver = "sim_serial_scanner"
settings = {{ port = "{{sim.scanner}}" }}

[[device]]
kind = "scanner"
driver = "sim_serial_scanner"
name = "exempt"
settings = {{ port = "{{sim.scanner}}" }}
exempt = {{ {LIGHT} = "its light cannot be switched" }}

[[device]]
kind = "scanner"
driver = "sim_serial_scanner"
name = "boastful"
settings = {{ port = "{{sim.scanner}}" }}
claims = ["answers_commands"]
unable = ["silence"]
"""


def test_a_bench_file_is_a_file_of_tests_with_exemptions_and_claims_that_must_be_proved(run: pytest.Pytester) -> None:
    bench = write(run)
    result = run.runpytest_subprocess(
        "--kiosk-bench", bench, "-k", "announced or light_is_on or refuses_commands", "-vrs"
    )
    assert result.ret == 1, "a claim that nothing could try fails the run"
    result.stdout.fnmatch_lines([f"bench.toml::TestSimSerialScanner::{LIGHT} PASSED*"])
    assert {"passed": 5, "skipped": 4}.items() <= result.parseoutcomes().items()
    result.stdout.fnmatch_lines_random(
        ["*exempt: its light cannot be switched*", "boastful: none, on a simulator, answers_commands unproved"]
    )


def test_where_the_kiosk_is_installed_other_runs_of_pytest_are_as_before(run: pytest.Pytester) -> None:
    """The plugin is loaded everywhere: it may neither collect a file nor import the kit."""
    write(run)
    run.makepyfile("import sys\ndef test_nothing():\n    assert 'devices.conformance.collecting' not in sys.modules\n")
    run.runpytest_subprocess().assert_outcomes(passed=1)


def test_a_robot_is_whoever_speaks_the_language_of_the_simulators(run: pytest.Pytester, sim: Running) -> None:
    bench = run.makefile(
        ".toml",
        bench=f"""
operator = "robot"
control = "{sim.control}"
unable = ["see_light"]

[[device]]
kind = "guide_light"
driver = "sysfs_leds"
settings = {{ folder = "{sim.ready["guide_light"]}" }}
""",
    )
    result = run.runpytest_subprocess("--kiosk-bench", str(bench), "--kiosk-soak", "4", "-q")
    assert result.ret == 0
    report = json.loads((run.path / "kiosk-report" / "report.json").read_text(encoding="utf-8"))
    (device,) = report["devices"]
    assert (report["operator"], device["simulated"], device["tier"]) == ("robot", False, "silver")
    assert {check["reason"] for check in device["checks"] if check["outcome"] == "cannot"} >= {
        "this bench cannot see light"
    }


def test_a_simulated_driver_on_a_bench_of_real_devices_is_found_out(run: pytest.Pytester, sim: Running) -> None:
    bench = run.makefile(
        ".toml",
        bench=f"""
operator = "robot"
control = "{sim.control}"
[[device]]
kind = "scanner"
driver = "sim_serial_scanner"
settings = {{ port = "{sim.ready["scanner"]}" }}
""",
    )
    result = run.runpytest_subprocess("--kiosk-bench", str(bench), "-k", "nothing_simulated_stands")
    assert result.parseoutcomes()["failed"] == 1
    result.stdout.fnmatch_lines(["sim_serial_scanner: none"])
