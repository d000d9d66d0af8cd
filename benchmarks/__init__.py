"""Speed, measured beside a bare Pyramid view on the same server, in the same run.

`make bench` prints one table. Rates drift from machine to machine and from minute to minute;
what holds is the ratio between two things measured in turns, so that is what the targets name.
"""
