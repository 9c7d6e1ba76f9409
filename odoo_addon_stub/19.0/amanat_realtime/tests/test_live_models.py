import json
from unittest.mock import patch

from odoo import api, fields, models
from odoo.addons.bus.models.bus import json_dump
from odoo.orm.model_classes import add_to_registry
from odoo.orm.models import MetaModel

from ..models.amanat_base_model import COLLECTOR
from ..models.realtime_names import name_depends_on_reader
from .common import RealtimeCase


def developers_snippet():
    """Return the class as the manual shows it to developers."""

    class LibraryBook(models.Model):
        _name = "library.book"
        _description = "Book"
        _inherit = ["amanat.base.model"]

        name = fields.Char()
        state = fields.Selection([("in", "In"), ("out", "Out")])
        isbn = fields.Char()

        def _get_realtime_fields(self):
            return ["name", "state"]

    return LibraryBook


def demanding_model():
    """Return a model with every kind of field that needs care."""

    class Demanding(models.Model):
        _name = "amanat.demanding"
        _description = "Demanding"
        _inherit = ["amanat.base.model"]

        name = fields.Char(translate=True)
        price = fields.Float(company_dependent=True)
        amount = fields.Float()
        double = fields.Float(compute="_compute_double")
        mine = fields.Boolean(compute="_compute_mine")
        photo = fields.Binary()
        api_token = fields.Char()
        closed = fields.Char(groups=".")
        partner_ids = fields.Many2many(
            "res.partner",
            compute="_compute_partner_ids",
            store=True,
            relation="amanat_demanding_rel",
        )
        partner_id = fields.Many2one("res.partner", string="Chosen")
        when = fields.Datetime()
        kept = fields.Char()
        flag = fields.Boolean()
        count = fields.Integer()
        day = fields.Date()
        page = fields.Html()
        kind = fields.Selection([("a", "A"), ("b", "B")])
        currency_id = fields.Many2one("res.currency")
        price_now = fields.Monetary()
        country_id = fields.Many2one("res.country")
        about = fields.Reference([("res.partner", "Partner")])
        res_model = fields.Char()
        res_id = fields.Many2oneReference(model_field="res_model")
        extra = fields.Json()
        seen_ids = fields.Many2many("res.partner", compute="_compute_seen_ids")
        friend_ids = fields.Many2many("amanat.demanding", "amanat_friend_rel", "one", "other")
        fan_ids = fields.Many2many("amanat.demanding", "amanat_friend_rel", "other", "one")

        def _get_realtime_fields(self):
            return [
                "name", "price", "amount", "double", "mine", "photo", "api_token", "closed",
                "partner_ids", "when", "flag", "count", "day", "page", "kind", "currency_id",
                "price_now", "about", "res_id", "extra", "friend_ids", "fan_ids", "seen_ids",
                "country_id", "display_name", "no_such_field",
            ]  # fmt: skip

        @api.depends("amount")
        def _compute_double(self):
            for record in self:
                record.double = record.amount * 2

        @api.depends_context("uid")
        def _compute_mine(self):
            self.mine = True

        def _compute_seen_ids(self):
            self.seen_ids = self.env.company.partner_id

        @api.depends("partner_id")
        def _compute_partner_ids(self):
            for record in self:
                record.partner_ids = record.partner_id

    return Demanding


