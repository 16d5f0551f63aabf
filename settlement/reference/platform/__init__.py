"""The insurance platform's face: the national transactions of an outpatient visit."""
