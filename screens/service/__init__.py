"""The pages that every service from the catalogue uses: a service that is added later adds data, and no page."""
