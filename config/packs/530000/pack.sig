key = "moni-sm2"
signature = "tUIkuG839P0uhk7IiXetLbtMiYRv8Z3t+gjBaDgvQ2qyXhGejonsv/YEh/wjvIddYhzq0TRBqFNDpElyVclDhg=="

[files]
"pack.toml" = "431d0670903403fd66437453c71d7323d185fea857c1d7688108f0802f3bced2"
"services.toml" = "d4ff1ffb72f2570021d1b1e9eab90b28843489c877a9b2655af2a8f1ec5fc10f"
