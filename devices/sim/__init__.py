"""Simulated devices that speak the real wires and obey physics: a cover opened half-way fails a print half-way.

Their strict decoders share no code with the encoders in `devices.wire`, so that a mistake in one does not hide in the
other. They run in a process of their own, are off unless asked for, and the `production` profile refuses them.
"""
