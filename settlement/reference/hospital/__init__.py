"""The hospital's face: what is unpaid, who holds it, and that it is booked. A settlement is what it was told."""
