"""Several people pressing at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def at_once(*deeds):
    """Do all of these at the same time, each in a thread of its own; what each returned."""
    start = Barrier(len(deeds))

    def after_the_signal(deed):
        start.wait()
        return deed()

    with ThreadPoolExecutor(len(deeds)) as pool:
        return list(pool.map(after_the_signal, deeds))
