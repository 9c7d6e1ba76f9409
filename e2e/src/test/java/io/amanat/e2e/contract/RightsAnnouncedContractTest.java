package io.amanat.e2e.contract;

import static io.amanat.e2e.contract.Normal.expected;
import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What is announced when somebody may read more or less than before, or may no longer log in. */
class RightsAnnouncedContractTest extends ContractTest {

    private static final String MESSAGE = """
            {'v': 1, 'type': 'rights', 'model': false, 'reason': '%s', 'users': %s, 'models': %s, 'user_id': 'admin',
             'user_name': 'Administrator', 'timestamp': '<timestamp>', 'txid': '<txid>', 'origin': false, 'lang': 'en_US'}""";

    private final Normal normal = new Normal(name(""));
    private final Instant began = Instant.now();
    private Permissions permissions;
    private Frames bus;

    RightsAnnouncedContractTest(Side side) {
        super(side);
        permissions = new Permissions(odoo.stranger(), "");
        bus = new Frames();
    }

    @BeforeEach
    void listen() {
        var admin = as("admin");
        normal.user(
                admin.post("/web/session/get_session_info", Map.of())
                        .path("result")
                        .path("uid")
                        .asInt(),
                "admin");
        permissions = new Permissions(admin, name(""));
        bus = as(Target.SERVICE).listen();
    }

    @AfterEach
    void takeBack() {
        permissions.undo();
    }

    /** Announcements since this test began: Odoo shows whoever connects what was sent shortly before. */
    private boolean isNew(JsonNode message) {
        return isSince(began, message);
    }

    private static boolean isSince(Instant moment, JsonNode message) {
        return message.path("type").asString().equals("rights")
                && !Instant.parse(message.path("timestamp").asString()).isBefore(moment);
    }

    private Predicate<JsonNode> of(String reason) {
        return message -> isNew(message) && message.path("reason").asString().equals(reason);
    }

    private Predicate<JsonNode> of(String reason, Permissions.Member member) {
        return of(reason).and(message -> message.path("users").valueStream().anyMatch(id -> id.asInt() == member.id()));
    }

    private void assertAnnounced(String reason, Permissions.Member member) {
        assertThat(normal.of(bus.await(of(reason, member))))
                .isEqualTo(expected(MESSAGE.formatted(reason, List.of(member.id()), false)));
    }

    private void assertAnnounced(String reason, String model) {
        assertThat(normal.of(bus.await(of(reason))))
                .isEqualTo(expected(MESSAGE.formatted(reason, false, "['" + model + "']")));
    }

    private void write(Permissions.Member member, Map<String, ?> values) {
        permissions.write("res.users", member.id(), values);
    }

    @Test
    void whoMovesToOtherGroupsIsNamed() {
        int group = permissions.group("new");
        var member = permissions.member("one");

        write(member, Map.of("group_ids", Permissions.replacing(List.of(group))));

        assertAnnounced("groups", member);
    }

    @Test
    void aGroupThatImpliesAnotherConcernsEverybody() {
        int group = permissions.group("implying");
        int other = permissions.group("implied");
        awaitGroups(2);

        permissions.write("res.groups", group, Map.of("implied_ids", Permissions.replacing(List.of(other))));

        awaitGroups(3);
        assertThat(normal.of(bus.messages(of("groups")).getLast()))
                .isEqualTo(expected(MESSAGE.formatted("groups", false, false)));
    }

    private void awaitGroups(int messages) {
        bus.await(_ -> bus.messages(of("groups")).size() >= messages);
    }

    @Test
    void aNewRuleNamesItsModel() {
        permissions.rule(ORDER, "[('state', '!=', 'done')]", permissions.group("ruled"));

        assertAnnounced("rules", ORDER);
    }

    @Test
    void aRuleThatChangesOrGoesIsAnnouncedAgain() {
        int rule = permissions.rule(ORDER, "[('state', '!=', 'done')]", permissions.group("ruled"));
        permissions.write("ir.rule", rule, Map.of("domain_force", "[]"));
        permissions.delete("ir.rule", rule);

        bus.await(_ -> bus.messages(of("rules")).size() >= 3);

        assertThat(bus.messages(of("rules")).stream()
                        .map(message -> message.path("models").toString()))
                .containsOnly("[\"amanat.order\"]");
    }

    @Test
    void aNewAccessListNamesItsModel() {
        permissions.access(ORDER, permissions.group("readers"));

        assertAnnounced("access", ORDER);
    }

