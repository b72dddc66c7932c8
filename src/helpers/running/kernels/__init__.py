"""Kernels forked from one warm process, or started anew, and what they are seen to open."""
