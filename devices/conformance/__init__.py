"""The contract that every driver passes, whoever wrote it; vendors run it against their own hardware.

A vendor derives from a contract and gives it two fixtures: the device under test and the bench on which it stands.

    class TestMyReader(CardReaderContract):
        @pytest.fixture
        def bench(self) -> CardBench: ...

        @pytest.fixture
        def reader(self, bench: CardBench) -> CardReader: ...

A bench says what it can do (`abilities`); tests that need more are skipped with that reason. No test measures time: a
call that must end early is given a deadline so far away that a hung one is caught by the run's own limit.
"""

import pkgutil

import pytest

# So that a broken promise shows both sides of its assertion, as in a test file.
pytest.register_assert_rewrite(
    *(f"{__name__}.{module.name}" for module in pkgutil.iter_modules(__path__) if module.name != "plugin")
)
