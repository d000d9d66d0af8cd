"""What heavy work has left free goes back to the system."""

from pathlib import Path
from resource import getpagesize

from wielkopolskaes.memory import give_back


def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * getpagesize()


def test_memory_that_is_free_goes_back_although_something_lies_above_it():
    taken = [bytearray(1000) for _ in range(60_000)]
    above = bytearray(1000)
    del taken
    before = resident()
    give_back()
    assert before - resident() > 30_000_000
    assert above
