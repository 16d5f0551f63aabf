key = "moni-ed25519"
signature = "n5pium0eGgRMFd8Gs4ikZIRti5m1xz/dtAsQIcgnQeStIg9S5uk22dMzRHlbdpruNbIRT420Y1x4x1k1L4oFBw=="

[files]
"pack.toml" = "9ef75696b67e4e24d9207888dbad1b5be23337a2076058431fa68fad0e3e7390"
"services.toml" = "65711b84f5d01e6680be86e385cad1575c9c54292ef05bb03876122912c0afce"
