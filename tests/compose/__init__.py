"""The product as containers: the files are valid, complete, and in step with the code."""
