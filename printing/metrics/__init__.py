"""What the kiosks ask of people, as a table and as one page of plots: `kiosk metrics`."""
