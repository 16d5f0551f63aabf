key = "moni-sm2"
signature = "5zrN7G6fXakRJHutMSz/L8p3UF06Cg/oJIH4BVdC+2jq/nN4GIlqL14Et92rEGlZjca7GpmaoGIPLBMY29BgPg=="

[files]
"pack.toml" = "431d0670903403fd66437453c71d7323d185fea857c1d7688108f0802f3bced2"
"services.toml" = "6e8595cbc814e8056f4870b0c5ce9d2c9632d4ffad251690bb8ef85f488a6f08"
