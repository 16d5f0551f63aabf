"""Everything that speaks HTTPS: the insurance platform, the hospital, the payment service.

Adapters turn port calls into signed messages and replies into values. An answer that did not come is `unknown`, never
`refused`.
"""
