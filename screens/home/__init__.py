"""The pages without a patient: the doors, and why there are none now."""
