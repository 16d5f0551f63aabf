"""Services of the catalogue: one flow for every item, driven by the policy pack."""
