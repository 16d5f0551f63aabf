"""What client and reference backend must agree on, and the only code they share: the JSON codec and every message's
shape.

Sources: 医疗保障信息平台 定点医药机构接口规范 V1.0 as public integrations show it (envelope, 9001 to 5203). The
hospital and payment faces are our own JSON over the same HTTPS. Nothing in here does I/O, knows a key or a clock, or
decides what follows what.
"""
