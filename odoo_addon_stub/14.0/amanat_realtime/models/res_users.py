from odoo import models


class ResUsers(models.Model):
    _inherit = "res.users"

    def _is_realtime_service_user(self):
        """Tell whether this is the one user the bridge signs in as; groups make no difference.

        sudo: the login is compared with a system parameter, which administrators only may read.
        """
        login = self.env["ir.config_parameter"].sudo().get_param("amanat_realtime.service_login")
        return bool(login) and len(self) == 1 and self.sudo().active and self.sudo().login == login
