package io.amanat.e2e.browser;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

import com.microsoft.playwright.Locator;
import io.amanat.e2e.lab.OdooUser;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Everything that the add-on says is said in its user's language: by Odoo's views, by templates and by scripts of any part. */
class LanguageTest extends FormCase {
    enum Language {
        RUSSIAN(
                "ru_RU",
                "Отправитель",
                "В реальном времени: нажмите, чтобы приостановить",
                "Пользователь Aziz Karimov изменил поле «Сумма», пока вы его меняли.",
                "Оставить моё"),
        UZBEK(
                "uz_UZ",
                "Yuboruvchi",
                "Jonli: to‘xtatib turish uchun bosing",
                "Siz “Summa” maydonini o‘zgartirayotganingizda uni Aziz Karimov o‘zgartirdi.",
                "Meniki qolsin");

        private final String code;
        private final String label;
        private final String button;
        private final String sentence;
        private final String choice;

        Language(String code, String label, String button, String sentence, String choice) {
            this.code = code;
            this.label = label;
            this.button = button;
            this.sentence = sentence;
            this.choice = choice;
        }
    }

    @ParameterizedTest
    @EnumSource
    void viewsTemplatesAndScriptsSpeakIt(Language language) {
        long transfer = transfer("one", Map.of("amount", 5.0));
        OdooUser user = newcomer(language.code, "base.group_user", "amanat_realtime.group_user");
        try (Tab form = form(browsers.as(user), transfer)) {
            assertThat(form.page().locator(".o_form_label[for^=sender_id]")).hasText(language.label);
            assertThat(form.page().locator(".o_amanat_status")).hasAttribute("title", language.button);

            type(box(form, "amount"), "7");
            aziz.write(TRANSFER, transfer, Map.of("amount", 12_345.5));

            assertThat(bar(form)).containsText(language.sentence);
            Locator question = question(form, "amount");
            assertThat(question.locator(".o_amanat_keep")).hasText(language.choice);
            assertThat(question.locator(".o_amanat_theirs")).hasText("12 345,50");
        }
    }
}
