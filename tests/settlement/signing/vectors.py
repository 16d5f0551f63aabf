"""Vectors of the gateways' rules, made up: they prove the arithmetic of each rule and are nobody's secrets."""

TIF = {
    "timestamp": 1700000000,
    "token": "TOKEN0123",
    "nonce": "abc-123",
    "signature": "55346591b392a596872144fed739cd3d45e873f8faeda99d71cb5c82bc1e195c",
}
CSB = {
    "text": "_api_access_key=AK&_api_name=fsi&_api_timestamp=1700000000&_api_version=1.0.0",
    "timestamp": 1700000000,
    "secret": "SK",
    "signature": "U23gQ2hr9ha3GEssIHrgkK6xhLA=",
}
X_CA = {
    "timestamp": 1700000000,
    "secret": "SECRET",
    "body": '{"infno":"9001"}',
    "signature": "1700000000:8CE224713F61612D94652A0F4D36DBBF83FFDD768F8ABF3438F77A59E97C6A9B",
}
SEALED = {
    "app_id": "0123456789ABCDEF0123456789ABCDEF",
    "app_secret": "FEDCBA9876543210FEDCBA9876543210",
    "key": "59806265549AF598",
    "plain": '{"orgCodg":"H00000000001","payOrdId":"ORD1"}',
    "enc_data": ("D8D4735EAB351E7358932C59CB2AE7BE078CE8E06029C80C691229D0C9027633F63928FE2E5E259E8C58A8350DAFDF7A"),
}

# Published: GB/T 32905 annex A, GB/T 32907 annex A, GB/T 32918.5 annex A (the recommended curve).
SM3_ABC = "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
SM3_ABCD_16 = "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
SM4_KEY = SM4_PLAIN = "0123456789abcdeffedcba9876543210"
SM4_ONCE = "681edf34d206965e86b3e94f536e4246"
SM4_A_MILLION_TIMES = "595298c7c6fd271f0402f804c33d3f66"
SM2_PRIVATE = "3945208f7b2144b13f36e38ac6d39f95889393692860b51a42fb81ef4df7c5b8"
SM2_PUBLIC = (
    "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020"
    "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13"
)
SM2_MESSAGE, SM2_USER = b"message digest", b"1234567812345678"
SM2_SIGNATURE = (
    "f5a03b0648d2c4630eeac513e1bb81a15944da3827d5b74143ac7eaceee720b3"
    "b1b6aa29df212fd8763182bc0d421ca1bb9038fd1f7f42d4840b69c485bbc1aa"
)
