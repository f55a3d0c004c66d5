"""Grade a class: submissions, digests, the pool of workers, the cluster."""
