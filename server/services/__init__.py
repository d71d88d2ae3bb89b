"""The use cases: open the unit of work, ask the domain, record, commit; the world is told afterwards."""
