"""What is to run: pipeline.toml, the notebooks and their contracts, the order, everything checked beforehand."""
