"""One decoder under atheris, which follows its branches: python -m tests.devices.fuzz.guided "card records" -runs=9"""

import sys
from importlib import import_module
from typing import Any

atheris: Any = import_module("atheris")  # it publishes no types

with atheris.instrument_imports(include=["devices"]):
    from tests.devices.fuzz.codecs import CODECS

(CODEC,) = [codec for codec in CODECS if codec.name == sys.argv[1]]
atheris.Setup([sys.argv[0], *sys.argv[2:]], CODEC.take)
atheris.Fuzz()
