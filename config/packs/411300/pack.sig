key = "moni-ed25519"
signature = "6RNvb6vquQQAxq0zNl6uCOXSaLPz8nmdzieMNZWDXVmxgf49sKn1Xn3CP2Mz3EtescLFWJRQRG2e86AdeaPjAw=="

[files]
"pack.toml" = "b4c9d1c7f8f95c6da575d3bf2f092e061c1370c7cbd6afd7a7f470f6ac384288"
"services.toml" = "8fb1144b649d246554507271c33dee9a00f5add689991f5921eb9f634f1d532b"
