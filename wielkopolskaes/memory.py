"""Memory that heavy work has left free goes back to the system; by itself most of it would stay."""

import ctypes
import gc


def give_back() -> None:
    """Give it back; takes some milliseconds, and does nothing where the C library has no way."""
    gc.collect()
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
