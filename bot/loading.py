"""What loading at start does to memory: little is walked meanwhile, and what it took besides is given back."""

import ctypes
import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def without_collecting() -> Iterator[None]:
    """Half a million values that stay: walking them again and again would double the time to load them."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def settle() -> None:
    """Call once, when all is loaded: what is there stays, freed memory goes back to the system."""
    gc.collect()
    gc.freeze()  # walking it at every collection would cost 100 ms
    # glibc keeps freed pages that lie between used ones, 5 to 8 MB here; other C libraries have no such call
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)
