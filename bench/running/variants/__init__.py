"""The ways of running the workload, each a program of its own that is started in the folder laid out."""
