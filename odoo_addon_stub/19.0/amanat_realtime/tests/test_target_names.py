from odoo import Command
from odoo.exceptions import AccessError

from .common import RealtimeCase


class TestTargetNames(RealtimeCase):
    """Odoo shows what a many2one points at to whoever may read the record, and so do messages.

    Whether the target itself may be read makes no difference, in none of the ways to read.
    """

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.portal = cls.new_user("realtime_portal", "base.group_portal")
        cls.env["ir.model.access"].create(
            {
                "name": "Portal",
                "model_id": cls.env["ir.model"]._get_id("amanat.transfer"),
                "group_id": cls.env.ref("base.group_portal").id,
                "perm_read": True,
            }
        )
        cls.hidden = cls.env["res.partner"].create({"name": "Hidden"})
        manager = cls.new_user("realtime_hidden", "amanat_realtime.group_manager")
        cls.env["ir.rule"].create(
            {
                "name": "Hide a partner and a user",
                "model_id": cls.env["ir.model"]._get_id("res.partner"),
                "domain_force": str([("id", "not in", [cls.hidden.id, manager.partner_id.id])]),
                "groups": [
                    Command.link(cls.env.ref(f"base.group_{group}").id)
                    for group in ("portal", "user")
                ],
            }
        )
        cls.record = cls.env["amanat.transfer"].create(
            {"sender_id": cls.hidden.id, "manager_id": manager.id}
        )

    def test_messages_name_targets_as_odoo_does(self):
        self.announced()
        self.record.amount = 3
        sent = self.announced_one()["records"][0]
        for user in (self.user, self.portal):
            as_user = self.record.with_user(user)
            with self.subTest(user=user.login), self.assertRaises(AccessError):
                as_user.sender_id.check_access("read")
            for name in ("sender_id", "manager_id"):
                as_user.invalidate_recordset()
                with self.subTest(user=user.login, field=name):
                    self.assertEqual(list(as_user.read([name])[0][name]), sent[name])
                    for found in (
                        as_user.web_read(self.asked(name))[0],
                        as_user.web_search_read([("id", "=", self.record.id)], self.asked(name))[
                            "records"
                        ][0],
                    ):
                        target = {"id": sent[name][0], "display_name": sent[name][1]}
                        self.assertEqual(found[name], target)

    def asked(self, name):
        return {name: {"fields": {"display_name": {}}}}
