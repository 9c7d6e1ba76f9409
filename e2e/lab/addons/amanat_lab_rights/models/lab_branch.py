from odoo import fields, models


class LabBranch(models.Model):
    """A tree that record rules traverse. Not live itself."""

    _name = "lab.branch"
    _description = "Lab: branch"
    _parent_store = True

    name = fields.Char(required=True)
    manager_id = fields.Many2one("res.users")
    parent_id = fields.Many2one("lab.branch", index=True)
    parent_path = fields.Char(index=True)
