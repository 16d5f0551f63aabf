key = "moni-sm2"
signature = "JraT9L0ahkwCpM2Hv8jsFr36sAc7csvrCjFQyuF8iz3lzoLBHpYRs7wG8YqC4aB1Ute3SQMijvyZ8AkF+ditcw=="

[files]
"pack.toml" = "9c247804206305b9e90fdb42311465ce9a6c4d36d79d61dd8fdf0dbd9f696d3a"
"services.toml" = "bb1632695039d47e348273dc064d7da39891cfdc38a43802520fd7e36c1ec797"
