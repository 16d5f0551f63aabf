"""The kit as a vendor meets it: `pytest --kiosk-bench bench.toml` in a folder that holds nothing else."""

import json

import pytest

from tests.devices.support.simulator import Running

BENCH = """
operator = "sim"
by = "张三"

[[device]]
kind = "scanner"
driver = "sim_serial_scanner"
settings = {{ port = "{{sim.scanner}}" }}
{more}
"""


@pytest.fixture
def run(pytester: pytest.Pytester) -> pytest.Pytester:
    pytester.makeini("[pytest]\n")
    return pytester


def write(pytester: pytest.Pytester, more: str = "") -> str:
    return str(pytester.makefile(".toml", bench=BENCH.format(more=more)))


def test_a_bench_file_is_a_file_of_tests(run: pytest.Pytester) -> None:
    bench = write(run)
    result = run.runpytest_subprocess("--kiosk-bench", bench, "-k", "announced or light or shown_twice", "-v")
    assert result.parseoutcomes()["passed"] == 3
    result.stdout.fnmatch_lines(["bench.toml::TestSimSerialScanner::test_the_light_is_on_only_while_somebody_waits*"])


def test_what_is_exempt_is_left_out_with_its_reason(run: pytest.Pytester) -> None:
    name = "test_the_light_is_on_only_while_somebody_waits"
    bench = write(run, f'exempt = {{ {name} = "its light cannot be switched" }}')
    result = run.runpytest_subprocess("--kiosk-bench", bench, "-k", name, "-rs")
    assert result.parseoutcomes()["skipped"] == 1
    result.stdout.fnmatch_lines(["*exempt: its light cannot be switched*"])


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


def test_a_claim_that_nothing_could_try_fails_the_run(run: pytest.Pytester) -> None:
    bench = write(run, 'claims = ["answers_commands"]\nunable = ["silence"]')
    result = run.runpytest_subprocess("--kiosk-bench", bench, "-k", "refuses_commands", "-q")
    assert (result.ret, result.parseoutcomes()["skipped"]) == (1, 1)
    result.stdout.fnmatch_lines(["sim_serial_scanner: none, on a simulator, answers_commands unproved"])
