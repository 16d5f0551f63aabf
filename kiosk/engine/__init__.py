"""Where values meet threads.

The loop steps the flow, workers own devices, the till runs money, queries ask what moves none.
"""
