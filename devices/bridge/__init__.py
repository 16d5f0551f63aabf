"""Vendors' C libraries, each in a process of its own: one that crashes, hangs or writes where it must not harms nobody.

`child` is the program that loads a library; `process` starts, asks and kills it. They share no code, because the child
may run under another interpreter: most libraries are 32-bit.
"""
