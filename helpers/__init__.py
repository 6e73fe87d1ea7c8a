"""What the lessons import: small, flat, NumPy first."""
