import logging

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

    def test_old_announcements_are_deleted_and_others_stay(self):
        self.transfer().amount = 1
        self.env["bus.bus"]._sendone("another_channel", "hello", {})
        self.env.cr.flush()
        rows = self.env["bus.bus"].search([])
        self.env.cr.execute("UPDATE bus_bus SET create_date = now() - interval '25 hours'")
        self.transfer()
        self.env["bus.bus"].invalidate_model()
        self.env["amanat.announcer"]._delete_old_announcements()
        kept = rows.exists().mapped("channel")
        self.assertTrue(any("another_channel" in channel for channel in kept))
        self.assertFalse(any("realtime_updates" in channel for channel in kept))

    def test_log_line_names_no_value(self):
        transfer = self.transfer()
        with self.assertLogs("amanat.realtime", logging.INFO) as logged:
            transfer.note = "4711"
            self.announced()
        line = logged.output[0]
        self.assertRegex(line, r"amanat\.transfer update: 1 record\(s\), user \d+, [\d.]+ ms$")
        self.assertNotIn("4711", line)

    def test_the_author_is_whose_request_it_is_whoever_the_code_acts_as(self):
        transfer = self.transfer()
        self.env.transaction.default_env = self.env(user=self.user.id)
        manager = self.new_user("realtime_other", "amanat_realtime.group_manager")
        self.announced()
        transfer.with_user(manager).amount = 1
        self.assertEqual(self.announced_one()["user_id"], self.user.id)

    def test_message_names_its_author_and_time(self):
        transfer = self.transfer()
        self.env.transaction.default_env = self.env(user=self.user.id)
        transfer.with_user(self.user).sudo().amount = 1
        message = self.announced_one()
        self.assertEqual((message["v"], message["user_id"]), (1, self.user.id))
        self.assertEqual(message["user_name"], "realtime_user")
        self.assertRegex(message["timestamp"], r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z$")
        self.assertIs(message["origin"], False)
