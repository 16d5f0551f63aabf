"""The institution's books of one day: kiosk, hospital, platform and payment service say the same of every settlement.

One service for a fixmedins_code, never one a kiosk: 3201 and 3202 are about all tills together, and sixty kiosks that
post their own totals would overwrite one another every day. What is pure: `matching`, `closing`. What asks: `sources`,
`platform`.
"""
