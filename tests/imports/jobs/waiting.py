"""Looking again until something is so."""

import time


def wait_until(is_so, seconds):
    """Ask every few hundredths of a second; fail if it does not become so in time."""
    end = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < end, f"not so after {seconds} seconds"
        time.sleep(0.03)
