key = "moni-ed25519"
signature = "BV08q+xrK1oWgie2OzfjstI/Gj9Avmgw3CLFkM7k4kAO8YcmYF8W1jc9jkaPhDoCc9nb1KsKEQIclaYKKmQdBw=="

[files]
"pack.toml" = "4d72fc94268d5d5a81cf31cca921330007c32fa283ca467c27723d2dfd99aceb"
"services.toml" = "05615c2c00cd5c274d7cdc6b32aee432a09cec0f526b82f5be98a0e873f67d74"
