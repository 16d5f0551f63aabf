"""What lies over any page: a person is called, the staff's door, and what staff see behind it."""
