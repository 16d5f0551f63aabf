"""The insurance platform by its own transactions: the kiosk sends 22xx through the institution's front server.

The hospital composes what only it knows (doctor, diagnosis, codes, prices); the kiosk adds who the person is, the
numbers and the envelope.
"""
