from odoo import fields, models


class LabBeacon(models.Model):
    """What every viewer watches: who has seen it change has seen all that was committed before."""

    _name = "lab.beacon"
    _description = "Lab: beacon"
    _inherit = ["amanat.base.model"]

    name = fields.Char(required=True)
    step = fields.Integer()

    def _get_realtime_fields(self):
        return ["name", "step"]
