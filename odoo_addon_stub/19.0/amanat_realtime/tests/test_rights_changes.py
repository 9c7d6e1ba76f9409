from unittest.mock import patch

from odoo import Command
from odoo.addons.base.models.ir_model import MODULE_UNINSTALL_FLAG
from odoo.tools import mute_logger

from .test_rights import RightsCase


class Undone(Exception):
    """Raised by a test to roll a savepoint back."""


class TestRightsChanges(RightsCase):
    """Whatever changes what somebody may read is announced at commit, and says whose."""

    def announced_rights(self):
        found = [m for m in self.announced() if m["type"] == "rights"]
        return {m["reason"]: (m["users"], m["models"]) for m in found}

    def assertAnnounces(self, reason, users=False, models=False):
        found = self.announced_rights()
        self.assertEqual(found.get(reason), (users, models), found)

    def test_rules(self):
        rule = self.rule("[('state', '=', 'open')]")
        self.assertAnnounces("rules", models=["amanat.transfer"])
        rule.domain_force = "[]"
        self.assertAnnounces("rules", models=["amanat.transfer"])
        rule.model_id = self.env["ir.model"]._get_id("amanat.order")
        self.assertAnnounces("rules", models=["amanat.order", "amanat.transfer"])
        rule.unlink()
        self.assertAnnounces("rules", models=["amanat.order"])

    def test_access_lists(self):
        lists = self.env["ir.model.access"].search([("model_id.model", "=", "amanat.transfer")])
        lists[0].perm_read = False
        self.assertAnnounces("access", models=["amanat.transfer"])

    def test_groups(self):
        group = self.env.ref("amanat_realtime.group_manager")
        self.user.group_ids += group
        self.assertAnnounces("groups", users=[self.user.id])
        group.user_ids -= self.user
        self.assertAnnounces("groups")
        group.implied_ids += self.env.ref("base.group_no_one")
        self.assertAnnounces("groups")

    def test_users_and_companies(self):
        self.user.company_ids += self.other
        self.assertAnnounces("companies", users=[self.user.id])
        self.user.lang = self.env["res.lang"]._activate_lang("fr_FR").code
        self.assertAnnounces("language", users=[self.user.id])
        self.user.password = "a new one, and never in a message"
        self.assertAnnounces("password", users=[self.user.id])
        self.user.login = "renamed"
        self.assertAnnounces("password", users=[self.user.id])
        (self.user | self.manager).active = False
        self.assertAnnounces("user", users=sorted([self.user.id, self.manager.id]))
        self.env["res.company"].create({"name": "Branch", "parent_id": self.other.id})
        self.assertAnnounces("companies")

    def test_a_deleted_user(self):
        user = self.new_user("rights_deleted", "base.group_user")
        self.announced()
        gone = user.id
        user.unlink()
        self.assertAnnounces("user", users=[gone])

    def test_what_rules_traverse(self):
        self.rule("[('sender_id.category_id', 'in', [1])]")
        self.rule("[('transfer_id.state', '=', 'open')]", model="amanat.money")
        self.announced()
        self.child.category_id = self.tag
        self.assertAnnounces("traversed", models=["amanat.transfer"])
        self.tag.partner_ids = [Command.clear()]
        self.assertAnnounces("traversed", models=["amanat.transfer"])
        self.env["res.partner"].create({"name": "New"})
        self.assertAnnounces("traversed", models=["amanat.transfer"])
        self.records[0].state = "open"
        self.assertAnnounces("traversed", models=["amanat.money"])
        self.child.name = "Nobody's rule looks at it"
        self.records[0].note = "nor at this"
        self.assertEqual(self.announced_rights(), {})

    def test_recomputed_fields_that_rules_traverse(self):
        self.rule("[('transfer_id.money_total', '>', 5)]", model="amanat.money")
        self.announced()
        self.records[5].money_ids.amount = 9
        self.assertAnnounces("traversed", models=["amanat.money"])

    def test_one_message_for_each_reason_of_a_transaction(self):
        self.user.group_ids += self.env.ref("amanat_realtime.group_manager")
        self.foreigner.group_ids += self.env.ref("amanat_realtime.group_manager")
        self.rule("[]")
        self.rule("[]", model="amanat.order")
        found = self.announced()
        self.assertEqual(sorted(m["reason"] for m in found), ["groups", "rules"])
        by_reason = {m["reason"]: m for m in found}
        users = sorted([self.user.id, self.foreigner.id])
        self.assertEqual(by_reason["groups"]["users"], users)
        self.assertEqual(by_reason["rules"]["models"], ["amanat.order", "amanat.transfer"])
        self.assertIs(by_reason["rules"]["model"], False)

    def test_nothing_after_a_rollback(self):
        with self.assertRaises(Undone), self.env.cr.savepoint():
            self.user.group_ids += self.env.ref("amanat_realtime.group_manager")
            self.rule("[]")
            self.env.flush_all()
            raise Undone
        self.assertEqual(self.announced(), [])

    def test_while_modules_are_installed_all_rights_may_have_changed(self):
        with patch.object(self.registry, "ready", False):
            rule = self.rule("[('state', '=', 'open')]")
        message = self.announced_one()
        self.assertEqual(
            (message["type"], message["model"], message["reason"]), ("reset", False, "loading")
        )
        rule.with_context(**{MODULE_UNINSTALL_FLAG: True}).unlink()
        message = self.announced_one()
        self.assertEqual((message["type"], message["reason"]), ("reset", "loading"))

    def test_nothing_when_nobodys_rights_change(self):
        self.user.signature = "Best regards"
        self.new_user("rights_new", "base.group_user")
        self.env["res.partner"].create({"name": "New"})
        self.assertEqual(self.announced_rights(), {})

    def test_too_many_users_are_everybody(self):
        users = self.env["res.users"].browse(range(100_000, 101_001))
        users._rights_announce("user", frozenset(users._ids), None)
        self.assertAnnounces("user")

    @mute_logger("amanat.realtime")
    def test_a_rule_that_cannot_be_followed_fails_no_save(self):
        self.env.cr.execute(
            "UPDATE ir_rule SET domain_force = '[(' WHERE id = %s", [self.rule("[]").id]
        )
        self.env.invalidate_all()
        self.registry.clear_cache()
        self.child.name = "Saved"
        self.env.flush_all()
        self.assertFalse(self.ask_one(self.user)["read"])
