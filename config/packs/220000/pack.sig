key = "moni-ed25519"
signature = "LW0YnYh+gBAi7FX1fS+GHmWCRcrHvXC+xJkaPx5Q6soCiabcsWr6kAGdd4UxnT+69A5LkSM17mi8U7pxn5WABw=="

[files]
"pack.toml" = "ac28db6189efa3550f376c9bdcd65dd6ec7dd05982e55858895944ef56c5d434"
"services.toml" = "9c27903a05347e7cf2f888df4623807a44df4f636c6b3cbc5b08b0bd5fbf32fb"
