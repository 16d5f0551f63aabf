key = "moni-ed25519"
signature = "iWa+nzD//lT2G5acXReE12bbHgpRchEiK5jbXQQmcJqt7tUTZtkW+NZg8yhMLBMKf7Rpl74tZa//pood921jCQ=="

[files]
"pack.toml" = "9ef75696b67e4e24d9207888dbad1b5be23337a2076058431fa68fad0e3e7390"
"services.toml" = "f6b9a7ab141eef4d3393c0d4391af763f98426eef0642997795d0473e630dbff"
