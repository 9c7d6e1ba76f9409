from unittest.mock import patch

from odoo.tests import tagged
from odoo.tools import mute_logger

from .common import RealtimeCase


@tagged("post_install", "-at_install")
class TestAnnounce(RealtimeCase):
    """What is committed is announced, once, as the database holds it."""

    def test_create(self):
        transfer = self.env["amanat.transfer"].create({"amount": 10.5, "secret_code": "4471"})
        message = self.announced_one()
        self.assertEqual((message["v"], message["type"]), (1, "create"))
        self.assertEqual(message["model"], "amanat.transfer")
        record = message["records"][0]
        self.assertEqual(record["id"], transfer.id)
        self.assertEqual(record["amount"], 10.5)
        self.assertEqual(record["company_id"], [self.env.company.id, self.env.company.name])
        self.assertEqual(record["display_name"], transfer.name)
        self.assertNotIn("secret_code", record)
        self.assertEqual(len(message["versions"]), 1)

    def test_update_says_what_was(self):
        transfer = self.transfer()
        transfer.write({"state": "done", "amount": 10.5})
        message = self.announced_one()
        self.assertEqual(message["type"], "update")
        self.assertEqual(message["changed_fields"], ["amount", "state"])
        self.assertEqual(message["records"][0]["amount"], 10.5)
        old = message["old"][0]
        self.assertEqual((old["amount"], old["state"]), (9.0, "open"))
        self.assertEqual(old["company_id"], [self.env.company.id, self.env.company.name])
        self.assertNotIn("note", old)

    def test_delete_says_what_was(self):
        transfer = self.transfer(note="gone")
        transfer.unlink()
        message = self.announced_one()
        self.assertEqual((message["type"], message["records"]), ("delete", [{"id": transfer.id}]))
        self.assertEqual(message["old"][0]["note"], "gone")

    def test_transaction_and_writer(self):
        self.env.cr.execute("SELECT txid_current()")
        txid = self.env.cr.fetchone()[0]
        self.transfer().with_user(self.user).with_context(lang="en_US").amount = 3
        message = self.announced_one()
        self.assertEqual(message["txid"], txid)
        self.assertEqual(message["user_id"], self.user.id)
        self.assertIs(message["origin"], False)
        self.assertRegex(message["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")

    def test_several_writes_of_one_flush_are_one_message(self):
        transfer = self.transfer()
        transfer.amount = 1
        transfer.flush()
        transfer.amount = 2
        message = self.announced_one()
        self.assertEqual(message["records"][0]["amount"], 2)
        self.assertEqual(message["old"][0]["amount"], 9.0)

    def test_write_without_effect_is_none(self):
        transfer = self.transfer()
        transfer.write({"amount": 9.0})
        self.assertEqual(self.announced(), [])

    def test_created_and_deleted_leaves_no_trace(self):
        self.env["amanat.transfer"].create({}).unlink()
        self.assertEqual(self.announced(), [])

    def test_what_a_savepoint_took_back_is_not_announced(self):
        transfer = self.transfer()
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            transfer.amount = 1
            transfer.flush()
            raise ZeroDivisionError
        self.assertEqual(self.announced(), [])

    def test_archiving_is_an_update(self):
        transfer = self.transfer()
        transfer.active = False
        self.assertEqual(self.announced_one()["changed_fields"], ["active"])

    def test_deleted_partner_empties_the_transfer(self):
        partner = self.env["res.partner"].create({"name": "Passing by"})
        transfer = self.transfer(sender_id=partner.id)
        partner.unlink()
        message = self.announced_one()
        self.assertEqual((message["type"], message["changed_fields"]), ("update", ["sender_id"]))
        self.assertEqual(message["records"][0]["id"], transfer.id)
        self.assertIs(message["records"][0]["sender_id"], False)
        self.assertEqual(message["old"][0]["sender_id"][0], partner.id)

    def test_many_records_come_without_values(self):
        self.env["amanat.transfer"].create([{"note": "many"} for _ in range(51)])
        message = self.announced_one()
        self.assertEqual((message["type"], message["operation"]), ("bulk", "create"))
        self.assertEqual(len(message["records"]), 51)
        self.assertNotIn("note", message["records"][0])
        self.assertIn("company_id", message["records"][0])

    def test_silenced(self):
        transfer = self.transfer()
        transfer.with_context(realtime_silent=True).write({"note": "silent"})
        message = self.announced_one()
        self.assertEqual((message["type"], message["operation"]), ("bulk", "update"))
        self.assertNotIn("note", message["records"][0])

    def test_plain_sql_can_be_announced(self):
        transfer = self.transfer()
        self.env.cr.execute("UPDATE amanat_transfer SET note = 'x' WHERE id = %s", [transfer.id])
        transfer._send_realtime_notification("update", ["note"])
        self.assertEqual(self.announced_one()["records"][0]["note"], "x")
        with self.assertRaises(ValueError):
            transfer._send_realtime_notification("celebrate")

    def test_failure_to_announce_saves_nevertheless_and_resets(self):
        transfer = self.transfer()
        transfer.amount = 5
        broken = patch.object(type(self.env["amanat.messages"]), "_settle", side_effect=KeyError)
        with broken, mute_logger("amanat.realtime"):
            message = self.announced_one()
        self.assertEqual((message["type"], message["model"]), ("reset", False))
        self.assertEqual(message["reason"], "failed")
        self.assertEqual(transfer.amount, 5)
