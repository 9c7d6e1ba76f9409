from odoo.tests import tagged

from .common import RealtimeCase


@tagged("post_install", "-at_install")
class TestRightsChanges(RealtimeCase):
    """Whatever changes who may read what is announced at commit."""

    def found(self):
        messages = [m for m in self.announced() if m["type"] == "rights"]
        return {m["reason"]: (m["users"], m["models"]) for m in messages}

    def test_rule(self):
        rule = self.env.ref("amanat_realtime.rule_amanat_transfer_company")
        rule.domain_force = "[('state', '=', 'open')]"
        self.assertEqual(self.found(), {"rules": (False, ["amanat.transfer"])})
        rule.unlink()
        self.assertEqual(self.found(), {"rules": (False, ["amanat.transfer"])})

    def test_access_list(self):
        self.env.ref("amanat_realtime.access_amanat_transfer_user").perm_read = False
        self.assertEqual(self.found(), {"access": (False, ["amanat.transfer"])})

    def test_groups_of_a_user(self):
        manager = self.env.ref("amanat_realtime.group_manager")
        self.user.groups_id += manager
        self.assertEqual(self.found(), {"groups": ([self.user.id], False)})
        manager.users -= self.user
        self.assertIn((False, False), self.found().values())

    def test_implied_group(self):
        group = self.env["res.groups"].create({"name": "New"})
        self.announced()
        group.implied_ids = self.env.ref("amanat_realtime.group_manager")
        self.assertEqual(self.found(), {"groups": (False, False)})

    def test_the_user(self):
        for values, reason in (
            ({"active": False}, "user"),
            ({"password": "a-new-one"}, "password"),
            ({"login": "renamed"}, "password"),
            ({"lang": "en_US"}, "language"),
            ({"company_ids": [(4, self.env.company.id)]}, "companies"),
        ):
            self.user.write(values)
            self.assertEqual(self.found(), {reason: ([self.user.id], False)})

    def test_name_of_a_user_is_none(self):
        self.user.name = "Renamed"
        self.assertEqual(self.found(), {})

    def test_what_a_rule_traverses(self):
        partner = self.env["res.partner"].create({"name": "Traversed"})
        self.env.ref("amanat_realtime.rule_amanat_transfer_company").domain_force = (
            "[('sender_id.city', '=', 'Tashkent')]"
        )
        self.announced()
        partner.city = "Tashkent"
        self.assertEqual(self.found(), {"traversed": (False, ["amanat.transfer"])})
        partner.street = "Navoi"
        self.assertEqual(self.found(), {})

    def test_what_is_rolled_back_is_not_announced(self):
        with self.assertRaises(ZeroDivisionError), self.env.cr.savepoint():
            self.user.active = False
            raise ZeroDivisionError
        self.assertEqual(self.found(), {})
