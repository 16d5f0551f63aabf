"""The contract that every settlement adapter passes, whoever wrote it and whatever stands behind it.

An adapter's author derives from it and gives it the far end it runs against; here that is the reference backend.

    class TestMyAdapter(SettlementContract):
        @pytest.fixture
        def bench(self) -> SettlementBench: ...

A bench says what it can make go wrong (`mishaps`); tests that need more are skipped with that reason.
"""

import pytest

# So that a broken promise shows both sides of its assertion, as in a test file.
pytest.register_assert_rewrite(*(f"{__name__}.{module}" for module in ("adapter", "bench", "bill")))
