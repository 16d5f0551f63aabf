"""One device model or protocol a file, registered by entry point: a transport and a wire format joined into a port."""
