key = "moni-sm2"
signature = "+duNVDV21xqrmogYMSGAXvS0ERiUX0Zas9s2A/SNq3v+CQTgRSblTE6+VQBxsmR5+FlXT0en0S4tIwcSU9EKNA=="

[files]
"pack.toml" = "e3c5f6107b6ad608b75495775c3527fd75f70e3b162212df242b8f94c4249f1f"
"services.toml" = "468e4f3e2ac8418620cb5b709cfdae4171e292c01846671f098d3baef3ab3060"
