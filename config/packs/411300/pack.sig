key = "moni-ed25519"
signature = "CFDJyTDAPgUNZWoHTKjuqTeSCgFCs84MWFexwlzyBP8XbvSKq+c/lltL7tvb71qVbrWWdHOzYjDC/bwEsomlCg=="

[files]
"pack.toml" = "b4c9d1c7f8f95c6da575d3bf2f092e061c1370c7cbd6afd7a7f470f6ac384288"
"services.toml" = "f65d86c13dd6f89b482c3238817b2671e1f60a706ae25148efe3da13bc9f9d27"
