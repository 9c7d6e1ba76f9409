from odoo import fields, models


class AmanatMoney(models.Model):
    """One payment of a transfer."""

    _name = "amanat.money"
    _description = "Payment"
    _inherit = ["amanat.base.model"]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    transfer_id = fields.Many2one("amanat.transfer", required=True, ondelete="cascade", index=True)
    amount = fields.Float(digits=(16, 2))
    date = fields.Date(default=fields.Date.context_today)
    state = fields.Selection(
        [("planned", "Planned"), ("paid", "Paid")],
        required=True,
        default="planned",
        group_expand=True,
    )
    company_id = fields.Many2one(related="transfer_id.company_id", store=True, index=True)

    def _get_realtime_fields(self):
        return ["name", "transfer_id", "amount", "date", "state", "company_id"]

    def action_paid(self):
        self.write({"state": "paid"})
