from odoo import _, fields, models

BULK_RECORDS = 60


class AmanatTestRealtime(models.Model):
    """A playground: its buttons make every kind of change that other tabs should show."""

    _name = "amanat.test.realtime"
    _description = "Realtime test"
    _inherit = ["amanat.base.model"]
    _order = "id desc"

    name = fields.Char(required=True)
    value = fields.Integer()
    note = fields.Text()
    user_id = fields.Many2one("res.users", string="Responsible", default=lambda self: self.env.user)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)

    def _get_realtime_fields(self):
        return ["name", "value", "note", "user_id", "company_id"]

    def action_increase(self):
        """Raise the value by one: other tabs update the cell."""
        for record in self:
            record.value += 1

    def action_duplicate(self):
        """Make a copy: other tabs show a new row."""
        for record in self:
            record.copy({"name": _("%s (copy)", record.name)})

    def action_delete(self):
        """Delete: the row leaves the other tabs, this one goes back to the list."""
        self.unlink()
        action = self.env["ir.actions.act_window"]._for_xml_id(
            "amanat_realtime.action_test_realtime"
        )
        return {**action, "target": "main"}

    def action_increase_silently(self):
        """Raise the value without sending values: other tabs read again."""
        self.with_context(realtime_silent=True).action_increase()

    def action_notify(self):
        """Send a custom event to the responsible users' tabs."""
        for user, records in self.grouped("user_id").items():
            user._send_realtime_notification("amanat_test", self._name, records, ["value"])

    def action_create_one(self):
        """Create one record."""
        self.create({"name": _("Made by a button"), "value": 1})

    def action_create_many(self):
        """Create so many that only a request to read again is sent."""
        self.create([{"name": _("Bulk %s", n + 1), "value": n} for n in range(BULK_RECORDS)])
