key = "moni-ed25519"
signature = "7uWPheixxSEBGryuA7OAjwuV45CzYsKTrGupb84QhBkguVGYmb56MLcVrgRQPsXXmprK6XTxUfQwxdJAkXeeDQ=="

[files]
"pack.toml" = "4d72fc94268d5d5a81cf31cca921330007c32fa283ca467c27723d2dfd99aceb"
"services.toml" = "496f3cf5657c5991a06a8197ea1242fb0286caadef47acd736164f85e3911c63"
