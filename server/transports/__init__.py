"""HTTP and sockets to use cases, nothing else."""
