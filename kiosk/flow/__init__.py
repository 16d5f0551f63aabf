"""What happens on the screen, as pure functions: `step(state, event) -> Step(state, effects)`.

States say what is, events what happened, effects what to do. No clock, no device, no text, no Qt. Leaving a state
forgets everything in it.
"""
