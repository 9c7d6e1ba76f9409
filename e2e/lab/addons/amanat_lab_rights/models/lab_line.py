from odoo import fields, models


class LabLine(models.Model):
    """A line of a deal, which goes with it and is seen by what it copies from it."""

    _name = "lab.line"
    _description = "Lab: line"
    _inherit = ["amanat.base.model"]
    _order = "id"

    name = fields.Char(required=True)
    step = fields.Integer()
    deal_id = fields.Many2one("lab.deal", required=True, ondelete="cascade", index=True)
    amount = fields.Float(digits=(16, 2))
    paid = fields.Boolean()
    owner_id = fields.Many2one(related="deal_id.owner_id", store=True)
    company_id = fields.Many2one(related="deal_id.company_id", store=True)
    cost = fields.Float(digits=(16, 2), groups="amanat_lab_rights.group_finance")

    def _get_realtime_fields(self):
        return ["name", "step", "deal_id", "amount", "paid", "owner_id", "company_id", "cost"]
