key = "moni-sm2"
signature = "up+qnldiosjMBzcNiKf4UxI3hHbX+WTtBRddwtQOrtxsHvA/s1OJAW109erVCdEYzTOk9yqR2hJ/PgN53TMjGQ=="

[files]
"pack.toml" = "e3c5f6107b6ad608b75495775c3527fd75f70e3b162212df242b8f94c4249f1f"
"services.toml" = "4b512a42103dd8283ada8a41b12b5bb019e9285e5c1961589a8d2d619db0fb96"
