"""Reliability: processes killed, databases stopped, disks full, and nothing acknowledged is lost.

`make test` runs a few rounds of each; `make faults` runs the figures that the portal promises.
"""
