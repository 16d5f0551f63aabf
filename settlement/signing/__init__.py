"""How a province's gateway wants to know that a request is ours, beside our client certificate.

Headers of four kinds, or none, or a wrapping of the whole message (encData, signData). The kind is the policy pack's;
names and secrets are the site's and come from files. What computes a header or a wrapping is a pure function of time,
nonce and secrets. Only `primitives` and `sm2` import a cryptographic library; the reference backend checks with
another one.
"""
