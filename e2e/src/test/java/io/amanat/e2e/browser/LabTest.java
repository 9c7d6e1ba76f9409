package io.amanat.e2e.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/** A list of transfers of its own per test, in the browsers of two users of the lab. */
@Tag("lab")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class LabTest {
    static final String TRANSFER = "amanat.transfer";
    static final List<String> COLUMNS = List.of("name", "state", "amount", "sender_id", "note");
    static final Map<String, Object> BOTH_COMPANIES = Map.of("context", Map.of("allowed_company_ids", List.of(1, 2)));

    /** Whose change an open view hears of. */
    enum Author {
        /** Another user. */
        ANOTHER("Aziz Karimov changed"),
        /** The same user, elsewhere: a second tab, a script. */
        SAME("in another tab");

        /** What the bar of a form says of them. */
        final String words;

        Author(String words) {
            this.words = words;
        }
    }

    private static final String PASSWORD = "browser-test-password";

    private final List<Long> records = new ArrayList<>();
    private final List<Long> newcomers = new ArrayList<>();
    Lab lab;
    OdooUser admin;
    OdooUser aziz;
    OdooUser bobur;
    Browsers browsers;
    ListScreen screen;

    @BeforeAll
    void startBrowsers() {
        lab = Needs.required(wanted(), "the lab is not up; run './amanat lab up'");
        Needs.required(Browsers.chromium(), "there is no Chromium; run 'apt-get install chromium'");
        admin = lab.user("admin");
        aziz = lab.user("aziz");
        bobur = lab.user("bobur");
        browsers = Browsers.start();
    }

    /** The lab with what these tests need of it. */
    Optional<Lab> wanted() {
        return Lab.running();
    }

    @AfterAll
    void stopBrowsers() {
        if (browsers != null) {
            browsers.close();
        }
    }

    @BeforeEach
    void createScreen() {
        screen = ListScreen.create(admin, TRANSFER, COLUMNS);
    }

    @AfterEach
    void removeScreen() {
        var left = admin.call(
                TRANSFER,
                "search",
                List.of(List.of(List.of("name", "=like", screen.prefix() + "%"))),
                Map.of("context", Map.of("active_test", false, "allowed_company_ids", List.of(1, 2))));
        left.forEach(id -> records.add(id.asLong()));
        admin.call(TRANSFER, "unlink", List.of(records), BOTH_COMPANIES);
        records.clear();
        newcomers.forEach(user -> admin.write("res.users", user, Map.of("active", false)));
        newcomers.clear();
        screen.close();
    }

    OdooUser by(Author author) {
        return author == Author.ANOTHER ? aziz : bobur;
    }

    /** A transfer of the first company, made by the administrator. */
    long transfer(String name, Map<String, ?> values) {
        Map<String, Object> all = new HashMap<>(values);
        all.put("name", name(name));
        return admin.create(TRANSFER, all);
    }

    /** The name with this screen's prefix. */
    String name(String name) {
        return screen.prefix() + name;
    }

    /** A user of the first company made for this test, with these groups only. */
    OdooUser newcomer(String lang, String... groups) {
        String login = "t" + UUID.randomUUID().toString().substring(0, 8);
        newcomers.add(admin.create(
                "res.users",
                Map.of(
                        "name",
                        "Temporary " + login,
                        "login",
                        login,
                        "password",
                        PASSWORD,
                        "lang",
                        lang,
                        "company_id",
                        1,
                        "company_ids",
                        List.of(1),
                        "group_ids",
                        Stream.of(groups).map(this::reference).toList())));
        return lab.user(login, PASSWORD);
    }

    /** The record that an add-on calls so: {@code amanat_realtime.group_user}. */
    long reference(String name) {
        String[] parts = name.split("\\.", 2);
        return admin.searchRead(
                        "ir.model.data",
                        List.of(List.of("module", "=", parts[0]), List.of("name", "=", parts[1])),
                        List.of("res_id"))
                .path(0)
                .path("res_id")
                .asLong();
    }

    /** The next tabs show only those of this test's records that match. */
    void filter(String leaves) {
        screen.close();
        screen = ListScreen.create(admin, TRANSFER, COLUMNS, leaves);
    }

    /** Written by the administrator, to whichever company. */
    void move(long record, Map<String, ?> values) {
        admin.call(TRANSFER, "write", List.of(List.of(record), values), BOTH_COMPANIES);
    }

    /**
     * The end of every scenario of somebody who looks while somebody saves: what is on screen is still the same view, not
     * loaded anew, and Odoo holds these values of a transfer.
     */
    void assertEnds(Tab view, long record, Map<String, ?> saved) {
        assertEnds(view, TRANSFER, record, saved);
    }

    void assertEnds(Tab view, String model, long record, Map<String, ?> saved) {
        assertThat(view.neverReadAnew()).as("the view was never read anew").isTrue();
        JsonNode row = admin.searchRead(model, List.of(List.of("id", "=", record)), List.copyOf(saved.keySet()))
                .path(0);
        saved.forEach((field, value) -> assertThat(plain(row.path(field)))
                .as("%s in the database", field)
                .isEqualTo(value));
    }

    /** The same of a record that was deleted. */
    void assertEndsWithout(Tab view, long record) {
        assertThat(view.neverReadAnew()).as("the view was never read anew").isTrue();
        assertThat(admin.searchRead(TRANSFER, List.of(List.of("id", "=", record)), List.of("id")))
                .isEmpty();
    }

    /** Texts, numbers, and of what relates the id of the first. */
    private static Object plain(JsonNode value) {
        if (value.isArray()) {
            return value.path(0).asLong();
        }
        return value.isNumber() ? value.asDouble() : value.asString();
    }

    /** A new browser of a user with this test's list in its only tab: watched by the bridge, and read. */
    Tab tab(OdooUser user) {
        var browser = browsers.as(user);
        Tab.exposeLists(browser);
        return Tab.open(browser, screen.url()).awaitWatched(1).awaitIdle();
    }

    /** The same; what it asks from now on is counted. */
    Tab settled(OdooUser user) {
        Tab tab = tab(user);
        tab.forgetCalls();
        return tab;
    }
}
