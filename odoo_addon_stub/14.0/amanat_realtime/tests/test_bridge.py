from odoo.exceptions import AccessError, ValidationError
from odoo.tests import tagged

from .common import RealtimeCase


@tagged("post_install", "-at_install")
class TestBridge(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.manager = cls.new_user("realtime_manager", "amanat_realtime.group_manager")
        cls.foreigner = cls.new_user(
            "realtime_foreigner", "amanat_realtime.group_user", company=cls.other
        )
        cls.outsider = cls.new_user("realtime_outsider", "base.group_user")
        cls.transfers = cls.env["amanat.transfer"].create(
            [{"amount": 1}, {"company_id": cls.other.id}, {"company_id": False}, {"active": False}]
        )
        cls.bridge = cls.env["amanat.bridge"].with_user(cls.service)

    def ask(self, ids, *users, model="amanat.transfer", companies=None):
        viewers = [{"uid": u.id, "companies": companies or u.company_ids.ids} for u in users]
        answer = self.bridge.readable([{"model": model, "ids": ids, "viewers": viewers}])[0]
        return [answer["answers"][number] for number in answer["of"]]

    def test_only_the_service_user_may_ask(self):
        self.env.ref("base.user_admin").groups_id += self.group
        for user in (self.user, self.manager, self.env.ref("base.user_admin")):
            with self.assertRaises(AccessError):
                self.env["amanat.bridge"].with_user(user).bridge_info()
            with self.assertRaises(AccessError):
                self.env["amanat.bridge"].with_user(user).sudo().readable([])

    def test_info_names_keys_channel_and_live_fields(self):
        info = self.bridge.bridge_info()
        self.assertEqual(info["channel"][1:], ["res.groups", self.group.id, "realtime_updates"])
        self.assertEqual(info["issuer"], f"{info['database_uuid']}/{info['install_id']}")
        self.assertEqual(info["keys"][0]["crv"], "P-256")
        self.assertNotIn("d", info["keys"][0])
        transfer = info["models"]["amanat.transfer"]
        self.assertEqual(transfer["label"], "Transfer")
        self.assertEqual(transfer["fields"]["sender_id"], "many2one")
        self.assertNotIn("secret_code", transfer["fields"])

    def test_readable_answers_as_each_user_would_find(self):
        users = [self.user, self.manager, self.foreigner, self.env.ref("base.user_admin")]
        answers = self.ask(self.transfers.ids, *users)
        for user, answer in zip(users, answers):
            self.assertCountEqual(answer["ids"], self.found(user), user.login)
            self.assertTrue(answer["read"])

    def test_equal_answers_are_sent_once(self):
        users = [self.user, self.foreigner, self.user, self.foreigner]
        viewers = [{"uid": user.id, "companies": user.company_ids.ids} for user in users]
        question = {"model": "amanat.transfer", "ids": self.transfers.ids, "viewers": viewers}
        answer = self.bridge.readable([question])[0]
        self.assertEqual(len(answer["answers"]), 2)
        self.assertEqual(answer["of"], [0, 1, 0, 1])

    def test_rules_that_mean_something_else_to_each_user(self):
        """Differential: answers are those of ``search``, whatever the rule looks like."""
        parent = self.env["res.partner"].create({"name": "Family"})
        child = self.env["res.partner"].create({"name": "Child", "parent_id": parent.id})
        self.transfers[0].write({"manager_id": self.user.id, "sender_id": child.id})
        self.transfers[2].write({"manager_id": self.manager.id, "sender_id": parent.id})
        rule = self.env["ir.rule"].create(
            {
                "name": "Varied",
                "model_id": self.env["ir.model"]._get_id("amanat.transfer"),
                "groups": [(4, self.env.ref("amanat_realtime.group_user").id)],
            }
        )
        users = [self.user, self.manager, self.foreigner, self.env.ref("base.user_admin")]
        for domain in (
            "[('manager_id', '=', user.id)]",
            "['|', ('manager_id', '=', user.id), ('state', 'in', ['open', 'draft'])]",
            "[('sender_id', 'child_of', %d)]" % parent.id,
            "[('manager_id.login', 'like', 'manager')]",
            "['!', ('manager_id.company_ids', 'in', company_ids)]",
            "[('sender_id.user_ids', '=', False)]",
            "[(1, '=', 1)]",
            "[(0, '=', 1)]",
        ):
            rule.domain_force = domain
            for user, answer in zip(users, self.ask(self.transfers.ids, *users)):
                self.assertCountEqual(answer["ids"], self.found(user), (domain, user.login))

    def found(self, user):
        model = self.env["amanat.transfer"].with_user(user).with_context(active_test=False)
        model = model.with_context(allowed_company_ids=user.company_ids.ids)
        return model.search([("id", "in", self.transfers.ids)]).ids

    def test_fields_follow_the_groups(self):
        user, manager = self.ask(self.transfers.ids, self.user, self.manager)
        self.assertEqual(user["fields"][:3], ["id", "display_name", "name"])
        self.assertNotIn("internal_note", user["fields"])
        self.assertIn("internal_note", manager["fields"])
        self.assertNotIn("secret_code", manager["fields"])

    def test_unknown_is_nothing(self):
        nothing = {"read": False, "ids": [], "fields": []}
        self.assertEqual(self.ask(self.transfers.ids, self.outsider), [nothing])
        self.assertEqual(self.ask([1], self.user, model="res.partner"), [nothing])
        self.assertEqual(self.ask([1], self.user, model="no.such"), [nothing])
        self.assertEqual(
            self.ask(self.transfers.ids, self.env["res.users"].browse(999999)), [nothing]
        )
        self.user.active = False
        self.assertEqual(self.ask(self.transfers.ids, self.user), [nothing])

    def test_companies_of_others_are_dropped(self):
        companies = [self.other.id, self.user.company_id.id]
        answer = self.ask(self.transfers.ids, self.user, companies=companies)[0]
        self.assertNotIn(self.transfers[1].id, answer["ids"])
        only_foreign = self.ask(self.transfers.ids, self.user, companies=[self.other.id])[0]
        self.assertEqual(only_foreign, {"read": False, "ids": [], "fields": []})

    def test_deleted_ids_are_left_out(self):
        gone = self.transfers[0].id
        self.transfers[0].unlink()
        self.assertNotIn(gone, self.ask(self.transfers.ids + [gone], self.user)[0]["ids"])

    def test_too_large_questions_are_refused(self):
        with self.assertRaises(ValidationError):
            self.ask(list(range(1, 1002)), self.user)

    def test_versions_of_all_asked_rows_that_exist(self):
        viewers = [{"uid": self.foreigner.id, "companies": self.foreigner.company_ids.ids}]
        ids = self.transfers.ids
        question = {"model": "amanat.transfer", "ids": [*ids, 999_999_999], "viewers": viewers}
        self.env["base"].flush()
        before = self.bridge.readable([question])[0]["versions"]
        self.assertEqual(set(before), {str(i) for i in ids})
        with self.env.cr.savepoint():
            self.transfers[0].amount += 1
            self.transfers.flush()
        after = self.bridge.readable([question])[0]["versions"]
        changed = {i for i in after if before[i] != after[i]}
        self.assertEqual(changed, {str(ids[0])})
        unknown = self.bridge.readable([{**question, "model": "no.such"}])[0]
        self.assertEqual(unknown["versions"], {})

    def test_viewer_is_who_a_token_would_be_for(self):
        self.foreigner.company_ids |= self.env.company
        found = self.bridge.viewer(self.foreigner.login)
        self.assertEqual(
            found,
            {
                "uid": self.foreigner.id,
                "name": self.foreigner.name,
                "companies": [self.other.id, self.env.company.id],
                "lang": "en_US",
            },
        )
        for login in ("nobody of this name", "", False, ["a"]):
            self.assertIs(self.bridge.viewer(login), False)
        self.foreigner.active = False
        self.assertIs(self.bridge.viewer(self.foreigner.login), False)

    def test_images_are_what_a_message_would_hold(self):
        transfer = self.transfers[0]
        self.announced()
        transfer.amount += 1
        message = self.announced_one()
        gone = 999_999_999
        found = self.bridge.images("amanat.transfer", [transfer.id, gone, transfer.id])
        self.assertEqual(found, {key: message[key] for key in ("records", "rules", "versions")})
        nothing = {"records": [], "rules": [], "versions": []}
        self.assertEqual(self.bridge.images("res.partner", [1]), nothing)
        with self.assertRaises(ValidationError):
            self.bridge.images("amanat.transfer", list(range(1, 1002)))

    def test_explaining_is_for_the_service_user_only(self):
        for ask in (lambda bridge: bridge.viewer("x"), lambda b: b.images("amanat.transfer", [1])):
            with self.assertRaises(AccessError):
                ask(self.env["amanat.bridge"].with_user(self.manager))
