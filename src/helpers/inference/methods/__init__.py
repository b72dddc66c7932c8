"""One statistical method a module, on counts or arrays; none knows of a study, a plan or a frame of answers."""
