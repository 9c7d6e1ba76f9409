import json

from odoo.addons.bus.models.bus import json_dump
from odoo.tests import SavepointCase


class RealtimeCase(SavepointCase):
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
                    "company_ids": [(6, 0, company.ids)],
                    "groups_id": [(6, 0, [cls.env.ref(group).id for group in groups])],
                }
            )
        )

    def setUp(self):
        super().setUp()
        self.announced()

    def commit(self):
        self.env["base"].flush()
        self.env.cr.precommit.run()

    def announced(self):
        """Flush as a commit does and return the messages sent since the last call."""
        self.commit()
        channel = json_dump((self.env.cr.dbname, "res.groups", self.group.id, "realtime_updates"))
        rows = self.env["bus.bus"].sudo().search([("channel", "=", channel)], order="id")
        found = [json.loads(row.message) for row in rows]
        self.assertEqual({message["type"] for message in found} - {"realtime_updates"}, set())
        rows.unlink()
        return [message["payload"] for message in found]

    def announced_one(self):
        found = self.announced()
        self.assertEqual(len(found), 1, found)
        return found[0]

    def transfer(self, **values):
        """Return a transfer whose creation was announced already."""
        record = self.env["amanat.transfer"].create({"amount": 9.0, "state": "open", **values})
        self.announced()
        return record
