from odoo import fields, models


class LabTag(models.Model):
    """A label by whose name record rules decide. Not live itself."""

    _name = "lab.tag"
    _description = "Lab: tag"

    name = fields.Char(required=True)