class TestLiveModels(RealtimeCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        names = []
        for model in (developers_snippet(), demanding_model()):
            MetaModel._module_to_models__["amanat_realtime"].remove(model)
            add_to_registry(cls.registry, model)
            names.append(model._name)
        cls.addClassCleanup(cls.forget_models, names)
        cls.registry._setup_models__(cls.env.cr, names)
        cls.registry.init_models(cls.env.cr, names, {"module": "amanat_realtime"})

    @classmethod
    def forget_models(cls, names):
        for name in names:
            del cls.registry[name]
        cls.registry.many2many_relations.clear()
        cls.registry.registry_invalidated = True

    def test_the_manuals_snippet_is_all_it_takes(self):
        book = self.env["library.book"].create({"name": "Oʻtkan kunlar", "isbn": "978"})
        created = self.announced_one()
        self.assertEqual((created["type"], created["model"]), ("create", "library.book"))
        self.assertEqual(created["records"][0]["name"], "Oʻtkan kunlar")
        self.assertNotIn("isbn", created["records"][0])
        book.isbn = "979"
        self.assertEqual(self.announced(), [])
        book.state = "out"
        self.assertEqual(self.announced_one()["changed_fields"], ["state"])
        book.unlink()
        self.assertEqual(self.announced_one()["type"], "delete")
        info = self.env["amanat.bridge"].with_user(self.service).bridge_info()
        self.assertEqual(
            info["models"]["library.book"],
            {"label": "Book", "fields": {"name": "char", "state": "selection"}},
        )

    def demanding(self, **values):
        record = self.env["amanat.demanding"].create({"name": "One", "amount": 1, **values})
        self.announced()
        return record

    def test_what_depends_on_the_reader_is_only_named(self):
        self.env["amanat.demanding"].create({"name": "One", "price": 3})
        message = self.announced_one()
        self.assertEqual(
            message["reread"],
            [
                "country_id", "display_name", "double", "fan_ids", "friend_ids", "mine", "name",
                "partner_ids", "price", "seen_ids",
            ],  # fmt: skip
        )
        self.assertTrue(set(message["reread"]).isdisjoint(message["records"][0]))

    def test_values_are_those_that_read_gives(self):
        partner = self.user.partner_id
        full = {
            "amount": 1.5,
            "when": "2026-11-21 10:00:00",
            "flag": True,
            "count": 7,
            "day": "2026-11-21",
            "page": "<p>Salom</p>",
            "kind": "b",
            "currency_id": self.env.company.currency_id.id,
            "price_now": 12.34,
            "about": f"res.partner,{partner.id}",
            "res_model": "res.partner",
            "res_id": partner.id,
            "extra": {"a": [1]},
        }
        for values in (full, {}):
            record = self.env["amanat.demanding"].create(values)
            sent = self.announced_one()["records"][0]
            record.invalidate_recordset()
            read = record.with_context(lang="en_US").read(list(sent))[0]
            self.assertEqual(sent, json.loads(json_dump(read)))
            self.assertIn("write_date", sent)

    def test_previous_values_are_those_that_read_gave(self):
        record = self.demanding(day="2026-11-20", currency_id=self.env.company.currency_id.id)
        before = record.read(["day", "currency_id"])[0]
        record.write({"day": False, "currency_id": False})
        old = self.announced_one()["old"][0]
        self.assertEqual(old, json.loads(json_dump(before)))

    def test_deletion_tells_the_last_values(self):
        record = self.demanding(kind="a", kept="not live")
        record_id = record.id
        record.unlink()
        message = self.announced_one()
        self.assertEqual((message["type"], message["records"]), ("delete", [{"id": record_id}]))
        self.assertEqual((message["old"][0]["amount"], message["old"][0]["kind"]), (1, "a"))
        self.assertNotIn("kept", message["old"][0])
        self.assertNotIn("name", message["old"][0])

    def test_only_what_changed_is_named(self):
        record = self.demanding()
        record.amount = 2
        self.assertEqual(self.announced_one()["reread"], ["double"])
        record.name = "Two"
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["name"])
        self.assertEqual(message["reread"], ["display_name", "name"])
        self.assertNotIn("name", message["old"][0])
        record.price = 5
        self.assertEqual(self.announced_one()["reread"], ["price"])

    def test_names_in_the_writers_language_are_not_sent(self):
        self.env["res.lang"]._activate_lang("fr_FR")
        germany = self.env.ref("base.de").with_context(lang="fr_FR")
        germany.name = "Allemagne"
        record = self.demanding().with_context(lang="fr_FR")
        record.country_id = germany
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["country_id"])
        self.assertEqual(message["reread"], ["country_id"])
        self.assertNotIn("Allemagne", str(message))
        record.country_id = False
        self.assertNotIn("Allemagne", str(self.announced_one()))

    def test_whose_name_depends_on_the_reader(self):
        for name in ("res.country", "res.partner.category", "res.groups", "amanat.demanding"):
            self.assertTrue(name_depends_on_reader(self.env[name]), name)
        for name in ("res.partner", "res.users", "res.company", "res.currency", "amanat.transfer"):
            self.assertFalse(name_depends_on_reader(self.env[name]), name)

    def test_a_name_made_of_what_not_all_may_read_is_read_by_each(self):
        transfer = self.env["amanat.transfer"]
        self.assertFalse(name_depends_on_reader(transfer, own=True))
        with patch.object(transfer._fields["name"], "groups", "amanat_realtime.group_manager"):
            self.assertTrue(name_depends_on_reader(transfer, own=True))
            self.assertFalse(name_depends_on_reader(transfer))

    def test_secrets_never_pass_even_if_asked_for(self):
        record = self.demanding()
        record.write({"photo": b"aGVsbG8=", "api_token": "4711", "closed": "4711", "kept": "4711"})
        self.assertEqual(self.announced(), [])
        record.amount = 2
        self.assertNotIn("4711", str(self.announced_one()))
        info = self.env["amanat.bridge"].with_user(self.service).bridge_info()
        fields_told = info["models"]["amanat.demanding"]["fields"]
        self.assertNotIn("api_token", fields_told)
        self.assertNotIn("photo", fields_told)
        self.assertNotIn("no_such_field", fields_told)

    def test_reading_announces_nothing(self):
        record = self.demanding()
        record.invalidate_recordset()
        self.assertEqual(record.seen_ids, self.env.company.partner_id)
        record.read()
        self.assertNotIn(COLLECTOR, self.env.cr.precommit.data)
        self.assertEqual(self.announced(), [])

    def test_stored_computed_many2many(self):
        record = self.demanding()
        record.partner_id = self.user.partner_id
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["partner_ids"])

    def test_the_other_side_of_a_many2many(self):
        one, other = self.demanding(), self.demanding()
        one.friend_ids = other
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["fan_ids", "friend_ids"])
        self.assertEqual({r["id"] for r in message["records"]}, {one.id, other.id})
        self.env["amanat.demanding"].create({"friend_ids": other})
        created, updated = self.announced()
        self.assertEqual(created["type"], "create")
        self.assertEqual((updated["type"], updated["changed_fields"]), ("update", ["fan_ids"]))
        self.assertEqual([r["id"] for r in updated["records"]], [other.id])
        one.unlink()
        deleted = {message["type"]: message for message in self.announced()}
        self.assertEqual(deleted["update"]["changed_fields"], ["fan_ids"])

    def test_fields_that_rules_look_at_are_watched_and_told(self):
        self.env["ir.rule"].create(
            {
                "name": "By the kept",
                "model_id": self.env["ir.model"]._get_id("amanat.demanding"),
                "domain_force": "[('kept', '=', user.login), ('partner_ids.active', '=', True)]",
            }
        )
        record = self.demanding(kept="before")
        record.kept = "after"
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["kept"])
        self.assertEqual(message["old"], [{"id": record.id, "kept": "before"}])
        self.assertNotIn("kept", message["records"][0])
        record.partner_id = self.user.partner_id
        self.assertEqual(self.announced_one()["old"][0]["partner_ids"], [])
