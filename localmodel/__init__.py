"""A small language model on this machine: fetched, served, and asked by `make demo-model`.

Not part of the package: nothing in it is installed, and nothing imports it.
"""
