"""The benchmarks: scripts, each run in a process of its own by `swarm bench NAME` or by its path."""
