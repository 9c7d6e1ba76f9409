import json
import logging
import time
from unittest.mock import patch

from odoo import Command
from odoo.exceptions import AccessError, ValidationError
from odoo.tools import mute_logger

from odoo.addons.amanat_realtime.models import realtime_domains

from .common import RealtimeCase

_logger = logging.getLogger(__name__)

DENIED = {
    "read": False,
    "domain": False,
    "fields": [],
    "lang": False,
    "decidable": True,
    "same": False,
    "broken": False,
}


class RightsCase(RealtimeCase):
    """Some users in two companies, and records that differ in everything rules look at."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.other = cls.env["res.company"].create({"name": "Other"})
        cls.both = cls.env.company | cls.other
        cls.manager = cls.new_user("rights_manager", "amanat_realtime.group_manager")
        cls.foreigner = cls.new_user(
            "rights_foreigner", "amanat_realtime.group_user", company=cls.other
        )
        cls.traveller = cls.new_user("rights_traveller", "amanat_realtime.group_user")
        cls.traveller.company_ids = cls.both
        cls.outsider = cls.new_user("rights_outsider", "base.group_user")
        partners = cls.env["res.partner"]
        cls.tag = cls.env["res.partner.category"].create({"name": "Rights"})
        cls.family = partners.create({"name": "Family", "category_id": [Command.link(cls.tag.id)]})
        cls.child = partners.create({"name": "Child", "parent_id": cls.family.id})
        cls.gone = partners.create({"name": "Gone", "parent_id": cls.family.id, "active": False})
        cls.records = cls.env["amanat.transfer"].create(
            [
                {"amount": 1, "sender_id": cls.child.id, "manager_id": cls.user.id},
                {"amount": 2, "company_id": cls.other.id, "state": "open"},
                {"amount": 3, "company_id": False, "sender_id": cls.family.id, "state": "done"},
                {"amount": 4, "active": False, "manager_id": cls.manager.id, "state": "open"},
                {"amount": 5, "sender_id": cls.gone.id, "date": "2026-01-02"},
                {"amount": 6, "money_ids": [Command.create({"name": "m", "amount": 7})]},
            ]
        )
        cls.bridge = cls.env["amanat.bridge"].with_user(cls.service)

    def rule(self, domain, *groups, model="amanat.transfer"):
        return self.env["ir.rule"].create(
            {
                "name": "Tried",
                "model_id": self.env["ir.model"]._get_id(model),
                "domain_force": domain,
                "groups": [Command.link(self.env.ref(group).id) for group in groups],
            }
        )

    def question(self, *users, model="amanat.transfer", companies=None):
        viewers = [
            {"uid": u.id, "companies": u.company_ids.ids if companies is None else companies}
            for u in users
        ]
        return {"model": model, "viewers": viewers}

    def ask(self, *users, **asked):
        return self.bridge.rights([self.question(*users, **asked)])[0]

    def ask_one(self, user, **asked):
        return self.ask(user, **asked)["answers"][0]


class TestRights(RightsCase):
    def assertAsOdoo(self, user, companies, decidable=True):
        answer = self.ask_one(user, companies=companies.ids)
        json.dumps(answer)
        self.assertTrue(answer["read"])
        self.assertEqual(answer["decidable"], decidable, answer)
        if not decidable:
            self.assertIs(answer["domain"], False)
            return answer
        transfers = self.env["amanat.transfer"].with_context(active_test=False)
        leaves = [tuple(p) if isinstance(p, list) else p for p in answer["domain"]]
        found = transfers.sudo().search([*leaves, ("id", "in", self.records.ids)])
        as_viewer = transfers.with_user(user).with_context(allowed_company_ids=companies.ids)
        expected = as_viewer.search([("id", "in", self.records.ids)])
        self.assertEqual(found.ids, expected.ids, (user.login, answer["domain"]))
        self.assertOwn(answer["domain"])
        return answer

    def assertOwn(self, domain):
        fields = self.env["amanat.transfer"]._fields
        for leaf in domain:
            if not isinstance(leaf, str) and leaf != [0, "=", 1]:
                self.assertTrue(leaf[0] == "id" or fields[leaf[0]].store, leaf)
                self.assertNotIn(leaf[1], ("any", "not any", "child_of", "parent_of"))

    def each_viewer(self):
        yield self.user, self.user.company_ids
        yield self.manager, self.manager.company_ids
        yield self.foreigner, self.other
        yield self.traveller, self.env.company
        yield self.traveller, self.other | self.env.company
        yield self.env.ref("base.user_admin"), self.env.company

    def test_domains_find_what_each_viewer_finds(self):
        """Differential: the domain on own columns is as good as the rules themselves."""
        group = "amanat_realtime.group_user"
        line = self.records[5].money_ids.id
        for domain in (
            "[]",
            "[(1, '=', 1)]",
            "[(0, '=', 1)]",
            "[('manager_id', '=', user.id)]",
            "['!', ('manager_id', '=', user.id)]",
            "[('company_id', '=', company_id)]",
            "[('company_id', 'in', company_ids)]",
            "['|', ('state', 'in', ['open', 'done']), ('manager_id', '=', user.id)]",
            "[('state', 'not in', ['open'])]",
            "[('amount', '>', 2), ('amount', '<=', 5)]",
            "['!', ('amount', '>', 2)]",
            "[('date', '>=', '2026-01-01')]",
            "[('create_date', '<', '2099-01-01')]",
            "[('name', 'like', '%')]",
            "[('active', '=', True)]",
            "[('manager_id.login', 'like', 'manager')]",
            "['!', ('manager_id.login', '=', 'rights_manager')]",
            "[('manager_id.company_ids', 'in', company_ids)]",
            "[('sender_id', 'child_of', %d)]" % self.family.id,
            "[('sender_id', 'parent_of', %d)]" % self.child.id,
            "['!', ('sender_id', 'child_of', %d)]" % self.family.id,
            "[('sender_id.category_id', 'in', [%d])]" % self.tag.id,
            "[('sender_id', 'any', [('parent_id', '!=', False)])]",
            "[('sender_id', 'not any', [('parent_id', '!=', False)])]",
            "[('sender_id.active', '=', False)]",
            "[('sender_id', '=', False)]",
            "[('sender_id', 'ilike', 'child')]",
            "[('money_ids', '=', False)]",
            "[('money_ids', '!=', False)]",
            "[('money_ids', 'in', [%d])]" % line,
            "[('money_ids', 'not in', [%d])]" % line,
            "[('money_ids', 'in', [False, %d])]" % line,
            "['!', ('money_ids', 'in', [False, %d])]" % line,
            "[('money_ids', 'any', [('id', '=', %d)])]" % line,
            "[('money_ids.amount', '>', 5)]",
            "[('money_ids', 'not any', [('amount', '>', 5)])]",
            "['|', ('manager_id', 'in', user.ids), '!', '&', ('state', '=', 'open'), "
            "('manager_id.active', '=', True)]",
        ):
            rule = self.rule(domain, group)
            for user, companies in self.each_viewer():
                with self.subTest(domain=domain, user=user.login):
                    self.assertAsOdoo(user, companies)
            rule.unlink()

    def test_rules_of_several_groups_are_alternatives(self):
        self.rule("[('manager_id', '=', user.id)]", "amanat_realtime.group_user")
        self.rule("[('state', '=', 'open')]", "amanat_realtime.group_manager")
        self.rule("[('amount', '<', 6)]")
        for user, companies in self.each_viewer():
            self.assertAsOdoo(user, companies)
        self.assertNotEqual(self.ask_one(self.user), self.ask_one(self.manager))

    def test_what_own_values_cannot_decide_is_left_to_readable(self):
        for domain in (
            "[('display_name', 'like', 'TR')]",  # computed
            "[('name', '>', 'TR-1')]",  # the order of texts is the database's
            "[('secret_code', '=', 'x')]",  # never leaves Odoo
            "[('date', '>', 'today')]",  # tomorrow it means something else
            "[('money_ids.transfer_id.state', '=', 'open')]",  # leads back to the model itself
            "[('manager_id', 'ilike', 'rights')]",  # names of users are searched by code
            "[('sender_id.country_id.name', 'like', 'Uz')]",  # translated
            "[('manager_id.create_date', '<', 'today')]",  # tomorrow it means something else
            "[('sender_id', 'any', ['|', ('parent_id.create_date', '<', 'today'), "
            "('name', '=', 'x')])]",
        ):
            rule = self.rule(domain, "amanat_realtime.group_user")
            with self.subTest(domain=domain):
                self.assertAsOdoo(self.user, self.env.company, decidable=False)
            rule.unlink()

    def test_more_records_than_fit_are_left_to_readable(self):
        self.rule("[('sender_id', 'child_of', %d)]" % self.family.id)
        with patch.object(realtime_domains, "MAX_RESOLVED_IDS", 2):
            self.assertAsOdoo(self.user, self.env.company, decidable=False)
        with patch.object(realtime_domains.Budget.__init__, "__defaults__", (7,)):
            self.assertAsOdoo(self.user, self.env.company)
            answers = self.ask(self.user, self.traveller)["answers"]
            self.assertEqual([a["decidable"] for a in answers], [True, False])

    def test_equal_rights_are_sent_once(self):
        answer = self.ask(self.user, self.manager, self.user, self.outsider, self.traveller)
        self.assertEqual(answer["of"], [0, 1, 0, 2, 3])
        self.assertEqual(answer["answers"][2], DENIED)

    def test_equal_rights_are_equal_json_whatever_the_order(self):
        first = self.rule("['|', ('state', 'in', ['open', 'done']), ('amount', '<', 3)]")
        before = self.ask_one(self.user)
        first.domain_force = "['|', ('amount', '<', 3), ('state', 'in', ['done', 'open'])]"
        self.assertEqual(json.dumps(self.ask_one(self.user)), json.dumps(before))

    def test_no_rules_are_an_empty_domain(self):
        self.env["ir.rule"].search([("model_id.model", "=", "amanat.transfer")]).unlink()
        self.assertEqual(self.ask_one(self.user)["domain"], [])

    def test_the_first_company_is_the_main_one(self):
        self.rule("[('company_id', '=', company_id)]")
        for companies in (self.both, self.other | self.env.company):
            self.assertAsOdoo(self.traveller, companies)

    def test_companies_of_others_are_dropped(self):
        mixed = self.ask_one(self.user, companies=[self.other.id, self.env.company.id])
        self.assertEqual(mixed, self.ask_one(self.user))
        self.assertEqual(self.ask_one(self.user, companies=[self.other.id]), DENIED)
        self.assertEqual(self.ask_one(self.user, companies=[]), DENIED)

    def test_a_rule_that_raises_denies_only_its_user(self):
        self.rule("[('amount', '>', 1 / (user.id - %d))]" % self.manager.id)
        with self.assertLogs("amanat.realtime", "WARNING") as logged:
            answer = self.ask(self.user, self.manager, self.traveller)
        found = [answer["answers"][number] for number in answer["of"]]
        self.assertEqual([a["read"] for a in found], [True, False, True])
        self.assertEqual(found[1], {**DENIED, "broken": "ZeroDivisionError"})
        self.assertIn(f"user {self.manager.id} on amanat.transfer", logged.output[0])

    @mute_logger("amanat.realtime", "odoo.sql_db")
    def test_a_query_that_fails_denies_only_its_user(self):
        resolve, failing = type(self.env["amanat.rights"])._own_domain, self.manager.id

        def broken(rights, model, domain, known):
            if model.env.uid == failing:
                model.env.cr.execute("SELECT no_such_column FROM amanat_transfer")
            return resolve(rights, model, domain, known)

        with patch.object(self.registry["amanat.rights"], "_own_domain", broken):
            answer = self.ask(self.user, self.manager, self.traveller)
        reads = [answer["answers"][number]["read"] for number in answer["of"]]
        self.assertEqual(reads, [True, False, True])

    def test_who_is_gone_and_what_is_unknown_is_denied(self):
        self.assertEqual(self.ask_one(self.env["res.users"].browse(999999), companies=[1]), DENIED)
        self.assertEqual(self.ask_one(self.user, model="res.partner"), DENIED)
        self.assertEqual(self.ask_one(self.user, model="no.such"), DENIED)
        self.user.active = False
        self.assertEqual(self.ask_one(self.user), DENIED)

    def test_fields_and_language_are_the_viewers(self):
        user, manager = self.ask_one(self.user), self.ask_one(self.manager)
        self.assertNotIn("internal_note", user["fields"])
        self.assertIn("internal_note", manager["fields"])
        self.assertEqual(user["lang"], self.user.lang or "en_US")

    def test_only_the_service_user_may_ask(self):
        with self.assertRaises(AccessError):
            self.env["amanat.bridge"].with_user(self.manager).rights([])

    def test_too_large_questions_are_refused(self):
        viewers = [{"uid": 1, "companies": [1]}] * 5001
        with self.assertRaises(ValidationError):
            self.bridge.rights([{"model": "amanat.transfer", "viewers": viewers}])

    def test_depends_names_what_rules_traverse(self):
        self.assertEqual(self.ask(self.user)["depends"], [])
        self.rule("[('manager_id.login', 'like', 'x'), ('sender_id', 'child_of', 1)]")
        self.rule("[('receiver_id', 'any', [('category_id', 'in', [1])])]")
        self.rule("[('amount', '>', user.partner_id.color)]")
        depends = self.ask(self.user)["depends"]
        for pair in (
            ["res.users", "login"],
            ["res.partner", "parent_id"],
            ["res.partner", "category_id"],
            ["res.partner.category", "partner_ids"],
            ["res.users", "partner_id"],
            ["res.partner", "color"],
        ):
            self.assertIn(pair, depends)
        self.assertNotIn("amanat.transfer", [model for model, _field in depends])

    def test_depends_names_what_the_users_own_fields_are_computed_from(self):
        self.rule("[('note', '!=', user.commercial_partner_id.same_vat_partner_id.name)]")
        self.rule("[('note', '!=', user.partner_id.tz_offset)]")
        depends = self.ask(self.user)["depends"]
        for pair in (["res.partner", "vat"], ["res.partner", "name"], ["res.partner", "tz"]):
            self.assertIn(pair, depends)

    def test_fresh_forgets_in_this_process_only(self):
        self.rule("[('manager_id', '=', user.id)]")
        before = self.ask_one(self.user)
        self.env.cr.execute("UPDATE ir_rule SET active = false WHERE name = 'Tried'")
        self.assertEqual(self.ask_one(self.user), before)
        signalled = set(self.registry.cache_invalidated)
        answer = self.bridge.rights([self.question(self.user)], True)[0]["answers"][0]
        self.assertNotEqual(answer, before)
        self.assertEqual(self.registry.cache_invalidated, signalled)

    def test_readable_forgets_too_when_asked_to(self):
        rule = self.rule("[(0, '=', 1)]")
        question = {**self.question(self.user), **self.ids()}

        def ids(*fresh):
            return answers_of(self.bridge.readable([question], *fresh)[0])[0]["ids"]

        self.assertEqual(ids(), [])
        self.env.cr.execute("UPDATE ir_rule SET active = false WHERE id = %s", [rule.id])
        self.assertEqual(ids(), [])
        self.assertTrue(ids(True))

    def test_two_hundred_viewers_are_one_call(self):
        users = self.env["res.users"].browse()
        for number in range(200):
            group = "manager" if number % 3 else "user"
            users |= self.new_user(f"rights_{number}", f"amanat_realtime.group_{group}")
        self.assertLess(self.measured(users, classes=2), 50)
        self.rule("['|', ('manager_id', '=', user.id), ('manager_id.login', 'like', 'admin')]")
        self.assertLess(self.measured(users, classes=200), 700)

    def measured(self, users, classes):
        """Return how many statements the first call takes."""
        question = self.question(*users)
        self.env.flush_all()
        self.env.invalidate_all()
        taken = {}
        for kind, fresh in (("cold", True), ("warm", False)):
            queries, started = self.env.cr.sql_log_count, time.perf_counter()
            answer = self.bridge.rights([question], fresh)[0]
            taken[kind] = self.env.cr.sql_log_count - queries
            _logger.info(
                "%s: rights of 200 viewers in one call: %.0f ms, %d queries, %d distinct",
                kind,
                (time.perf_counter() - started) * 1000,
                taken[kind],
                len(answer["answers"]),
            )
            self.assertEqual(len(answer["of"]), 200)
            self.assertEqual(len(answer["answers"]), classes)
        return taken["cold"]

    def test_columns_say_how_values_are_compared(self):
        self.rule("[('money_ids', '!=', False), ('create_uid', '=', user.id)]")
        answer = self.ask(self.user)
        columns = answer["columns"]
        self.assertEqual(columns["amount"], {"type": "float", "digits": 2})
        self.assertEqual(columns["state"], {"type": "selection"})
        self.assertEqual(
            columns["company_id"],
            {
                "type": "many2one",
                "relation": "res.company",
                "exact_names": False,
                "hierarchy": True,
            },
        )
        self.assertEqual(columns["money_ids"]["relation"], "amanat.money")
        self.assertEqual(columns["create_uid"]["relation"], "res.users")
        self.assertNotIn("secret_code", columns)
        self.assertEqual(set(answer["texts"]), {"by_code_point", "unaccent"})
        self.assertIs(answer["texts"]["by_code_point"], True)
        self.assertIs(answer["parent"], False)

    def test_columns_of_x2many_only_where_their_ids_travel(self):
        self.assertNotIn("money_ids", self.ask(self.user)["columns"])

    def test_names_are_exact_only_of_plain_models(self):
        money = self.ask(self.user, model="amanat.money")["columns"]
        self.assertTrue(money["transfer_id"]["exact_names"])
        transfer = self.ask(self.user)["columns"]
        for name in ("sender_id", "manager_id", "company_id"):
            self.assertFalse(transfer[name]["exact_names"], name)

    def test_undecidable_viewers_share_an_answer_only_if_they_surely_see_the_same(self):
        for domain, classes in (
            ("[('name', '>', 'TR-1')]", 1),
            ("[('secret_code', '!=', 'x')]", 1),
            ("[('name', '>', 'TR-1'), ('manager_id', '!=', user.id)]", 3),
            ("[('date', '<', 'today')]", 3),  # their time zones may differ
            ("[('manager_id', 'ilike', 'rights')]", 3),  # searched by code
            ("[('display_name', 'like', 'TR')]", 3),
        ):
            rule = self.rule(domain)
            colleague = self.traveller
            colleague.company_ids = self.env.company
            users = (self.user, colleague, self.user.copy({"login": "rights_copied"}))
            with self.subTest(domain=domain):
                answers = self.ask(*users)["answers"]
                self.assertEqual(len(answers), classes)
                self.assertEqual(len({answer["same"] for answer in answers}), classes)
                self.assertNotIn(False, [answer["same"] for answer in answers])
            rule.unlink()
            self.env["res.users"].search([("login", "=", "rights_copied")]).unlink()

    def test_viewers_of_a_model_that_checks_by_itself_are_never_the_same(self):
        check = type(self.env["amanat.transfer"])._check_access
        with patch.object(
            self.registry["amanat.transfer"],
            "_check_access",
            lambda *args: check(*args),
            create=True,
        ):
            answer = self.ask(self.user, self.manager, self.user)
        self.assertEqual(len({a["same"] for a in answer["answers"]}), 2)
        self.assertEqual(answer["of"], [0, 1, 0])

    def test_what_is_found_for_one_viewer_is_lent_to_nobody_who_differs(self):
        """All in one question is the same as each in a question of its own."""
        group = "amanat_realtime.group_user"
        self.env["res.lang"]._activate_lang("fr_FR")
        main, other = self.env.company, self.other
        colleague = self.new_user("rights_colleague", group)
        far = self.new_user("rights_far", group)
        far.write({"tz": "Asia/Tokyo", "lang": "fr_FR"})
        viewers = [
            {"uid": user.id, "companies": companies}
            for user, companies in (
                (self.user, main.ids),
                (colleague, main.ids),
                (far, main.ids),
                (self.foreigner, other.ids),
                (self.manager, main.ids),
                (self.traveller, [main.id, other.id]),
                (self.traveller, [other.id, main.id]),
                (self.traveller, other.ids),
                (self.outsider, main.ids),
            )
        ]
        for domain, groups in (
            ("[('company_id', '=', company_id)]", ()),
            ("[('company_id', 'in', company_ids + [False])]", (group,)),
            ("[('manager_id', '=', user.id)]", (group,)),
            ("[('manager_id', 'in', [u.id for u in user])]", ()),
            ("[('manager_id.company_ids', 'in', company_ids)]", ()),
            ("[('manager_id.login', '=', user.login)]", ()),
            ("[('state', '=', 'open')]", ("amanat_realtime.group_manager",)),
            ("[('create_date', '>=', '2026-01-02')]", ()),
            ("[('manager_id.create_date', '>', '2026-01-02')]", ()),
            ("[('sender_id.country_id.name', 'ilike', 'Germany')]", ()),
            ("[('name', '>', 'TR-1'), ('company_id', '=', company_id)]", ()),
        ):
            rule = self.rule(domain, *groups)
            with self.subTest(domain=domain):
                for ask, ids in ((self.bridge.rights, {}), (self.bridge.readable, self.ids())):
                    question = {"model": "amanat.transfer", **ids}
                    together = answers_of(ask([{**question, "viewers": viewers}])[0])
                    alone = [answers_of(ask([{**question, "viewers": [v]}])[0])[0] for v in viewers]
                    self.assertEqual(together, alone)
            rule.unlink()

    def test_translated_values_are_those_in_the_viewers_language(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        country = self.env.ref("base.de")
        country.with_context(lang="fr_FR").name = "Allemagne"
        country.with_context(lang="en_US").name = "Germany"
        self.child.country_id = country
        french = self.new_user("rights_french", "amanat_realtime.group_user")
        french.lang = "fr_FR"
        english = self.user
        question = {**self.question(english, french), **self.ids()}
        for name, expected in (("Germany", [True, False]), ("Allemagne", [False, True])):
            rule = self.rule("[('sender_id.country_id.name', '=', '%s')]" % name)
            answers = answers_of(self.bridge.readable([question])[0])
            found = [self.records[0].id in answer["ids"] for answer in answers]
            self.assertEqual(found, expected)
            same = {answer["same"] for answer in self.ask(english, french)["answers"]}
            self.assertEqual(len(same), 2)
            rule.unlink()

    def ids(self):
        return {"ids": self.records.ids}

    @mute_logger("amanat.realtime", "odoo.sql_db")
    def test_who_cannot_be_answered_harms_nobody_else_in_readable(self):
        for domain in (
            "[('amount', '>', 1 / (user.id - %d))]" % self.manager.id,
            # the database refuses a pattern that ends with an escape
            "[('name', '=like', '%%' + chr(92) * (user.id == %d))]" % self.manager.id,
        ):
            rule = self.rule(domain)
            question = {**self.question(self.user, self.manager, self.traveller), **self.ids()}
            with self.subTest(domain=domain):
                found = answers_of(self.bridge.readable([question])[0])
                self.assertEqual([answer["read"] for answer in found], [True, False, True])
                self.assertEqual(found[1], {"read": False, "ids": [], "fields": []})
                self.assertTrue(found[2]["ids"])
            rule.unlink()


def answers_of(answer):
    return [answer["answers"][number] for number in answer["of"]]
