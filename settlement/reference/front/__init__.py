"""The HIS's insurance front: it settles for kiosks that may not speak to the platform themselves.

Towards the platform it is one more terminal of the hospital, with an operator and msgids of its own; towards the kiosk
it keeps docs/his-interface.md. It writes down each settle before its 2207 leaves, as a HIS has to.
"""
