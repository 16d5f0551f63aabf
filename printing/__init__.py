"""What a settlement looks like on paper: receipt lines fitted to the printer's stated width and characters, and A4
statements as PDF.

Imports `kiosk` alone; which bytes a printer takes for these lines is the matter of `devices.wire`.
"""
