"""Notebooks run our way and in the ways they are run elsewhere, against the same code without any notebook."""
