from odoo import models


class ResDevice(models.Model):
    _inherit = "res.device"

    def _revoke(self):
        # sudo: whom a device belongs to; who may revoke it is checked by super.
        for device in self.sudo():
            self.env["amanat.announcer"]._note_logout(device.user_id.id, device.session_identifier)
        return super()._revoke()
