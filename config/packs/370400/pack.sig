key = "moni-ed25519"
signature = "2J07ULdGz0APRSydqf2GpZDQppox0DfIW82BcRnjZhJaE0skPI4DShduwnmG3vTlSUBjoYXsl3VSIV2Wz4SNAA=="

[files]
"pack.toml" = "f00bf41d5fc438a124332973483031e96bfa6c123708771014f3826fca2748c5"
"services.toml" = "9d615e09235d2b7fd3f4131acfb05f8634e3bdd842f819ac8c13bff4f2a1cd76"
