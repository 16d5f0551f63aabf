"""A card on vpcd that acknowledges as the kernel likes, to show what our own avoids. Run beside pcscd."""

import socket
import sys

_ATR = bytes.fromhex("3B6D000000814E43238697150100BF7C7A")
_NOT_FOUND = b"\x6a\x82"


def exactly(stream: socket.socket, size: int) -> bytes:
    data = b""
    while len(data) < size:
        piece = stream.recv(size - len(data))
        if not piece:
            sys.exit(0)
        data += piece
    return data


def serve(port: int) -> None:
    stream = socket.create_connection(("127.0.0.1", port))
    stream.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    sys.stdout.write("connected\n")
    sys.stdout.flush()
    while True:
        message = exactly(stream, int.from_bytes(exactly(stream, 2), "big"))
        answer = _ATR if message == b"\x04" else _NOT_FOUND if len(message) > 1 else None
        if answer is not None:
            stream.sendall(len(answer).to_bytes(2, "big") + answer)


if __name__ == "__main__":
    serve(int(sys.argv[1]))
