"""`his` of `kiosk.settlements`: the HIS or its insurance front speaks to the platform, the kiosk brings identity and
money.

The contract with the other side is docs/his-interface.md and `settlement.wire.his`. What 2201 to 2205 do is the HIS's
own business here: its bills come with mdtrt_id and uploaded, so the saga never asks for those steps.
"""
