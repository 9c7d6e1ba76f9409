package io.amanat.standin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.amanat.standin.NewUser.Right;
import io.amanat.standin.store.Catalog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** What the Java side of the stand-in does to rights; what the wire shows of it is compared with real Odoo in {@code e2e}. */
class RightsTest {

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));
    private final Administrator administrator = odoo.administrator();
    private final OdooClient bridge = new OdooClient(odoo.url());

    @BeforeEach
    void signIn() throws Exception {
        bridge.signIn(odoo.serviceLogin());
    }

    @AfterEach
    void stop() {
        bridge.close();
        odoo.close();
    }

    private Map<String, Object> viewer(String login) {
        return Map.of("uid", odoo.as(login).uid(), "companies", List.of(1));
    }

    private JsonNode ask(boolean fresh, List<Map<String, Object>> viewers) throws Exception {
        var question = Map.of("model", Catalog.TRANSFER, "viewers", viewers);
        return bridge.call("amanat.bridge", "rights", List.of(List.of(question), fresh))
                .path("result")
                .path(0);
    }

    private JsonNode rights(String login) throws Exception {
        return ask(false, List.of(viewer(login))).path("answers").path(0);
    }

    @Test
    void aRuleIsForItsGroup() throws Exception {
        int group = administrator.addGroup("managers of one's own");
        int rule = administrator.addRule(Catalog.TRANSFER, "[('manager_id', '=', user.id)]", group);
        administrator.setGroups("aziz", 75, group);

        assertThat(rights("aziz").path("domain").toString())
                .isEqualTo("[\"&\",[\"company_id\",\"in\",[false,1]],[\"manager_id\",\"in\",[%d]]]"
                        .formatted(odoo.as("aziz").uid()));
        administrator.changeRule(rule, "[('state', '=', 'open')]");
        assertThat(rights("aziz").path("domain").toString()).contains("[\"state\",\"in\",[\"open\"]]");
        administrator.removeRule(rule);
        assertThat(rights("aziz").path("domain").toString()).isEqualTo("[[\"company_id\",\"in\",[false,1]]]");
    }

    @Test
    void rulesHoldForReadingSearchingAndWriting() {
        var transfers =
                odoo.as("gulnora").create(Catalog.TRANSFER, List.of(Map.of("state", "open"), Map.of("state", "done")));
        administrator.addRule(Catalog.TRANSFER, "[('state', '=', 'open')]");
        var aziz = odoo.as("aziz");

        List<Integer> found = aziz.transaction(orm -> orm.search(Catalog.TRANSFER, List.of()));
        assertThat(found).containsExactly(transfers.getFirst());
        assertThat(catchThrowable(() -> aziz.read(Catalog.TRANSFER, List.of(transfers.get(1)), List.of("state"))))
                .hasMessageContaining("not allowed to access");
        assertThat(catchThrowable(
                        () -> aziz.write(Catalog.TRANSFER, List.of(transfers.getFirst()), Map.of("state", "done"))))
                .hasMessageContaining("not allowed to access");
    }

    @Test
    void whoIsForbiddenAModelMayNotReadIt() throws Exception {
        administrator.forbid(Catalog.TRANSFER);

        assertThat(rights("aziz").path("read").asBoolean()).isFalse();
        administrator.allowReading(Catalog.TRANSFER, 75);
        assertThat(rights("aziz").path("read").asBoolean()).isTrue();
    }

    @Test
    void everyChangeIsAnnounced() throws Exception {
        var frames = bridge.subscribe(List.of());
        int samarkand = 2;

        administrator.setCompanies("aziz", samarkand);
        administrator.setLanguage("aziz", "uz_UZ");
        administrator.changePassword("aziz", "another");
        administrator.deactivate("aziz");
        administrator.activate("aziz");
        odoo.as("bobur").logOut();
        administrator.delete("aziz");

        assertThat(frames.reasons(7))
                .containsExactly("companies", "language", "password", "user", "user", "logout", "user");
    }

    @Test
    void aQuietStandInAnnouncesNoChangeOfRights() throws Exception {
        var frames = bridge.subscribe(List.of());
        odoo.faults().keepQuiet();
        administrator.setLanguage("aziz", "uz_UZ");
        odoo.faults().heal();

        administrator.setLanguage("bobur", "uz_UZ");

        assertThat(frames.next().path("users").path(0).asInt())
                .isEqualTo(odoo.as("bobur").uid());
    }

    @Test
    void staleRightsAreAnsweredUntilAskedAfresh() throws Exception {
        odoo.answerStaleRights();
        administrator.forbid(Catalog.TRANSFER);

        assertThat(rights("aziz").path("read").asBoolean()).isTrue();
        assertThat(ask(true, List.of(viewer("aziz")))
                        .path("answers")
                        .path(0)
                        .path("read")
                        .asBoolean())
                .isFalse();
        odoo.faults().heal();
        assertThat(rights("aziz").path("read").asBoolean()).isFalse();
    }

    @Test
    void anAnswerCanLackAKeyOrHoldADomainThatIsNone() throws Exception {
        odoo.faults().leaveOut("rights", "fields");
        assertThat(rights("aziz").has("fields")).isFalse();

        odoo.faults().answerDomain(List.of("&"));

        assertThat(rights("aziz").path("domain").toString()).isEqualTo("[\"&\"]");
    }

    @Test
    void aMethodCanFail() throws Exception {
        odoo.faults().fail("rights");

        var answer = bridge.call("amanat.bridge", "rights", List.of(List.of()));

        assertThat(answer.path("error").path("data").path("name").asString()).isEqualTo("builtins.RuntimeError");
        assertThat(odoo.faults().calls("rights")).isEqualTo(1);
    }

    @Test
    void aHeldAnswerSaysWhatWasTrueWhenItWasAsked() throws Exception {
        odoo.faults().hold("rights");
        try (var later = Executors.newVirtualThreadPerTaskExecutor()) {
            var asked = later.submit(() -> rights("aziz"));
            Awaitility.await().until(() -> odoo.faults().calls("rights") == 1);
            administrator.forbid(Catalog.TRANSFER);
            assertThat(asked.isDone()).isFalse();

            odoo.faults().heal();

            assertThat(asked.get().path("read").asBoolean()).isTrue();
        }
    }

    @Test
    @Timeout(60)
    void thousandsWithEqualRightsAreOneAnswer() throws Exception {
        var viewers = new ArrayList<Map<String, Object>>();
        for (int i = 0; i < 5_000; i++) {
            int id = odoo.addUser(new NewUser("user" + i, "User " + i, List.of(1), Right.USER));
            viewers.add(Map.of("uid", id, "companies", List.of(1)));
        }

        var asked = ask(false, viewers);

        assertThat(asked.path("answers")).hasSize(1);
        assertThat(asked.path("of")).hasSize(5_000);
    }
}
