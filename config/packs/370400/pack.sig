key = "moni-ed25519"
signature = "NssLdcMrPW0V/T8ec1a7u9+JxCgVKYiV+BcAnK4nHDUsRENJ0JLJCbBs/HUGphdBcXHpPUPaLKBasjmUFGT9DQ=="

[files]
"pack.toml" = "ca80a0cd449f033638032e7d1c610fc1bcee3f163ac6eac411043d32be608438"
"services.toml" = "6eeda923c5ced60bb4ea1f56f29b9c326d3d4244a053fb0444830f4d971ffc16"
