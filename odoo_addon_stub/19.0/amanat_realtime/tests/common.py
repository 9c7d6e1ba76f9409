import json

from odoo import Command
from odoo.tests import TransactionCase, tagged


@tagged("post_install", "-at_install")
class RealtimeCase(TransactionCase):
    """Runs flushes as a commit would, and reads what they put on the private channel."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.group = cls.env.ref("amanat_realtime.group_bridge")
        cls.service = cls.env.ref("amanat_realtime.user_bridge")
        cls.user = cls.new_user("realtime_user", "amanat_realtime.group_user")

    @classmethod
    def new_user(cls, login, *groups, company=None):
        company = company or cls.env.company
        return (
            cls.env["res.users"]
            .with_context(no_reset_password=True)
            .create(
                {
                    "name": login,
                    "login": login,
                    "company_id": company.id,
                    "company_ids": [Command.set(company.ids)],
                    "group_ids": [Command.set([cls.env.ref(group).id for group in groups])],
                }
            )
        )

    def setUp(self):
        super().setUp()
        self.announced()

    def announced(self):
        """Flush as a commit does and return the messages sent since the last call."""
        self.env.cr.flush()
        channel = json.dumps(
            [self.env.cr.dbname, "res.groups", self.group.id, "realtime_updates"],
            separators=(",", ":"),
        )
        rows = self.env["bus.bus"].sudo().search([("channel", "=", channel)], order="id")
        found = [json.loads(row.message)["payload"] for row in rows]
        rows.unlink()
        return found

    def announced_one(self):
        found = self.announced()
        self.assertEqual(len(found), 1, found)
        return found[0]

    def transfer(self, **values):
        """Return a transfer whose creation was announced already."""
        record = self.env["amanat.transfer"].create({"amount": 9.0, "state": "open", **values})
        self.announced()
        return record
