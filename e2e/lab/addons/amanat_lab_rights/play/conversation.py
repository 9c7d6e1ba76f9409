"""Plays the leak test's users as the test asks for it, one JSON object a line.

Requests: ``{"do": "changes", "count": 5}`` and the like, see :class:`Play`; each is answered by one
line. When the other side is gone, everything that was made is removed.
"""

import configparser
import json
import logging
import random
import socket
import time
import traceback
from datetime import UTC, date, datetime

from odoo import api
from odoo.tools import config

from . import people, watches
from .changes import Changes
from .rights import RightsChanges
from .truth import Truth

OURS = frozenset(["lab.deal", "lab.line", "lab.vague"])
DEALS = 36
FLUSHING = frozenset(
    ["write_half_undone", "write_twice", "create_and_delete", "write_and_delete"]
)
# How long the other processes of Odoo do not hear of a change of rights, as when it is busy.
LATE_SIGNAL_SECONDS = 0.15


def run(env, options):
    """Play until the test has gone or asks to finish; ``options`` name its port and the seed."""
    logging.disable(logging.WARNING)
    with socket.create_connection(("127.0.0.1", options["port"])) as connection:
        lines = connection.makefile("rw", encoding="utf-8")
        try:
            play = Play(env.registry, options)
            for line in lines:
                lines.write(json.dumps(answer(play, json.loads(line)), default=as_json) + "\n")
                lines.flush()
        finally:
            transact(env.registry, people.sweep)


def answer(play, request):
    try:
        return getattr(play, "do_" + request.pop("do"))(**request)
    except Exception as error:  # noqa: BLE001 - the test is to say what went wrong here
        return {"error": repr(error), "where": traceback.format_exc()}


def as_json(value):
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d %H:%M:%S")
    if isinstance(value, date):
        return value.isoformat()
    return sorted(value)


def transact(registry, work):
    """Run ``work(env)`` as the superuser in a transaction of its own and tell other processes."""
    with registry.cursor() as cr:
        result = work(api.Environment(cr, 1, {}))
        cr.commit()
    registry.signal_changes()
    return result


