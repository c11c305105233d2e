"""Engines that think: language models of any vendor, behind one client library."""
