"""What one flush of a transaction did to live records. Plain Python: no database, no clock."""

from typing import NamedTuple


class Changes:
    """What happened to the records of one model; previous values are as the database holds them."""

    def __init__(self):
        self.created = {}
        self.changed = {}
        self.deleted = {}
        self.old = {}
        self.forced = {}
        self.now = {}

    def note_changed(self, record_id, names, old=None):
        self.changed.setdefault(record_id, set()).update(names)
        self.note_old(record_id, old)

    def note_deleted(self, record_id, old=None):
        self.deleted[record_id] = None
        self.note_old(record_id, old)

    def note_old(self, record_id, old):
        """Keep the first previous value of each field: the later ones were never committed.

        Of a field that was written past the ORM before, nobody knows it.
        """
        kept = self.old.setdefault(record_id, {})
        unknown = self.forced.get(record_id, ())
        for name, value in (old or {}).items():
            if name not in unknown:
                kept.setdefault(name, value)

    @property
    def ids(self):
        return list({**self.created, **self.changed, **self.deleted, **self.forced})


class Collector:
    """All changes and events of one flush; ``failed`` says why a model's could not be collected.

    ``rights`` says, per reason, whose rights on which models changed; ``logouts`` whose login
    sessions ended: ``{login: user id}``.
    """

    def __init__(self, bulk_limit):
        self.bulk_limit = bulk_limit
        self.models = {}
        self.silent = False
        self.failed = {}
        self.events = []
        self.rights = {}
        self.logouts = {}

    @property
    def empty(self):
        return not (self.failed or self.events or self.rights or self.logouts)

    def note_rights(self, reason, users, models):
        """Note that rights changed; ``None`` for users or models means all of them."""
        known = self.rights.get(reason)
        if known is not None:
            users = users | known.users if users is not None and known.users is not None else None
            models = (
                models | known.models if models is not None and known.models is not None else None
            )
        self.rights[reason] = Rights(users, models)

    def of(self, model_name):
        return self.models.setdefault(model_name, Changes())


class Rights(NamedTuple):
    """Whose rights changed on which models; ``None`` means all."""

    users: frozenset | None
    models: frozenset | None


class Event(NamedTuple):
    """A custom event, as ``res.users._send_realtime_notification`` was called."""

    user_ids: list
    action: str
    model: str
    records: list
    changed_fields: list


class Settled:
    """What is really to be announced of one model."""

    def __init__(self, created, updated, deleted):
        self.created = created
        self.updated = updated
        self.deleted = deleted


def settle(changes, now):
    """Compare what was collected with what is in the database at the end of the flush.

    ``now`` maps the ids that exist to their values. A record created and deleted leaves no trace,
    one created and written is only created, and a write that a savepoint took back is none.
    """
    created = [i for i in changes.created if i in now]
    touched = {**changes.changed, **changes.deleted, **changes.forced}
    deleted = [i for i in touched if i not in now and i not in changes.created]
    updated = {}
    for record_id in {**changes.changed, **changes.forced}:
        if record_id in now and record_id not in changes.created:
            old = changes.old.get(record_id, {})
            names = really_changed(changes.changed.get(record_id, ()), old, now[record_id])
            names |= changes.forced.get(record_id, set())
            if names:
                updated[record_id] = names
    return Settled(created, updated, deleted)


def really_changed(names, old, new):
    """Return the names whose value differs, and those whose previous or new value is unknown."""
    return {name for name in names if name not in old or name not in new or old[name] != new[name]}
