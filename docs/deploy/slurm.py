"""Grade on a Slurm cluster: start workers as jobs, grade, end them.

Run it on a login node or in a job of its own, in the course folder, with the
environment active, which must be on a file system that the nodes share. What is special
to a site (partition, account, network interface) comes from the options or stands in
Dask's own configuration, for example in ``~/.config/dask/jobqueue.yaml``.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from pathlib import Path

from dask_jobqueue import SLURMCluster


def main() -> int:
    """Start the workers, grade on them and return what ``grade`` returned."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--workers", type=int, default=16, help="notebooks at a time")
    parser.add_argument("--memory", default="4GiB", help="of a worker")
    parser.add_argument("--walltime", default="04:00:00", help="of a worker's job")
    parser.add_argument("--queue", help="the partition")
    parser.add_argument("--account", help="who pays")
    parser.add_argument("--interface", help="the network that the nodes share: ib0")
    parser.add_argument(
        "grade", nargs="+", metavar="...", help="after --, what `grade` is to do"
    )
    args = parser.parse_args()
    activate = Path(sys.prefix) / "bin" / "activate"
    # A worker judges one notebook at a time and needs one processor for it.
    with SLURMCluster(
        cores=1,
        processes=1,
        memory=args.memory,
        walltime=args.walltime,
        queue=args.queue,
        account=args.account,
        interface=args.interface,
        job_script_prologue=[f". '{activate}'"],
        worker_extra_args=["--preload", "autograder.classroom.cluster"],
    ) as cluster:
        cluster.scale(jobs=args.workers)
        print(f"waiting for a first worker at {cluster.scheduler_address}", flush=True)
        cluster.wait_for_workers(1)
        command = [sys.executable, "-m", "autograder", "grade", *args.grade]
        return subprocess.call([*command, "--scheduler", cluster.scheduler_address])


if __name__ == "__main__":
    sys.exit(main())
