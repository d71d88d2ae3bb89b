"""Simulated visitors and clerks: ordinary clients of the use cases, for the demo, for training and for tests (O5).

One list of appointments on the hall's clock (`agenda`) holds what everybody does next; one greenlet (`life`) keeps
them in order. Who comes and when is in `arrivals` and `demand`, how long things take in `durations`, when a clerk is
on duty in `shifts`; what they do then is in `visitors` and `clerks`. They learn of the hall as pages do, from its
floor and its news, so after a restart they go on from whatever they find.
"""

from server.simulation.life import start

__all__ = ["start"]
