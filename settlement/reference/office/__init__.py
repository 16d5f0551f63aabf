"""The reference insurance office: takes what kiosks file, decides the simple things, and remembers."""
