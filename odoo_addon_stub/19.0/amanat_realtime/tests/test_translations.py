import io

from odoo.modules import get_module_path
from odoo.tests import TransactionCase, tagged
from odoo.tools.translate import TranslationFileReader, trans_export

MODULE = "amanat_realtime"


@tagged("post_install", "-at_install")
class TestTranslations(TransactionCase):
    """What Odoo finds to translate in the installed add-on is what its files translate."""

    def test_every_language_has_every_term_and_no_other(self):
        with io.BytesIO() as exported:
            trans_export(None, [MODULE], exported, "po", self.env)
            exported.seek(0)
            expected = terms(exported)
        for name in (f"{MODULE}.pot", "ru.po", "uz.po"):
            with open(f"{get_module_path(MODULE)}/i18n/{name}", "rb") as file:
                self.assertEqual(terms(file), expected, f"e2e/translations update ({name})")


def terms(file):
    return {row["src"] for row in TranslationFileReader(file, "po")}
