"""Open, send, receive, cancel; no meaning. The only importers of `smartcard` and `serial`."""
