import io

import polib

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import trans_export

MODULE = "amanat_realtime"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """What Odoo finds to translate in the installed add-on is what its files translate."""

    def test_every_language_has_every_term_and_no_other(self):
        with io.BytesIO() as exported:
            trans_export(None, [MODULE], exported, "po", self.env)
            expected = terms(exported.getvalue().decode())
        for name in (f"{MODULE}.pot", "ru.po", "uz.po"):
            with open(f"{get_module_path(MODULE)}/i18n/{name}", encoding="utf-8") as file:
                self.assertEqual(terms(file.read()), expected, f"{name}: e2e/translations update")


def terms(text):
    return {entry.msgid for entry in polib.pofile(text)}
