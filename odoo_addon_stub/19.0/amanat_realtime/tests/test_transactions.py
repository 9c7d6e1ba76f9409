from contextlib import contextmanager
from unittest.mock import patch

from psycopg2.errors import LockNotAvailable, SerializationFailure

from odoo.tools import mute_logger

from .common import RealtimeCase


class Undone(Exception):
    """Raised by a test to roll a savepoint back."""


class TestTransactions(RealtimeCase):
    """What is rolled back is never announced; what fails in the hooks never fails the save."""

    @contextmanager
    def undone(self, flush=True):
        with self.assertRaises(Undone), self.env.cr.savepoint(flush=flush):
            yield
            self.env.flush_all()
            raise Undone

    def test_undone_savepoint_announces_nothing(self):
        transfer, doomed = self.transfer(), self.transfer()
        with self.undone():
            transfer.amount = 1
            doomed.unlink()
            self.env["amanat.transfer"].create({"amount": 3})
        self.assertEqual(self.announced(), [])

    def test_undone_plain_savepoint_announces_nothing(self):
        transfer, doomed = self.transfer(), self.transfer()
        with self.undone(flush=False):
            transfer.amount = 1
            doomed.unlink()
            self.env["amanat.transfer"].create({"amount": 3})
        self.assertEqual(self.announced(), [])

    def test_values_undone_by_a_plain_savepoint_are_in_no_message(self):
        transfer = self.transfer(note="before")
        with self.undone(flush=False):
            transfer.note = "never committed"
        self.env.invalidate_all(flush=False)
        transfer.state = "done"
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["state"])
        self.assertEqual(message["records"][0]["note"], "before")

    def test_inner_undone_outer_kept(self):
        transfer = self.transfer()
        with self.env.cr.savepoint():
            transfer.amount = 1
            with self.undone():
                transfer.state = "done"
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["amount"])
        self.assertEqual(message["records"][0]["state"], "open")

    def test_outer_undone_takes_the_inner_along(self):
        transfer = self.transfer()
        with self.undone(), self.env.cr.savepoint():
            transfer.amount = 1
        self.assertEqual(self.announced(), [])

    def test_rollback_to_the_same_savepoint_again_and_again(self):
        transfer = self.transfer()
        savepoint = self.env.cr.savepoint()
        for amount in (1, 2):
            transfer.amount = amount
            self.env.cr.flush()
            savepoint.rollback()
        transfer.amount = 3
        savepoint.close(rollback=False)
        message = self.announced_one()
        self.assertEqual(message["records"][0]["amount"], 3)
        self.assertEqual(message["old"][0]["amount"], 9)

    def test_messages_of_one_transaction_share_its_id(self):
        transfer = self.transfer()
        transfer.amount = 1
        with self.env.cr.savepoint():
            transfer.amount = 2
        first, second = self.announced()
        self.assertEqual(first["txid"], second["txid"])
        self.env.cr.execute("SELECT pg_current_xact_id()::text::bigint")
        self.assertEqual(first["txid"], self.env.cr.fetchone()[0])
        self.assertEqual((first["old"][0]["amount"], second["records"][0]["amount"]), (9, 2))

    def test_import_announces_and_its_failure_does_not(self):
        load = self.env["amanat.transfer"].load
        self.assertTrue(load(["amount", "note"], [["1", "imported"]])["ids"])
        self.assertEqual(self.announced_one()["records"][0]["note"], "imported")
        with mute_logger("odoo.sql_db"):
            result = load(["amount", "state"], [["1", "open"], ["2", "no such state"]])
        self.assertFalse(result["ids"])
        self.assertEqual(self.announced(), [])

    def test_dry_run_of_an_import_announces_nothing(self):
        transfer = self.transfer()
        wizard = self.env["base_import.import"].create(
            {
                "res_model": "amanat.transfer",
                "file": f".id,amount\n{transfer.id},77\n,78\n".encode(),
                "file_type": "text/csv",
            }
        )
        options = {"quoting": '"', "separator": ",", "has_headers": True}
        result = wizard.execute_import([".id", "amount"], [], options, dryrun=True)
        self.assertFalse(result["messages"])
        self.assertEqual(self.announced(), [])
        self.env.invalidate_all(flush=False)  # the next request of a browser starts afresh
        wizard.execute_import([".id", "amount"], [], options)
        kinds = {message["type"] for message in self.announced()}
        self.assertEqual(kinds, {"create", "update"})

    def test_a_write_of_the_same_value_is_no_change(self):
        transfer = self.transfer()
        transfer.write({"amount": transfer.amount, "state": transfer.state})
        self.assertEqual(self.announced(), [])

    def test_there_and_back_within_one_flush_is_no_change(self):
        transfer = self.transfer()
        transfer.amount = 1
        transfer.flush_recordset()
        transfer.amount = 9
        self.assertEqual(self.announced(), [])


class TestFailures(RealtimeCase):
    def broken(self, model, method, error):
        def fail(*args, **kwargs):
            raise error

        return patch.object(self.registry[model], method, fail)

    def test_serialization_and_lock_errors_pass(self):
        transfer = self.transfer()
        for error in (SerializationFailure("try again"), LockNotAvailable("locked")):
            with self.broken("amanat.transfer", "_realtime_row_values", error):
                with self.assertRaises(type(error)):
                    transfer.amount += 1
                    transfer.flush_recordset()
            self.env.invalidate_all(flush=False)
            self.announced()
            with self.broken("amanat.images", "_of", error):
                with self.assertRaises(type(error)):
                    transfer.amount += 1
                    self.env.cr.flush()
            self.announced()

    @mute_logger("amanat.realtime")
    def test_any_other_error_saves_and_resets_without_values(self):
        transfer = self.transfer()
        for model, method in (
            ("amanat.transfer", "_realtime_row_values"),
            ("amanat.images", "_of"),
            ("amanat.images", "_before"),
        ):
            with self.broken(model, method, ValueError("secret value 4711")):
                transfer.amount += 1
                message = self.announced()[-1]
            self.assertEqual(message["type"], "reset")
            self.assertEqual(message["reason"], "failed")
            self.assertIn(message["model"], (False, "amanat.transfer"))
            self.assertNotIn("4711", str(message))
            self.assertNotIn("records", message)
        self.env.invalidate_all()
        self.assertEqual(transfer.amount, 12)

    @mute_logger("amanat.realtime", "odoo.sql_db")
    def test_a_failing_query_does_not_break_the_transaction(self):
        transfer = self.transfer()

        def fail(images, *args):
            images.env.cr.execute("SELECT no_such_column FROM amanat_transfer")

        with patch.object(self.registry["amanat.images"], "_of", fail):
            transfer.amount = 1
            self.assertEqual(self.announced_one()["type"], "reset")
        self.env.invalidate_all()
        self.assertEqual(transfer.amount, 1)

    @mute_logger("amanat.realtime")
    def test_even_if_the_fields_cannot_be_told(self):
        self.registry.clear_all_caches()
        with self.broken("amanat.transfer", "_get_realtime_fields", ZeroDivisionError()):
            transfer = self.env["amanat.transfer"].create({"amount": 1})
            transfer.write({"amount": 2, "money_ids": []})
            transfer.flush_recordset()
            transfer.unlink()
            kinds = {message["type"] for message in self.announced()}
        self.assertEqual(kinds, {"reset"})
