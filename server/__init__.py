"""Paihao's central server. A tour of the house:

- `domain/`      the rules, pure: what may be done with a ticket or a window, and what then is
- `estimates/`   how long people wait: a walk over the known hall, pure
- `services/`    the use cases: open the unit of work, ask the domain, record, commit, tell the world
- `adapters/`    the outside world: tables and storage, the clock, the voice and its worker, codes
- `transports/`  HTTP and sockets to use cases, nothing else
- `hall_file/`   the hall file: read, checked, explained; `halls/` carries the sample
- `simulation/`  visitors and clerks who use the services as people would
- `bootstrap.py` the only file that names concrete adapters; `app.py` makes the web application
- `environment.py` makes a bare machine ready; `settings.py` reads what the operator set
- `__main__.py`  python3 -m server; `commands/` has one file for each of its commands

A ticket's walk: tap → `kiosk.js` → `POST tickets` → `transports/api_tickets` → `services/ticketing.issue` →
`domain/hours`, `numbering`, `tickets` → `adapters/storage` commit → `services/reactions`: news, speech, print.
"""
