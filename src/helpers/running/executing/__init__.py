"""One run on a worker: the notebook executed, checked and rendered; workers of this machine or of a cluster."""
