"""The figures that the README quotes, each measured by one command: `make bench`."""
