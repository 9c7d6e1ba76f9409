from odoo import fields, models


class LabVague(models.Model):
    """A record whose rules cannot be decided from its values: they look at a translated title."""

    _name = "lab.vague"
    _description = "Lab: vague"
    _inherit = ["amanat.base.model"]
    _order = "id"

    name = fields.Char(required=True)
    step = fields.Integer()
    owner_id = fields.Many2one("res.users")
    company_id = fields.Many2one("res.company")
    title = fields.Char(translate=True)
    note = fields.Text()
    internal_note = fields.Text(groups="amanat_lab_rights.group_internal")

    def _get_realtime_fields(self):
        return ["name", "step", "owner_id", "company_id", "title", "note", "internal_note"]