    @Test
    void whoLosesACompanyIsNamed() {
        var member = permissions.member("one", List.of(1, 2));

        write(member, Map.of("company_ids", Permissions.replacing(List.of(1))));

        assertAnnounced("companies", member);
    }

    @Test
    void whoReadsInAnotherLanguageIsNamed() {
        var member = permissions.member("one");

        write(member, Map.of("lang", "ru_RU"));

        assertAnnounced("language", member);
    }

    @Test
    void whoIsArchivedIsNamedAndSignedOut() {
        var member = permissions.member("one");
        var browser = browser(member);

        write(member, Map.of("active", false));

        assertAnnounced("user", member);
        assertSignedOut(browser);
    }

    @Test
    void whoIsDeletedIsNamed() {
        var member = permissions.member("one");

        permissions.delete("res.users", member.id());

        assertAnnounced("user", member);
    }

    @Test
    void whoGetsAnotherPasswordIsNamedAndSignedOut() {
        var member = permissions.member("one");
        var browser = browser(member);

        write(member, Map.of("password", "another one"));

        assertAnnounced("password", member);
        assertSignedOut(browser);
    }

    @Test
    void whoGetsAnotherLoginIsNamed() {
        var member = permissions.member("one");

        write(member, Map.of("login", name("renamed")));

        assertAnnounced("password", member);
    }

    @Test
    void whoLogsOutIsNamedWithTheLoginThatEnded() throws Exception {
        var member = permissions.member("one");
        var browser = browser(member);
        String sid = sid(browser);

        browser.get("/web/session/logout");

        assertLoggedOut(member, sid);
        assertSignedOut(browser);
    }

    @Test
    void aSessionThatIsDestroyedIsALogout() throws Exception {
        var member = permissions.member("one");
        var browser = browser(member);
        String sid = sid(browser);

        browser.post("/web/session/destroy", Map.of());

        assertLoggedOut(member, sid);
    }

    @Test
    void whoSignsInAgainInTheSameBrowserEndsTheFirstLogin() throws Exception {
        var member = permissions.member("one");
        var browser = browser(member);
        String first = sid(browser);

        permissions.signIn(browser, odoo, member);

        assertLoggedOut(member, first);
        assertThat(sid(browser)).isNotEqualTo(first);
    }

    private void assertLoggedOut(Permissions.Member member, String sid) {
        normal.user(member.id(), "member");
        var message = bus.await(of("logout", member));

        assertThat(message.path("login").asString()).isEqualTo(sid);
        assertThat(message.path("users")).isEqualTo(expected("[%d]".formatted(member.id())));
        assertThat(message.path("models")).isEqualTo(expected("false"));
        assertThat(normal.of(message).path("user_id").asString()).isEqualTo("member");
    }

    @Test
    void whatRulesTraverseIsAnnouncedWhenItIsWritten() {
        var manager = permissions.member("manager");
        permissions.rule(
                ORDER, "[('create_uid.login', '=', '%s')]".formatted(manager.login()), permissions.group("path"));

        write(manager, Map.of("login", name("renamed")));

        var message = bus.await(of("traversed"));
        assertThat(message.path("models").valueStream()).contains(expected("'amanat.order'"));
        assertThat(message.path("users")).isEqualTo(expected("false"));
    }

    @Test
    void whatDecidesNothingIsNotAnnounced() {
        var member = permissions.member("one");
        var made = Instant.now();

        write(member, Map.of("name", name("another name")));
        write(member, Map.of("lang", "ru_RU"));

        bus.await(of("language", member));
        assertThat(bus.messages(message -> isSince(made, message)).stream()
                        .map(message -> message.path("reason").asString()))
                .containsExactly("language");
    }

    private Client browser(Permissions.Member member) {
        var browser = stranger();
        permissions.signIn(browser, odoo, member);
        return browser;
    }

    private static String sid(Client browser) throws Exception {
        var token = browser.post("/amanat_realtime/token", Map.of())
                .path("result")
                .path("token")
                .asString();
        return SignedJWT.parse(token).getJWTClaimsSet().getStringClaim("sid");
    }

    private static void assertSignedOut(Client browser) {
        assertThat(browser.post("/web/session/get_session_info", Map.of())
                        .path("error")
                        .path("code")
                        .asInt())
                .isEqualTo(100);
    }
}
