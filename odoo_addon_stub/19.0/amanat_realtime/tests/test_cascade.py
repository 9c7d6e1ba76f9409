from odoo import Command
from odoo.exceptions import AccessError

from .common import RealtimeCase


class TestCascade(RealtimeCase):
    """The database deletes and empties on its own; whoever looks at it must know."""

    def test_deleted_sender_empties_the_transfer(self):
        partner = self.env["res.partner"].create({"name": "Passing by"})
        transfer = self.transfer(sender_id=partner.id)
        partner.unlink()
        message = self.announced_one()
        self.assertEqual((message["type"], message["changed_fields"]), ("update", ["sender_id"]))
        self.assertEqual(message["records"][0]["id"], transfer.id)
        self.assertEqual(message["records"][0]["sender_id"], False)
        self.assertEqual(message["old"][0]["sender_id"][0], partner.id)

    def test_deleted_transfer_leaves_its_orders(self):
        transfer = self.transfer()
        order = self.env["amanat.order"].create(
            {"name": "Tea", "transfer_ids": [Command.set(transfer.ids)]}
        )
        self.announced()
        transfer.unlink()
        changed = {m["model"]: m for m in self.announced()}["amanat.order"]
        self.assertEqual((changed["type"], changed["changed_fields"]), ("update", ["transfer_ids"]))
        self.assertEqual(changed["reread"], ["transfer_ids"])
        self.assertEqual(changed["records"][0]["id"], order.id)

    def test_deleted_payment_lowers_the_total(self):
        transfer = self.transfer(money_ids=[Command.create({"name": "First", "amount": 5})])
        transfer.money_ids.unlink()
        changed = {m["model"]: m for m in self.announced()}["amanat.transfer"]
        self.assertEqual(changed["changed_fields"], ["money_ids", "money_total"])
        self.assertEqual(changed["records"][0]["money_total"], 0)

    def test_payment_that_moves_changes_both_transfers(self):
        one = self.transfer(money_ids=[Command.create({"name": "First", "amount": 5})])
        two = self.transfer()
        one.money_ids.transfer_id = two
        changed = {m["model"]: m for m in self.announced()}
        ids = {record["id"] for record in changed["amanat.transfer"]["records"]}
        self.assertEqual(ids, {one.id, two.id})
        self.assertEqual(changed["amanat.money"]["changed_fields"], ["transfer_id"])

    def test_line_written_through_its_parent(self):
        transfer = self.transfer(money_ids=[Command.create({"name": "First", "amount": 5})])
        line = transfer.money_ids.id
        transfer.write({"money_ids": [Command.update(line, {"name": "Renamed"})]})
        changed = {m["model"]: m for m in self.announced()}
        self.assertEqual(changed["amanat.transfer"]["changed_fields"], ["money_ids"])
        self.assertEqual(changed["amanat.money"]["changed_fields"], ["name"])

    def test_linked_and_unlinked_many2many(self):
        transfer = self.transfer()
        order = self.env["amanat.order"].create({"name": "Tea"})
        self.announced()
        order.transfer_ids = transfer
        self.assertEqual(self.announced_one()["changed_fields"], ["transfer_ids"])
        order.transfer_ids = transfer
        self.assertEqual(self.announced(), [])
        order.write({"transfer_ids": [Command.clear()]})
        self.assertEqual(self.announced_one()["changed_fields"], ["transfer_ids"])

    def test_forbidden_deletion_announces_nothing(self):
        transfer = self.transfer()
        outsider = self.new_user("realtime_outsider", "base.group_user")
        with self.assertRaises(AccessError):
            transfer.with_user(outsider).unlink()
        self.assertEqual(self.announced(), [])

    def test_rows_deleted_by_plain_sql(self):
        transfer = self.transfer()
        transfer.amount = 1
        transfer.flush_recordset()
        self.env.cr.execute("DELETE FROM amanat_transfer WHERE id = %s", [transfer.id])
        self.assertEqual(self.announced_one()["type"], "delete")

    def test_records_changed_by_plain_sql_can_be_announced(self):
        transfer = self.transfer()
        self.env.cr.execute("UPDATE amanat_transfer SET note = 'x' WHERE id = %s", [transfer.id])
        transfer._send_realtime_notification("update", ["note"])
        message = self.announced_one()
        self.assertEqual((message["type"], message["changed_fields"]), ("update", ["note"]))
        self.assertEqual(message["records"][0]["note"], "x")
        transfer._send_realtime_notification("delete")
        self.assertEqual(self.announced(), [])
        with self.assertRaises(ValueError):
            transfer._send_realtime_notification("celebrate")
