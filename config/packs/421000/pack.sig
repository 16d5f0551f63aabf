key = "moni-sm2"
signature = "QKgnmzVDQypY1zqwhe+dgrEliCbCzsaPmFWw0yqFl8SBlLbqr9yoJLJldA/zgcfLPMm59hpMRLyMCxUUcohu/g=="

[files]
"pack.toml" = "9c247804206305b9e90fdb42311465ce9a6c4d36d79d61dd8fdf0dbd9f696d3a"
"services.toml" = "189b410c0b19d6a2b0ed4965da3c0cd8c149e249ba310471272d0492f723385f"
