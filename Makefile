# The commands that people, continuous integration and vendors use; they are stable. CONTRIBUTING.md explains them.
.PHONY: setup run test check bench test-long model sim-long kill-long face-eval soak speech

setup:      ; @packaging/setup
run: setup  ; @.venv/bin/kiosk run --profile demo
check: setup; @tests/check
test: check ; @tests/run
speech: setup; @.venv/bin/python packaging/speech.py var/speech
bench: setup; @.venv/bin/python -m tests.bench
test-long: check; @tests/run --long
model: setup; @.venv/bin/python -m tests.model
sim-long: setup; @.venv/bin/python -m tests.simulation --count 1000000
kill-long: setup; @.venv/bin/python -m tests.kills && .venv/bin/python -m tests.kills.legs
soak: setup; @.venv/bin/python -m pytest -q --kiosk-bench tests/devices/bench.toml --kiosk-soak 1000 --kiosk-report var/soak -o timeout=3600 -o faulthandler_timeout=3550 -k "many_visits or habits_of_issuers or another_speed or sisters or near_its_end or stuck_blade or refuses_commands"
face-eval: setup; @.venv/bin/python -m tests.face_eval
