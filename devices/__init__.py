"""Hardware: bytes and meaning in `wire`, ports in `transport`, device models in `drivers`, simulators of them in `sim`,
and the contract all of them pass in `conformance`.
"""
