from odoo import fields, models


class AmanatOrder(models.Model):
    """What a partner ordered, and the transfers that pay for it."""

    _name = "amanat.order"
    _description = "Order"
    _inherit = ["amanat.base.model"]
    _order = "date desc, id desc"

    name = fields.Char(required=True)
    partner_id = fields.Many2one("res.partner", string="Customer", index=True)
    date = fields.Date(default=fields.Date.context_today)
    state = fields.Selection(
        [("draft", "Draft"), ("confirmed", "Confirmed"), ("done", "Done")],
        required=True,
        default="draft",
        group_expand=True,
    )
    total = fields.Float(digits=(16, 2))
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)
    transfer_ids = fields.Many2many("amanat.transfer", string="Transfers")

    def _get_realtime_fields(self):
        return ["name", "partner_id", "date", "state", "total", "company_id", "transfer_ids"]

    def action_confirm(self):
        self.write({"state": "confirmed"})

    def action_done(self):
        self.write({"state": "done"})
