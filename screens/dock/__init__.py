"""`kiosk dock`: the hands of a patient for the simulated devices, in a window of its own beside the kiosk.

Speaks the simulator's control socket (docs/simulators.md) and knows nothing else of devices.
"""
