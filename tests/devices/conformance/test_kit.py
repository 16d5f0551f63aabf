"""The kit as a vendor meets it: `pytest --kiosk-bench bench.toml` in a folder that holds nothing else."""

import pytest

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
    result = run.runpytest_subprocess("--kiosk-bench", bench, "-k", "announced or light or twice", "-v")
    assert result.parseoutcomes()["passed"] == 4
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
