from odoo import api, fields, models
from odoo.orm.model_classes import add_to_registry
from odoo.orm.models import MetaModel

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

        def _get_realtime_fields(self):
            return [
                "name", "price", "amount", "double", "mine", "photo", "api_token", "closed",
                "partner_ids", "when", "no_such_field",
            ]  # fmt: skip

        @api.depends("amount")
        def _compute_double(self):
            for record in self:
                record.double = record.amount * 2

        @api.depends_context("uid")
        def _compute_mine(self):
            self.mine = True

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
        self.env["amanat.demanding"].create(
            {"name": "One", "price": 3, "when": "2026-11-21 10:00:00"}
        )
        message = self.announced_one()
        record = message["records"][0]
        self.assertEqual(message["reread"], ["double", "mine", "name", "partner_ids", "price"])
        self.assertEqual(set(record), {"id", "display_name", "amount", "when", "write_date"})
        self.assertEqual(record["when"], "2026-11-21 10:00:00")

    def test_only_what_changed_is_named(self):
        record = self.demanding()
        record.amount = 2
        self.assertEqual(self.announced_one()["reread"], ["double"])
        record.name = "Two"
        message = self.announced_one()
        self.assertEqual((message["changed_fields"], message["reread"]), (["name"], ["name"]))
        self.assertNotIn("name", message["old"][0])
        record.price = 5
        self.assertEqual(self.announced_one()["reread"], ["price"])

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

    def test_stored_computed_many2many(self):
        record = self.demanding()
        record.partner_id = self.user.partner_id
        message = self.announced_one()
        self.assertEqual(message["changed_fields"], ["partner_ids"])

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
