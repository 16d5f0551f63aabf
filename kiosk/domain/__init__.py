"""Frozen values of the trade: money, people, bills, settlements, paper. No I/O, no clock, no text for the screen."""
