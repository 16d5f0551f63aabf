"""The hospital's other tills: a window and an app that settle the same bills, through the same faces as a kiosk."""