class Play:
    """Everybody at work. Each commit is a step, and it is known what everybody read after it."""

    def __init__(self, registry, options):
        self.registry = registry
        self.chance = random.Random(options["seed"])
        self.step = 0
        self.people = transact(registry, lambda env: people.make(env, options["users"]))
        self.changes = Changes(self.people, self.chance)
        self.rights = RightsChanges(self.people, self.chance, self.people.everybody[:1])
        deals = transact(registry, self._make_deals)
        self.watches = watches.plan(self.people, deals)
        self.truth = Truth(registry, self.watches)
        self.seen = {}
        self.fields = {}

    def _make_deals(self, env):
        rows = [self.changes.values(0, creating=True) for _ in range(DEALS)]
        for row in rows:
            row["line_ids"] = [(0, 0, self.changes.line_values(0)) for _ in range(2)]
        env["lab.vague"].create([self.changes.vague_values(0) for _ in range(8)])
        return env["lab.deal"].create(rows).ids

    # What the test may ask for

    def do_begin(self):
        """Say who is there, what they watch, and what they see."""
        users = [{"uid": uid, **user} for uid, user in self.people.users.items()]
        return {
            "users": users,
            "watches": self.watches,
            "password": self.people.password,
            "workers": workers(),
        }

    def do_dismiss(self):
        """Archive one user, who has a token but watches nothing yet."""
        uid = self.people.everybody[-1]
        self.rights.gone.add(uid)
        transact(self.registry, lambda env: env["res.users"].browse(uid).action_archive())
        return {"user": uid}

    def do_screens(self, users=None):
        """Say what everybody, or these users, read now."""
        with self.registry.cursor() as cr:
            seen = self.truth.seen(cr, OURS | {"lab.beacon"}, users)
            return {
                "seen": seen,
                "fields": self.truth.fields(cr, users),
                "values": self.truth.values(cr, seen),
            }

    def do_changes(self, count):
        """Commit that many changes one after the other, without a pause between them."""
        done = [self._commit(self.changes.draw()) for _ in range(count)]
        return {"steps": [self._told(step) for step in done]}

    def do_interleaved(self):
        """Commit two changes of different records that overlap in time, the later one first."""
        first = self._open(self.changes.draw(), shard=0)
        second = self._open(self.changes.draw(), shard=1)
        done = [self._close(second), self._close(first)]
        # What a savepoint announces takes its place on the bus long before it is committed.
        done[1]["late"] = first["what"] in FLUSHING
        return {"steps": [self._told(step) for step in done]}

    def do_rights(self):
        """Change what somebody may read."""
        change = self.rights.next()
        step = self._commit_rights(change, late=self.chance.random() < 0.5)
        return {"steps": [self._told(step)]}

    def do_race(self, count):
        """Change rights in the middle of changes of records, without waiting for anybody."""
        half = count // 2
        done = [self._commit(self.changes.draw()) for _ in range(half)]
        done.append(self._commit_rights(self.rights.next(), late=True))
        done += [self._commit(self.changes.draw()) for _ in range(count - half)]
        return {"steps": [self._told(step, forget=True) for step in done]}

    def do_beacon(self):
        """Change what everybody watches."""
        self.step += 1
        step = self.step
        transact(self.registry, lambda env: env["lab.beacon"].search([]).write({"step": step}))
        return {"step": step}

    def do_finish(self):
        transact(self.registry, people.sweep)
        return {}

    # Steps

    def _commit(self, kind):
        return self._close(self._open(kind))

    def _open(self, kind, shard=None):
        self.step += 1
        began = now()
        cr = self.registry.cursor()
        actor = self.changes.actor()
        env = self.changes.env(cr, actor)
        deals, lines = kind(env, self.step, shard)
        touched = {deals._name: set(deals.ids), lines._name: set(lines.ids)}
        what = {"step": self.step, "what": kind.__name__, "actor": actor[0], "began": began}
        return {**what, "cr": cr, "touched": touched, "models": OURS & touched.keys()}

    def _close(self, step):
        cr = step.pop("cr")
        cr.commit()
        cr.close()
        self.registry.signal_changes()
        return {**step, "committed": now(), "snapshot": self._snapshot()}

    def _commit_rights(self, change, late):
        self.step += 1
        began = now()
        with self.registry.cursor() as cr:
            env = api.Environment(cr, 1, {"active_test": False})
            users, models, closed = change(env)
            cr.commit()
        if late:
            time.sleep(LATE_SIGNAL_SECONDS)
        self.registry.signal_changes()
        return {
            "step": self.step,
            "what": change.__name__,
            "began": began,
            "committed": now(),
            "concerned": users,
            "concerns": models,
            "closed": closed,
            "touched": {},
            "models": OURS,
            "rights": True,
            "snapshot": self._snapshot(),
        }

    def _snapshot(self):
        """Return a cursor that goes on reading what is committed now, whatever is written later."""
        cr = self.registry.cursor()
        cr.execute("SELECT 1")
        return cr

    def _told(self, step, forget=False):
        """Add to a step what everybody read right after it: what differs from the step before."""
        cr = step.pop("snapshot")
        rights = step.get("rights", False)
        if forget:
            self.truth.forget()
        try:
            seen = self.truth.seen(cr, step.pop("models"))
            values = self.truth.values(cr, seen, step["touched"])
            fields = self.truth.fields(cr) if rights else {}
        finally:
            cr.close()
            if forget:
                self.truth.forget()
        return {**step, "seen": seen, "values": values, "fields": fields}


def workers():
    """Return how many processes answer requests in the lab; this one is none of them."""
    settings = configparser.ConfigParser()
    settings.read(config.rcfile)
    return settings.getint("options", "workers")


def now():
    return datetime.now(UTC).isoformat()
