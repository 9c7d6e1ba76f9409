from odoo import Command

from .common import RealtimeCase


class TestAnnounce(RealtimeCase):
    def test_update_carries_new_and_previous_values(self):
        transfer = self.transfer()
        transfer.write({"state": "done", "amount": 10.5})
        message = self.announced_one()
        self.assertEqual(message["type"], "update")
        self.assertEqual(message["model"], "amanat.transfer")
        self.assertEqual(message["changed_fields"], ["amount", "state"])
        self.assertEqual(message["records"][0]["id"], transfer.id)
        self.assertEqual(message["records"][0]["state"], "done")
        self.assertEqual(message["records"][0]["amount"], 10.5)
        self.assertEqual(
            message["old"],
            [
                {
                    "id": transfer.id,
                    "active": True,
                    "amount": 9.0,
                    "company_id": [self.env.company.id, self.env.company.name],
                    "state": "open",
                }
            ],
        )
        self.assertNotIn("secret_code", message["records"][0])

    def test_payment_raises_the_total_of_its_transfer(self):
        transfer = self.transfer()
        transfer.write({"money_ids": [Command.create({"name": "First", "amount": 5})]})
        by_model = {m["model"]: m for m in self.announced()}
        self.assertEqual(by_model["amanat.money"]["type"], "create")
        changed = by_model["amanat.transfer"]
        self.assertEqual(changed["type"], "update")
        self.assertEqual(changed["changed_fields"], ["money_ids", "money_total"])
        self.assertEqual(changed["records"][0]["money_total"], 5)
        self.assertEqual(changed["old"][0]["money_total"], 0)
        self.assertEqual(changed["reread"], ["money_ids"])
        self.assertNotIn("money_ids", changed["records"][0])

    def test_created_and_deleted_leaves_no_trace(self):
        self.env["amanat.transfer"].create({"amount": 1}).unlink()
        self.assertEqual(self.announced(), [])

    def test_created_and_written_is_one_create(self):
        transfer = self.env["amanat.transfer"].create({"amount": 1})
        transfer.flush_recordset()
        transfer.amount = 2
        message = self.announced_one()
        self.assertEqual((message["type"], message["records"][0]["amount"]), ("create", 2))

    def test_delete_takes_cascaded_payments_along(self):
        transfer = self.transfer(money_ids=[Command.create({"name": "First", "amount": 5})])
        money = transfer.money_ids
        ids = (transfer.id, money.id)
        transfer.unlink()
        deleted = {m["model"]: m for m in self.announced()}
        self.assertEqual(deleted["amanat.transfer"]["type"], "delete")
        self.assertEqual(deleted["amanat.transfer"]["records"], [{"id": ids[0]}])
        self.assertEqual(deleted["amanat.money"]["type"], "delete")
        self.assertEqual(deleted["amanat.money"]["records"], [{"id": ids[1]}])
