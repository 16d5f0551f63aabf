"""Hardware: bytes and meaning (`wire`), ports (`transport`), device models (`drivers`), their simulators (`sim`) and their contract (`conformance`)."""
