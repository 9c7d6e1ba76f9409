from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_realtime_service_user(self):
        """Tell whether this is the one user the bridge signs in as; groups make no difference.

        sudo: the login is compared with a system parameter, which administrators only may read.
        """
        login = self.env["ir.config_parameter"].sudo().get_param("amanat_realtime.service_login")
        return bool(login) and len(self) == 1 and self.sudo().active and self.sudo().login == login

    def _send_realtime_notification(self, action, model, records, changed_fields=None):
        """Send a custom event to every open tab of these users, at commit.

        ``records`` are records of ``model``, their ids, or dictionaries with ``id``; what is sent
        of them are the fields that travel anyway (``_get_realtime_fields``).
        """
        self.env["amanat.announcer"]._announce_event(
            self.ids, action, model, records, list(changed_fields or [])
        )
