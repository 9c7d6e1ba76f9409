from lxml import etree

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tests import HttpCase, tagged

from .common import RealtimeCase
from .test_token import decoded


class TestPresence(RealtimeCase):
    """Who may write, who may see whom, and who wants to be seen."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.manager = cls.new_user("presence_manager", "amanat_realtime.group_manager")
        cls.foreigner = cls.new_user(
            "presence_foreigner", "amanat_realtime.group_user", company=cls.other
        )
        cls.outsider = cls.new_user("presence_outsider", "base.group_user")
        cls.portal = cls.new_user("presence_portal", "base.group_portal")
        cls.transfers = cls.env["amanat.transfer"].create(
            [{"amount": 1, "state": "open"}, {"amount": 2, "state": "done"}]
        )
        cls.bridge = cls.env["amanat.bridge"].with_user(cls.service)

    def viewers(self, *users):
        return [{"uid": user.id, "companies": user.company_ids.ids} for user in users]

    def writable(self, *users):
        question = {"model": "amanat.transfer", "ids": self.transfers.ids, "operation": "write"}
        answer = self.bridge.readable([{**question, "viewers": self.viewers(*users)}])[0]
        self.assertEqual(answer["operation"], "write")
        return [answer["answers"][number] for number in answer["of"]]

    def writing_rule(self, domain):
        return self.env["ir.rule"].create(
            {
                "name": "Writing",
                "model_id": self.env["ir.model"]._get_id("amanat.transfer"),
                "domain_force": domain,
                "perm_read": False,
            }
        )

    def test_writing_follows_the_rules_for_writing(self):
        self.writing_rule("[('state', '=', 'open')]")
        (answer,) = self.writable(self.user)
        self.assertEqual(answer["ids"], self.transfers[0].ids)
        with self.assertRaises(AccessError):
            self.transfers[1].with_user(self.user).write({"amount": 3})

    def test_nobody_writes_what_may_not_be_read(self):
        foreign, outsider = self.writable(self.foreigner, self.outsider)
        self.assertEqual(foreign["ids"], [])
        self.assertEqual(outsider, {"read": False, "ids": [], "fields": []})

    def test_writing_needs_the_access_list(self):
        lists = self.env["ir.model.access"].search([("model_id.model", "=", "amanat.transfer")])
        lists.perm_write = False
        self.assertEqual(
            self.writable(self.user), [{"read": False, "ids": [], "fields": []}]
        )

    def test_fields_that_may_be_written_follow_the_groups(self):
        user, manager = self.writable(self.user, self.manager)
        self.assertIn("amount", user["fields"])
        self.assertNotIn("internal_note", user["fields"])
        self.assertIn("internal_note", manager["fields"])
        self.assertNotIn("id", manager["fields"])

    def test_a_question_about_reading_says_so(self):
        question = {"model": "amanat.transfer", "ids": [], "viewers": self.viewers(self.user)}
        self.assertEqual(self.bridge.readable([question])[0]["operation"], "read")
        unknown = {**question, "model": "no.such", "operation": "write"}
        self.assertEqual(self.bridge.readable([unknown])[0]["operation"], "write")

    def people(self, users, *viewers):
        question = {"users": users.ids, "viewers": self.viewers(*viewers)}
        answer = self.bridge.people([question])[0]
        return [answer["answers"][number]["names"] for number in answer["of"]]

    def test_names_are_those_that_each_viewer_may_read(self):
        """Differential: a viewer names whom ``search`` finds, and oneself."""
        users = self.user | self.manager | self.foreigner | self.portal | self.service
        viewers = [self.user, self.foreigner, self.portal, self.outsider]
        for viewer, names in zip(viewers, self.people(users, *viewers), strict=True):
            model = self.env["res.users"].with_user(viewer).with_context(active_test=False)
            model = model.with_context(allowed_company_ids=viewer.company_ids.ids)
            found = model.search([("id", "in", users.ids)]) | (viewer & users)
            self.assertEqual(names, {str(user.id): user.sudo().name for user in found})

    def test_who_may_not_see_somebody_has_no_name_for_them(self):
        self.env["ir.rule"].create(
            {
                "name": "Own company only",
                "model_id": self.env["ir.model"]._get_id("res.users"),
                "domain_force": "[('company_ids', 'in', company_ids)]",
            }
        )
        mine, theirs = self.people(self.user | self.foreigner, self.user, self.foreigner)
        self.assertEqual(mine, {str(self.user.id): self.user.name})
        self.assertEqual(theirs, {str(self.foreigner.id): self.foreigner.name})

    def test_equal_answers_are_sent_once_and_the_unknown_are_left_out(self):
        viewers = self.viewers(self.user, self.manager)
        viewers.append({"uid": 999999, "companies": [1]})
        answer = self.bridge.people([{"users": [self.user.id, 999999], "viewers": viewers}])[0]
        names = {str(self.user.id): self.user.name}
        self.assertEqual(answer, {"answers": [{"names": names}, {"names": {}}], "of": [0, 0, 1]})

    def test_only_the_service_user_may_ask_for_people(self):
        with self.assertRaises(AccessError):
            self.env["amanat.bridge"].with_user(self.manager).people([])
        with self.assertRaises(ValidationError):
            self.bridge.people([{"users": list(range(1, 1002)), "viewers": []}])

    def test_presence_is_on_until_somebody_switches_it_off(self):
        self.assertEqual(self.user._realtime_presence(), "shown")
        self.user.with_user(self.user).amanat_presence = False
        self.assertEqual(self.user._realtime_presence(), "hidden")
        self.env["ir.config_parameter"].set_param("amanat_realtime.presence", "off")
        self.assertIs(self.user._realtime_presence(), False)

    def test_members_of_a_group_are_hidden(self):
        hidden = self.env.ref("amanat_realtime.group_no_presence")
        self.env.ref("amanat_realtime.group_manager").implied_ids += hidden
        self.assertEqual(self.manager._realtime_presence(), "hidden")
        self.assertEqual(self.user._realtime_presence(), "shown")
        self.user.group_ids = [Command.link(hidden.id)]
        self.assertEqual(self.user._realtime_presence(), "hidden")

    def test_the_switch_is_among_the_preferences(self):
        view = self.env.ref("base.view_users_form_simple_modif")
        arch = self.env["res.users"].with_user(self.user).get_view(view.id, "form")["arch"]
        self.assertTrue(etree.fromstring(arch).xpath("//field[@name='amanat_presence']"))


@tagged("post_install", "-at_install")
class TestPresenceClaim(HttpCase):
    def claims(self):
        answer = self.make_jsonrpc_request("/amanat_realtime/token", {})
        return decoded(answer["token"].split(".")[1])

    def test_the_token_says_whether_its_user_is_shown(self):
        admin = self.env.ref("base.user_admin")
        self.authenticate("admin", "admin")
        self.assertEqual(self.claims()["presence"], "shown")
        admin.amanat_presence = False
        self.assertEqual(self.claims()["presence"], "hidden")
        self.env["ir.config_parameter"].set_param("amanat_realtime.presence", "off")
        self.assertNotIn("presence", self.claims())
