from odoo import api, models


class ResLang(models.Model):
    _inherit = "res.lang"

    @api.model
    def _register_uzbek(self):
        """Add Uzbek, inactive, where Odoo does not bring it along."""
        if self.with_context(active_test=False).search_count([("code", "=", "uz_UZ")]):
            return
        self.create(
            {
                "name": "Uzbek / Oʻzbekcha",
                "code": "uz_UZ",
                "iso_code": "uz",
                "url_code": "uz",
                "direction": "ltr",
                "date_format": "%d.%m.%Y",
                "time_format": "%H:%M:%S",
                "week_start": "1",
                "grouping": "[3,0]",
                "decimal_point": ",",
                "thousands_sep": "\N{NO-BREAK SPACE}",
                "active": False,
            }
        )
