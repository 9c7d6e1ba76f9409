"""Writes to the lab's Odoo while faults are injected; run by `lab shell`, with its options.

Several workers, each with records of its own, commit through the ORM and by SQL: with savepoints,
rolled back in part or whole, short, or open for up to half a minute. Every value written to `note`
names its transaction and step, so that what must never be seen is known: what was rolled back,
and what a transaction wrote over itself.

One line of JSON asks, one answers.
"""

import json
import logging
import random
import socket
import threading
import time
import traceback
import uuid

from odoo import SUPERUSER_ID, api

STATES = ["draft", "open", "done", "cancelled"]
PER_WORKER = 6
BEAT_SECONDS = 0.25
MOST_RECORDS = 12
MOST_A_SECOND = 30  # changes; what a machine of two cores can deliver to many tabs besides


class Undone(Exception):
    """A savepoint or a transaction that is rolled back on purpose."""


class Writers:
    def __init__(self, registry, options):
        self.registry = registry
        self.random = random.Random(options["seed"])
        self.late = options["late"]
        self.workers = options["workers"]
        self.stopping = threading.Event()
        self.lock = threading.Lock()
        self.threads = []
        self.counts = dict.fromkeys(
            ["committed", "changes", "rolled_back", "savepoints", "unknown", "late", "sql"], 0
        )
        self.forbidden = set()
        self.log = []
        self.unknown = set()
        self.latest_beat = 0
        self.number = 0
        self.began = 0.0
        self.run = uuid.uuid4().hex[:8]  # records of a run that was killed are still there
        self.longest = 0.0
        with registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            self.companies = env["res.company"].search([], limit=2).ids
            self.managers = env["res.users"].search([("login", "in", ["aziz", "gulnora"])]).ids
            self.beat_record = env["amanat.transfer"].create(
                {
                    "name": "beat",
                    "company_id": False,
                    "note": "beat 0",
                    "state": "open",
                    "amount": 1000,
                }
            )
            self.beat_id = self.beat_record.id
        self.made = {self.beat_id}

    # -- commands --

    def do_begin(self):
        self.began = time.monotonic()
        for index in range(self.workers):
            slow = index % 3 == 2
            self.spawn(self.work, random.Random(self.random.random()), slow)
        self.spawn(self.beats)
        return {}

    def do_beat(self):
        return {"beat": self.latest_beat, **self.counts, "longest": self.longest}

    def do_stop(self):
        self.stopping.set()
        for thread in self.threads:
            thread.join(self.late + 60)
        return {
            **self.counts,
            "beat": self.latest_beat,
            "forbidden": sorted(self.forbidden - self.unknown),
            "log": self.log,
            "longest": self.longest,
        }

    def do_quiet(self):
        """One last change that everybody sees, after which nothing follows."""
        self.beat()
        return {"beat": self.latest_beat}

    def do_expired(self, login, sid):
        """Return a token as Odoo would have given it ten minutes ago."""
        from odoo.addons.amanat_realtime.controllers.token import token_claims

        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            keys = env["amanat.token.key"]
            user = env["res.users"].search([("login", "=", login)])
            claims = token_claims(
                user, keys._issuer(), keys._login_of(sid), int(time.time()) - 600
            )
            return {"token": keys._sign(claims), "companies": claims["companies"]}

    def do_sweep(self):
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {"active_test": False})
            env["amanat.transfer"].browse(sorted(self.made)).exists().unlink()
        return {}

    # -- workers --

    def spawn(self, target, *args):
        thread = threading.Thread(target=self.forever, args=(target, *args), daemon=True)
        self.threads.append(thread)
        thread.start()

    def forever(self, target, *args):
        """PostgreSQL is restarted under us: that is what is tested."""
        while not self.stopping.is_set():
            try:
                target(*args)
            except Exception:  # noqa: BLE001 - whatever it was, writing goes on
                logging.getLogger(__name__).info("writing failed", exc_info=True)
                self.stopping.wait(0.5)

    def beats(self):
        while not self.stopping.wait(BEAT_SECONDS):
            self.beat()

    def beat(self):
        number = self.latest_beat + 1
        with self.registry.cursor() as cr:
            env = api.Environment(cr, SUPERUSER_ID, {})
            env["amanat.transfer"].browse(self.beat_id).note = f"beat {number}"
        self.latest_beat = number

    def work(self, rng, slow):
        mine = []
        while not self.stopping.is_set():
            self.transaction(rng, mine, slow)
            self.stopping.wait(rng.uniform(0.05, 0.25))
            while self.counts["changes"] > MOST_A_SECOND * (time.monotonic() - self.began):
                if self.stopping.wait(0.1):
                    break

    def transaction(self, rng, mine, slow):
        with self.lock:
            self.number += 1
            number = self.number
        notes = Notes(f"{self.run}-{number}")
        undo = rng.random() < 0.15
        wait = rng.uniform(1, self.late) if slow and rng.random() < 0.5 else 0
        created = []
        try:
            with self.registry.cursor() as cr:
                env = api.Environment(cr, SUPERUSER_ID, {})
                alive = env["amanat.transfer"].with_context(active_test=False)
                for _step in range(rng.randint(1, 3)):
                    self.step(rng, env, alive.browse(mine + created).exists(), created, notes)
                if rng.random() < 0.3:
                    self.savepoint(rng, env, alive.browse(mine + created).exists(), notes)
                env.cr.flush()
                if wait:
                    self.hold(wait)
                    if rng.random() < 0.5:
                        self.step(rng, env, alive.browse(mine + created).exists(), created, notes)
                if undo:
                    raise Undone
                env.cr.flush()
                notes.committing = True
        except Undone:
            self.count(notes, "rolled_back")
            return
        except Exception:
            self.count(notes, "unknown" if notes.committing else "rolled_back")
            if notes.committing:
                mine.extend(created)
                self.made.update(created)
            raise
        mine.extend(created)
        self.made.update(created)
        with self.lock:
            self.counts["late"] += bool(wait)
            self.longest = max(self.longest, wait)
        self.count(notes, "committed")

    def count(self, notes, outcome):
        with self.lock:
            self.counts[outcome] += 1
            if outcome == "committed":
                self.counts["changes"] += notes.steps
                self.counts["savepoints"] += notes.savepoints
                self.counts["sql"] += notes.sql
                self.forbidden.update(notes.written - set(notes.final.values()))
                at = int(time.time() * 1000)
                for record_id, note in notes.final.items():
                    self.log.append({"at": at, "id": record_id, "note": note})
            elif outcome == "rolled_back":
                self.forbidden.update(notes.written)
            else:
                self.unknown.update(notes.written)

    def hold(self, seconds):
        self.stopping.wait(seconds)

    def step(self, rng, env, records, created, notes):
        kind = rng.random()
        if len(records) < PER_WORKER or (kind < 0.15 and len(records) < MOST_RECORDS):
            record = env["amanat.transfer"].create(self.values(rng, notes))
            notes.of(record.id)
            created.append(record.id)
            return
        record = rng.choice(records)
        if kind < 0.22 and len(records) > 2:
            notes.gone(record.id)
            record.unlink()
        elif kind < 0.35:
            self.by_sql(rng, record, notes)
        else:
            record.write(self.values(rng, notes))
            notes.of(record.id)

    def by_sql(self, rng, record, notes):
        """Write past the ORM, and say so, as whoever does that has to."""
        values = self.values(rng, notes)
        record.flush_recordset()
        record.env.cr.execute(
            "UPDATE amanat_transfer SET amount = %s, note = %s WHERE id = %s",
            [values["amount"], values["note"], record.id],
        )
        record.invalidate_recordset(["amount", "note"])
        record._send_realtime_notification("update", ["amount", "note"])
        notes.sql += 1
        notes.of(record.id)

    def savepoint(self, rng, env, records, notes):
        """Part of it, undone half of the time: what it announced must vanish with it."""
        if not records:
            return
        notes.savepoints += 1
        before = dict(notes.final)
        try:
            with env.cr.savepoint():
                record = rng.choice(records)
                record.write(self.values(rng, notes))
                notes.of(record.id)
                if rng.random() < 0.5:
                    raise Undone
        except Undone:
            notes.final = before
            records.invalidate_recordset()

    def values(self, rng, notes):
        return {
            "state": rng.choice(STATES),
            "amount": rng.randrange(100, 100_000) / 100,
            "company_id": rng.choice([*self.companies, False]),
            "manager_id": rng.choice([*self.managers, False]),
            "active": rng.random() < 0.9,
            "note": notes.next(),
        }


class Notes:
    """What one transaction wrote to `note`, and what of it is left in the end."""

    def __init__(self, number):
        self.number = number
        self.steps = self.savepoints = self.sql = 0
        self.written = set()
        self.final = {}
        self.last = ""
        self.committing = False

    def next(self):
        self.steps += 1
        self.last = f"mark {self.number}.{self.steps}"
        self.written.add(self.last)
        return self.last

    def of(self, record_id):
        self.final[record_id] = self.last

    def gone(self, record_id):
        self.steps += 1
        self.final[record_id] = None


def converse(registry, options):
    logging.disable(logging.WARNING)
    with socket.create_connection(("127.0.0.1", options["port"])) as connection:
        lines = connection.makefile("rw", encoding="utf-8")
        writers = Writers(registry, options)
        try:
            for line in lines:
                lines.write(json.dumps(answer(writers, json.loads(line))) + "\n")
                lines.flush()
        finally:
            writers.stopping.set()
            writers.do_sweep()


def answer(writers, request):
    try:
        return getattr(writers, "do_" + request.pop("do"))(**request)
    except Exception as error:  # noqa: BLE001 - the bench is to say what went wrong here
        return {"error": repr(error), "where": traceback.format_exc()}
