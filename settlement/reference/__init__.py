"""The reference backend: platform, hospital and payment service in one process, with one ledger and misbehaviour on
demand.

Shares only `settlement.wire` with the client and checks signatures with another library, so that the two do not agree
by sharing a mistake.
"""
