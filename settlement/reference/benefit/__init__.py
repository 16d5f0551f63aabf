"""What the insurance pays: lines split by the catalogue, then funds, account and cash, by rules that are data.

All amounts are whole fen; shares are rounded half up, as real platforms round (4.52 × 0.05 is 0.23).
"""
