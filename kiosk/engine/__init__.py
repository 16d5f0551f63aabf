"""Where values meet threads: the loop steps the flow, workers own devices, the till runs money, queries ask what moves none."""
