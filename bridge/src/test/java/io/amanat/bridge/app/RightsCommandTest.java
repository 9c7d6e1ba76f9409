package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.amanat.bridge.admin.AdminAddress;
import io.amanat.bridge.admin.AdminClient;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

@Timeout(60)
class RightsCommandTest {

    private static final String TRANSFER = "amanat.transfer";

    private record Result(int exitCode, String out, String err) {}

    @TempDir
    private Path folder = Path.of("");

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    private final Parts parts = new Parts();

    @BeforeEach
    void start() {
        parts.keep(odoo);
        var settings = Demo.settings(odoo, new DemoBoard.Start.Without("not needed"), 0, socket());
        parts.keep(Bridge.start(settings, () -> settings, InstantSource.system()));
        await().until(() -> new AdminClient(new AdminAddress.Socket(socket()))
                        .get("/readyz")
                        .status()
                == 200);
    }

    @AfterEach
    void stop() {
        parts.close();
    }

    @Test
    void whatAUserMayReadIsSaidInWords() {
        int id = transfer();

        var result = rights("--user", "aziz", "--model", TRANSFER, "--record", String.valueOf(id));

        assertThat(result.err()).isEmpty();
        assertThat(result.exitCode()).isZero();
        assertThat(result.out())
                .contains("Азиз Каримов (aziz, user ", "asked just now", "may read the fields ", "reads in en_US")
                .contains("record %d: may be read".formatted(id), "Odoo itself says: may be read")
                .doesNotContain("WARNING", "internal_note");
        assertThat(rights("--user", "aziz", "--model", TRANSFER).out()).contains("as the bridge knows it since ");
    }

    @Test
    void eachConditionHasItsVerdictAndItsValue() {
        int id = transfer();
        odoo.administrator().addRule(TRANSFER, "['|', ('state', '=', 'open'), ('manager_id', '=', user.id)]");

        var result = rights("--user", "aziz", "--model", TRANSFER, "--record", String.valueOf(id));

        assertThat(result.out())
                .containsPattern("no +any of")
                .containsPattern("no +state in \\[\"open\"\\] +\\(it is \"draft\"\\)")
                .containsPattern("no +manager_id in \\[\\d+\\] +\\(it is false\\)")
                .contains("record %d: may not be read".formatted(id), "Odoo itself says: may not be read")
                .doesNotContain("WARNING");
    }

    @Test
    void aProgramGetsTheSameAsJson() {
        int id = transfer();

        var result = rights(
                "--user",
                "malika",
                "--model",
                TRANSFER,
                "--record",
                String.valueOf(id),
                "--companies",
                "1",
                "--output",
                "json");

        var page = JsonMapper.shared().readTree(result.out());
        assertThat(page.path("user").path("login").asString()).isEqualTo("malika");
        assertThat(page.path("user").path("companies").toString()).isEqualTo("[1]");
        assertThat(page.path("language").asString()).isEqualTo("ru_RU");
        assertThat(page.path("decidable").asBoolean()).isTrue();
        assertThat(page.path("domain").get(0).path("verdict").asString()).isEqualTo("yes");
        assertThat(page.path("record"))
                .isEqualTo(JsonMapper.shared().readTree("{\"id\":%d,\"verdict\":\"yes\",\"odoo\":true}".formatted(id)));
        assertThat(page.path("warnings").isEmpty()).isTrue();
    }

    @Test
    void whoMayNotReadTheModelIsToldSo() {
        assertThat(rights("--user", "sardor", "--model", TRANSFER).out())
                .contains("may not read this model: no access list grants it");
    }

    @Test
    void rulesThatRaiseAreNamed() {
        odoo.administrator().addRule(TRANSFER, "[('state', '=', user.nothing_like_this)]");

        assertThat(rights("--user", "aziz", "--model", TRANSFER).out())
                .contains("may not read this model: the record rules of this model raise ");
    }

    @Test
    void anAnswerThatWentStaleWithoutAnAnnouncementIsSaid() {
        int id = transfer();
        rights("--user", "aziz", "--model", TRANSFER);
        odoo.faults().keepQuiet();
        odoo.administrator().addRule(TRANSFER, "[('state', '=', 'open')]");

        assertThat(rights("--user", "aziz", "--model", TRANSFER, "--record", String.valueOf(id))
                        .out())
                .contains(
                        "record %d: may be read".formatted(id),
                        "Odoo itself says: may not be read",
                        "WARNING: the bridge and Odoo differ on record " + id);
    }

    @Test
    void whatDoesNotExistIsSaid() {
        assertThat(rights("--user", "nobody", "--model", TRANSFER))
                .isEqualTo(new Result(1, "", "amanat: Odoo has no active user with the login 'nobody'\n"));
        assertThat(rights("--user", "aziz", "--model", "res.users")).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(1);
            assertThat(result.err()).contains("res.users is no live model; live are: amanat.money");
        });
        assertThat(rights("--user", "aziz", "--model", TRANSFER, "--record", "9999"))
                .isEqualTo(new Result(1, "", "amanat: there is no record 9999 of amanat.transfer\n"));
    }

    @Test
    void wrongUsageIsSaid() {
        assertThat(rights("--user", "aziz").exitCode()).isEqualTo(2);
        assertThat(rights("--user", "aziz", "--model", TRANSFER, "--record", "-1")
                        .exitCode())
                .isEqualTo(2);
    }

    @Test
    void aNeighbourThatIsAwayIsSaid() {
        odoo.faults().fail("rights");
        assertThat(rights("--user", "aziz", "--model", TRANSFER)).satisfies(result -> {
            assertThat(result.exitCode()).isEqualTo(3);
            assertThat(result.err()).startsWith("amanat: ");
        });
        stop();

        assertThat(rights("--user", "aziz", "--model", TRANSFER).exitCode()).isEqualTo(3);
    }

    private int transfer() {
        return odoo.as("aziz")
                .create(TRANSFER, List.of(Map.of("state", "draft", "amount", 5.0)))
                .getFirst();
    }

    private Path socket() {
        return folder.resolve("admin.sock");
    }

    private Result rights(String... options) {
        var out = new StringWriter();
        var err = new StringWriter();
        var line = Main.commandLine().setOut(new PrintWriter(out, true)).setErr(new PrintWriter(err, true));
        var arguments = new ArrayList<>(List.of("rights", "--socket", socket().toString()));
        arguments.addAll(List.of(options));
        int code = line.execute(arguments.toArray(String[]::new));
        return new Result(code, out.toString(), err.toString());
    }
}
