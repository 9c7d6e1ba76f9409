import threading
from contextlib import contextmanager

from psycopg2.errors import SerializationFailure

from odoo import SUPERUSER_ID, Command, api
from odoo.modules.registry import DummyRLock, Registry
from odoo.service.model import PG_CONCURRENCY_EXCEPTIONS_TO_RETRY
from odoo.sql_db import db_connect
from odoo.tests import tagged
from odoo.tools import mute_logger

from ..exceptions import RealtimeConflict, RealtimeStale
from .common import RealtimeCase

SAVES = 100  # by each of two authors
PATIENCE = 60


@tagged("post_install", "-at_install")
class TestGuardRaces(RealtimeCase):
    """Two connections that really commit: no committed value is lost unseen."""

    def setUp(self):
        super().setUp()
        self.patch(Registry, "_lock", DummyRLock())  # the runner of tests holds it
        self.database = db_connect(self.env.cr.dbname)
        with self.database.cursor() as cr:
            cr.execute("SELECT coalesce(max(id), 0) FROM bus_bus")
            [self.announced_before] = cr.fetchone()
        self.users = (SUPERUSER_ID, self.env.ref("base.user_admin").id)
        with self.transaction() as env:
            self.ids = env["amanat.test.realtime"].create([{"name": "1"}, {"name": "2"}]).ids
            lines = [Command.create({"name": "line", "amount": 0})]
            transfer = env["amanat.transfer"].create({"money_ids": lines})
            self.transfer, self.line = transfer.id, transfer.money_ids.id
        self.addCleanup(self.remove)

    def remove(self):
        with self.transaction() as env:
            env["amanat.test.realtime"].browse(self.ids).unlink()
            env["amanat.transfer"].browse(self.transfer).unlink()
        with self.database.cursor() as cr:  # what these transactions announced was committed, too
            cr.execute("DELETE FROM bus_bus WHERE id > %s", [self.announced_before])

    @contextmanager
    def transaction(self, uid=SUPERUSER_ID):
        with self.database.cursor() as cr:
            yield api.Environment(cr, uid, {})

    def record(self, env):
        return env["amanat.test.realtime"].browse(self.ids[0])

    def save(self, env, value, base):
        seen = {"amanat_base": {str(self.ids[0]): {"value": base}}}
        self.record(env).with_context(**seen).web_save({"value": value}, {})

    def test_what_was_committed_after_this_transaction_began_is_no_basis(self):
        """Odoo runs the request again; only then the other's value can be told."""
        with self.database.cursor() as cr:
            late = api.Environment(cr, self.users[1], {})
            self.assertEqual(self.record(late).value, 0)
            with self.transaction() as env:
                self.save(env, 5, 0)
            with mute_logger("odoo.sql_db"), self.assertRaises(SerializationFailure):
                self.save(late, 7, 0)
            cr.rollback()
        with self.assertRaises(RealtimeConflict) as raised, self.transaction() as env:
            self.save(env, 7, 0)
        [found] = raised.exception.context["records"]
        self.assertEqual(found["fields"]["value"], {"base": 0, "theirs": 5})

    def test_a_save_waits_for_one_that_is_not_committed_yet(self):
        done = threading.Event()
        with self.database.cursor() as holder:
            self.save(api.Environment(holder, SUPERUSER_ID, {}), 5, 0)

            def wait():
                self.attempt(self.users[1], lambda env: self.save(env, 7, 0))
                done.set()

            waiter = threading.Thread(target=wait)
            waiter.start()
            self.await_blocked_by(holder)
            self.assertFalse(done.is_set())
            holder.rollback()
        waiter.join(PATIENCE)
        self.assertTrue(done.is_set())
        with self.transaction() as env:
            self.assertEqual(self.record(env).value, 7)

    def await_blocked_by(self, holder):
        holder.execute("SELECT pg_backend_pid()")
        [pid] = holder.fetchone()
        with self.database.cursor() as cr:
            waiting = threading.Event()
            for _attempt in range(PATIENCE * 100):
                cr.execute(
                    "SELECT count(*) FROM pg_stat_activity WHERE %s = ANY(pg_blocking_pids(pid))",
                    [pid],
                )
                if cr.fetchone()[0]:
                    return
                cr.rollback()
                waiting.wait(0.01)
        self.fail("nobody waits")

    def attempt(self, uid, save):
        """Run a transaction as Odoo does, again when it met another, but without the pause."""
        while True:
            try:
                with self.transaction(uid) as env:
                    return save(env)
            except PG_CONCURRENCY_EXCEPTIONS_TO_RETRY:
                continue

    @mute_logger("odoo.sql_db", "amanat.realtime")
    def race(self, read, save):
        """Let two authors write into the same place, each answering a conflict by looking again.

        Every value is written once and upon another one that its author has seen, so what was
        accepted is one chain from the first value to the last: nothing in it was lost.
        """
        start, failures, accepted = threading.Barrier(2), [], []

        def write(uid, mine):
            while True:
                seen = self.attempt(uid, read)
                try:
                    self.attempt(uid, lambda env: save(env, seen, mine))
                    return accepted.append((seen, mine))
                except (RealtimeConflict, RealtimeStale):
                    continue

        def author(uid):
            try:
                start.wait(PATIENCE)
                for number in range(1, SAVES + 1):
                    write(uid, 1000 * uid + number)
            except BaseException as error:
                failures.append(error)

        authors = [threading.Thread(target=author, args=[uid]) for uid in self.users]
        for thread in authors:
            thread.start()
        for thread in authors:
            thread.join()
        self.assertEqual(failures, [])
        upon, last = dict(accepted), 0
        for _save in range(2 * SAVES):
            last = upon[last]
        self.assertEqual((len(accepted), len(upon)), (2 * SAVES, 2 * SAVES))
        with self.transaction() as env:
            self.assertEqual(read(env), last)

    def read_value(self, env):
        return self.record(env).value

    def test_saves_of_one_record(self):
        self.race(self.read_value, lambda env, seen, mine: self.save(env, mine, seen))

    def test_saves_of_a_page_that_is_left_behind_a_dialog_or_a_button(self):
        """They all are web_save; what differs is what they read afterwards."""
        spec = {"value": {}, "name": {}, "user_id": {"fields": {"display_name": {}}}}

        def save(env, seen, mine):
            base = {"amanat_base": {str(self.ids[0]): {"value": seen}}}
            self.record(env).with_context(**base).web_save({"value": mine}, spec)

        self.race(self.read_value, save)

    def test_saves_of_several_records_at_once(self):
        """One author names them in the other order: locks are taken in order of id."""

        def save(env, seen, mine):
            ids = self.ids if env.uid == SUPERUSER_ID else self.ids[::-1]
            base = {str(i): {"value": seen} for i in ids}
            both = env["amanat.test.realtime"].browse(ids).with_context(amanat_base=base)
            both.web_save({"value": mine}, {})

        self.race(self.read_value, save)

    def test_saves_of_several_records_one_by_one(self):
        def save(env, seen, mine):
            ids = self.ids if env.uid == SUPERUSER_ID else self.ids[::-1]
            base = {str(i): {"value": seen} for i in ids}
            both = env["amanat.test.realtime"].browse(ids).with_context(amanat_base=base)
            both.web_save_multi([{"value": mine}, {"value": mine}], {})

        self.race(self.read_value, save)

    def test_saves_of_a_line(self):
        def save(env, seen, mine):
            base = {"money_ids": {str(self.line): {"amount": seen}}}
            transfer = env["amanat.transfer"].browse(self.transfer)
            transfer.with_context(amanat_base={str(self.transfer): base}).web_save(
                {"money_ids": [[Command.UPDATE, self.line, {"amount": mine}]]}, {}
            )

        self.race(lambda env: env["amanat.money"].browse(self.line).amount, save)

    def test_buttons(self):
        def press(env, seen, mine):
            record = self.record(env)
            env["amanat.guard"]._check_shown(record, {str(record.id): {"value": seen}})
            record.value = mine

        self.race(self.read_value, press)
