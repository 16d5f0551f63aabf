"""Simulated devices that are closed in the world, because they are certified: what they keep to themselves, these do
too. They hold cards and passwords, and nothing of either leaves them.
"""
