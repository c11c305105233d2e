"""Serves a model on loopback: `python runner.py MODEL CONTEXT`, in the environment that has xllamacpp.

Prints its address once the model is loaded. It asks for the key in LOCAL_MODEL_KEY, and ends when its
standard input does: whoever started it need only go.
"""

import os
import sys

import xllamacpp


def main() -> None:
    """Serve until standard input ends."""
    model, context = sys.argv[1:]
    parameters = xllamacpp.CommonParams()
    parameters.model.path = model
    parameters.hostnames = ["127.0.0.1"]
    parameters.port = 0  # a free one
    parameters.api_keys = [os.environ["LOCAL_MODEL_KEY"]]
    parameters.ui = False
    parameters.n_parallel = 1
    threads = max(1, (os.cpu_count() or 1) - 1)  # the last processor is the swarm's: threads that wait, spin
    parameters.cpuparams.n_threads = parameters.cpuparams_batch.n_threads = threads
    parameters.n_ctx = int(context)
    parameters.sampling.temp = 0.0  # the same answer to the same question
    server = xllamacpp.Server(parameters)
    print(server.listening_address, flush=True)
    sys.stdin.read()
    os._exit(0)  # its threads have nothing to put in order


if __name__ == "__main__":
    main()
