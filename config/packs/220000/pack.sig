key = "moni-ed25519"
signature = "irraLv3H/qgbPweEhh+6H302OwV3cX1uhivYUeK9P7Wlmo4u9JU60g2GfoJiXxSsMZY27h0VwJAH8+jB8GhhBA=="

[files]
"pack.toml" = "ac28db6189efa3550f376c9bdcd65dd6ec7dd05982e55858895944ef56c5d434"
"services.toml" = "7817a57abdf660e3c71fe5732833b271359ea051a75feeaea138718bb4148cf9"
