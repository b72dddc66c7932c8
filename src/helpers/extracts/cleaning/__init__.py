"""Texts → answers, kinds of missing, rules applied, and a ledger that accounts for every row."""
