"""What a camera's pictures are worth, as pure functions on pixels: nothing here knows a person or a device."""
