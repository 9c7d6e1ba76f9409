from odoo import api, fields, models

SIGHT = ["owner_id", "company_id", "branch_id", "state", "amount", "date", "tag_ids"]


class LabDeal(models.Model):
    """A record with a field of every kind: some decide who sees it, some differ by reader."""

    _name = "lab.deal"
    _description = "Lab: deal"
    _inherit = ["amanat.base.model"]
    _order = "id"

    name = fields.Char(required=True)
    step = fields.Integer()
    state = fields.Selection(
        [("draft", "Draft"), ("open", "Open"), ("done", "Done")], default="draft", required=True
    )
    amount = fields.Float(digits=(16, 2))
    date = fields.Date()
    deadline = fields.Datetime()
    active = fields.Boolean(default=True)
    owner_id = fields.Many2one("res.users")
    company_id = fields.Many2one("res.company")
    branch_id = fields.Many2one("lab.branch")
    partner_id = fields.Many2one("res.partner")
    country_id = fields.Many2one("res.country")
    tag_ids = fields.Many2many("lab.tag")
    line_ids = fields.One2many("lab.line", "deal_id")
    total = fields.Float(digits=(16, 2), compute="_compute_total", store=True)
    note = fields.Text()
    internal_note = fields.Text(groups="amanat_lab_rights.group_internal")
    margin = fields.Float(
        digits=(16, 2), groups="amanat_lab_rights.group_finance,amanat_lab_rights.group_all"
    )
    title = fields.Char(translate=True)
    price = fields.Float(company_dependent=True)
    mine = fields.Boolean(compute="_compute_mine")
    secret_code = fields.Char()
    unsent = fields.Char()

    def _get_realtime_fields(self):
        return [
            "name",
            "step",
            *SIGHT,
            "active",
            "deadline",
            "partner_id",
            "country_id",
            "line_ids",
            "total",
            "note",
            "internal_note",
            "margin",
            "title",
            "price",
            "mine",
            "secret_code",
        ]

    @api.depends("line_ids.amount")
    def _compute_total(self):
        for deal in self:
            deal.total = sum(deal.line_ids.mapped("amount"))

    @api.depends("owner_id")
    @api.depends_context("uid")
    def _compute_mine(self):
        for deal in self:
            deal.mine = deal.owner_id == self.env.user
