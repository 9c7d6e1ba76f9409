from odoo.tests import tagged

from .common import RealtimeCase

NEVER = [[0, "=", 1]]


@tagged("post_install", "-at_install")
class TestRights(RealtimeCase):
    """A domain is told only where the record's own values decide as Odoo does."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.manager = cls.new_user("realtime_manager", "amanat_realtime.group_manager")
        cls.manager.company_ids += cls.other
        cls.foreigner = cls.new_user(
            "realtime_foreigner", "amanat_realtime.group_user", company=cls.other
        )
        cls.outsider = cls.new_user("realtime_outsider", "base.group_user")
        cls.rule = cls.env.ref("amanat_realtime.rule_amanat_transfer_company")
        cls.bridge = cls.env["amanat.bridge"].with_user(cls.service)

    def ask(self, *users, model="amanat.transfer"):
        viewers = [{"uid": u.id, "companies": u.company_ids.ids} for u in users]
        return self.bridge.rights([{"model": model, "viewers": viewers}])[0]

    def one(self, user, rule=None):
        if rule is not None:
            self.rule.domain_force = rule
        return self.ask(user)["answers"][0]

    def test_companies_of_the_viewer(self):
        answer = self.ask(self.user, self.foreigner, self.manager, self.user)
        self.assertEqual(answer["of"], [0, 1, 2, 0])
        wanted = {
            0: ["in", sorted([self.user.company_id.id])],
            1: ["in", [self.other.id]],
            2: ["in", sorted(self.manager.company_ids.ids)],
        }
        for number, (operator, ids) in wanted.items():
            found = answer["answers"][number]
            parts = [["company_id", "in", [False]], ["company_id", operator, ids]]
            self.assertTrue(found["decidable"])
            self.assertCountEqual(found["domain"], ["|", *parts])
        self.assertEqual(answer["columns"]["company_id"]["relation"], "res.company")
        self.assertEqual(answer["columns"]["amount"], {"type": "float", "digits": 2})

    def test_who_may_read_nothing(self):
        denied = self.ask(self.outsider)["answers"][0]
        self.assertEqual((denied["read"], denied["domain"], denied["fields"]), (False, False, []))
        self.assertFalse(self.ask(self.user, model="res.partner")["answers"][0]["read"])

    def test_no_rule_is_every_record(self):
        self.rule.active = False
        self.assertEqual(self.one(self.user)["domain"], [])

    def test_what_is_told(self):
        me = self.user.id
        for rule, wanted in (
            ("[('manager_id', '=', user.id)]", [["manager_id", "in", [me]]]),
            ("[('manager_id', '!=', user.id)]", [["manager_id", "not in", [me]]]),
            ("[('manager_id', '=', False)]", [["manager_id", "in", [False]]]),
            ("[('state', 'in', ['open', 'done'])]", [["state", "in", ["done", "open"]]]),
            ("[('state', 'not in', ['done'])]", [["state", "not in", ["done"]]]),
            ("[('active', '=', True)]", [["active", "in", [True]]]),
            ("[('active', '!=', True)]", [["active", "in", [False]]]),
            ("['!', ('id', 'in', [4, 2])]", ["!", ["id", "in", [2, 4]]]),
            ("[('id', 'in', [])]", NEVER),
            ("[(1, '=', 1)]", []),
            ("[(0, '=', 1)]", NEVER),
            ("['|', (1, '=', 1), ('state', '=', 'open')]", []),
        ):
            self.assertEqual(self.one(self.user, rule)["domain"], wanted, rule)

    def test_what_is_not_told_is_asked_for(self):
        for rule in (
            "[('sender_id.name', '=', 'x')]",
            "[('sender_id', 'child_of', 1)]",
            "[('sender_id', '=', 'a name')]",
            "[('name', 'ilike', 'x')]",
            "[('name', '=', False)]",
            "[('amount', '>', 5)]",
            "[('active', 'in', [True])]",
            "[('date', '=', time.strftime('%Y-%m-%d'))]",
            "[('secret_code', '=', 'x')]",
        ):
            answer = self.one(self.user, rule)
            self.assertEqual((answer["decidable"], answer["domain"]), (False, False), rule)
            self.assertTrue(answer["same"], rule)
            self.assertIn("name", answer["fields"])

    def test_viewers_of_the_same_undecided_rule_share_an_answer(self):
        self.rule.domain_force = "[('amount', '>', 5)]"
        self.assertEqual(self.ask(self.user, self.user)["of"], [0, 0])
        self.rule.domain_force = "[('sender_id', 'child_of', user.partner_id.id)]"
        mine, theirs = (self.one(user)["same"] for user in (self.user, self.foreigner))
        self.assertNotEqual(mine, theirs)

    def test_rule_that_raises_denies_and_says_so(self):
        answer = self.one(self.user, "[('manager_id', '=', no_such_name)]")
        self.assertEqual((answer["read"], bool(answer["broken"])), (False, True))

    def test_fields_follow_the_groups(self):
        self.assertNotIn("internal_note", self.one(self.user)["fields"])
        self.assertIn("internal_note", self.one(self.manager)["fields"])
        self.assertNotIn("secret_code", self.one(self.manager)["fields"])
