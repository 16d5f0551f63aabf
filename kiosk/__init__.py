"""The core of the kiosk: what it knows, decides and remembers.

Imports the standard library and pydantic only; no Qt, no hardware, no network. Everything else (`devices`,
`printing`, `settlement`, `screens`) imports this package and is found by it through entry points.
"""
