from odoo import _, api, fields, models

STATES = [("draft", "Draft"), ("open", "Open"), ("done", "Done"), ("cancelled", "Cancelled")]


class AmanatTransfer(models.Model):
    """Money that one partner sends another."""

    _name = "amanat.transfer"
    _description = "Transfer"
    _inherit = ["amanat.base.model"]
    _order = "id desc"

    name = fields.Char(required=True, copy=False, default=lambda self: _("New"), index=True)
    state = fields.Selection(STATES, required=True, default="draft", index=True)
    amount = fields.Float(digits=(16, 2))
    date = fields.Date(default=fields.Date.context_today)
    sender_id = fields.Many2one("res.partner", string="Sender", index=True)
    receiver_id = fields.Many2one("res.partner", string="Receiver", index=True)
    manager_id = fields.Many2one("res.users", string="Manager", index=True)
    company_id = fields.Many2one("res.company", default=lambda self: self.env.company, index=True)
    note = fields.Text()
    internal_note = fields.Text(groups="amanat_realtime.group_manager")
    secret_code = fields.Char(help="Told to the receiver only: it never leaves Odoo.")
    active = fields.Boolean(default=True)

    def _get_realtime_fields(self):
        return [
            "name",
            "state",
            "amount",
            "date",
            "sender_id",
            "receiver_id",
            "manager_id",
            "company_id",
            "note",
            "internal_note",
            "active",
        ]

    @api.model_create_multi
    def create(self, vals_list):
        for vals in vals_list:
            if vals.get("name", _("New")) == _("New"):
                # sudo: ir.sequence is not writable for users; only the next number is taken.
                sequence = self.env["ir.sequence"].sudo()
                vals["name"] = sequence.next_by_code("amanat.transfer") or _("New")
        return super().create(vals_list)

    def action_open(self):
        self.write({"state": "open"})

    def action_done(self):
        self.write({"state": "done"})

    def action_cancel(self):
        self.write({"state": "cancelled"})
