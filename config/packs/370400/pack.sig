key = "moni-ed25519"
signature = "OhNZPQg4OEzmD+ZvaurJzjtabCy3yvxDAbepNiM8dQFs8nIeuR4mPoHKGY30s5dVsPdaJ9aDbcTHXBnjoiqcBQ=="

[files]
"pack.toml" = "ca80a0cd449f033638032e7d1c610fc1bcee3f163ac6eac411043d32be608438"
"services.toml" = "eb15d494cf96788c6eb5f56972710940b97839deb65b86af26885f3c70e4894e"
