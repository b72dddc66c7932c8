"""Guesses made into a codebook: names, scales, columns, rules, and what is said beside them."""
