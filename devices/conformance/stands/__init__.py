"""Benches driven by a hand: one module for each kind of device, named as its section of the settings.

A hand obeys the requests of docs/simulators.md: a simulator's control socket, a robot that speaks the same language, or
a person who is shown each request as a sentence. A new kind of device adds one module here, with its bench and a value
`KIND`; the kit finds it by the module's name.
"""
