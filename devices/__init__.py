"""Hardware: everything that knows what a card, a scanner or a printer says on its wire.

Imports `kiosk` alone (ports, domain, faults) and is found by it through entry points. A driver translates the vendor's errors once,
at its own edge, and starts no threads; the engine decides when to open it again.
"""
