"""The tests: `python3 -m tests` prepares the machine and runs all of them; `python3 -m tests --help` says what else."""
