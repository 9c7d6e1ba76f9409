package io.amanat.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.app.OdooRights;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.WebSocketSettings;
import io.amanat.standin.NewUser;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DoctorTest {

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0));

    @AfterEach
    void stop() {
        odoo.close();
    }

    @Test
    void aHealthyInstallationHasNothingToRemedy() throws Exception {
        var findings = examine(odoo.serviceLogin(), odoo.serviceLogin());

        assertThat(findings).extracting(Finding::name).isEqualTo(Doctor.CHECKS);
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.OK));
    }

    @Test
    void aWrongPasswordIsFoundAndWhatDependsOnItIsSkipped() throws Exception {
        var findings = examine(odoo.serviceLogin(), "swordfish");

        assertThat(named(findings, "database").status()).isEqualTo(Status.OK);
        assertThat(named(findings, "login").status()).isEqualTo(Status.FAIL);
        assertThat(named(findings, "login").remedy()).contains("odoo.password_file");
        assertThat(named(findings, "add-on").status()).isEqualTo(Status.SKIPPED);
        assertThat(findings.toString()).doesNotContain("swordfish");
    }

    @Test
    void rulesThatRaiseForSomeUserAreFound() throws Exception {
        odoo.administrator().addRule("amanat.transfer", "[('state', '=', user.nothing_like_this)]");

        var finding = named(examine(odoo.serviceLogin(), odoo.serviceLogin()), "record rules");

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail())
                .startsWith("amanat.transfer: the record rules of this model raise ")
                .contains("for user(s) ");
        assertThat(finding.remedy()).contains("correct the rules in Odoo");
    }

    @Test
    void rulesThatOnlyOdooCanDecideAreFound() throws Exception {
        odoo.administrator().addRule("amanat.transfer", "[('secret_code', '=', False)]");

        var finding = named(examine(odoo.serviceLogin(), odoo.serviceLogin()), "decided here");

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail()).contains("amanat.transfer for ");
    }

    @Test
    void usersWhoseDomainIsNoneAreNamed() throws Exception {
        odoo.faults().answerDomain(List.of(List.of("state", "resembles", "open")));

        var finding = named(examine(odoo.serviceLogin(), odoo.serviceLogin()), "record rules");

        assertThat(finding.status()).isEqualTo(Status.WARN);
        assertThat(finding.detail())
                .contains(
                        "amanat.transfer: the add-on's answer about rights is not as agreed (domain: ", "for user(s) ");
    }

    @Test
    void anAddOnWhoseAnswersAboutRightsAreNotAsAgreedIsFound() throws Exception {
        odoo.faults().leaveOut("rights", "decidable");

        var findings = examine(odoo.serviceLogin(), odoo.serviceLogin());

        assertThat(named(findings, "record rules").status()).isEqualTo(Status.FAIL);
        assertThat(named(findings, "decided here").status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void aMissingDatabaseIsFound() throws Exception {
        var settings = OdooSettings.of(odoo.url(), "nope", odoo.serviceLogin(), new Secret(odoo.serviceLogin()));

        var findings = Doctor.examine(settings, websocket(odoo.url()), OdooRights::new);

        assertThat(named(findings, "database").status()).isEqualTo(Status.FAIL);
    }

    @Test
    void anotherUserThanTheServiceUserIsFound() throws Exception {
        odoo.addUser(new NewUser("eve", "Eve", List.of(odoo.addCompany("C")), NewUser.Right.MANAGER));

        var finding = named(examine("eve", "eve"), "add-on");

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.remedy()).contains("amanat_realtime.service_login");
    }

    @Test
    void aDatabaseWithoutTheAddOnIsFound() throws Exception {
        try (var bare = BareOdoo.start()) {
            var settings = OdooSettings.of(bare.url(), "amanat", "amanat_bridge", new Secret("amanat_bridge"));

            var finding = named(Doctor.examine(settings, websocket(bare.url()), OdooRights::new), "add-on");

            assertThat(finding.status()).isEqualTo(Status.FAIL);
            assertThat(finding.remedy()).isEqualTo("install the module amanat_realtime in this database");
        }
    }

    @Test
    void anOdooThatIsAwayIsFound() throws Exception {
        var settings = settings(odoo.serviceLogin(), odoo.serviceLogin());
        odoo.close();

        var findings = Doctor.examine(settings, websocket(settings.url()), OdooRights::new);

        assertThat(named(findings, "reachability").status()).isEqualTo(Status.FAIL);
        assertThat(named(findings, "evented port").status()).isEqualTo(Status.FAIL);
        assertThat(named(findings, "channel guard").status()).isEqualTo(Status.SKIPPED);
    }

    @Test
    void anAddressThatIsNoWebsocketIsFound() throws Exception {
        var settings =
                OdooSettings.of(odoo.url(), odoo.database(), odoo.serviceLogin(), new Secret(odoo.serviceLogin()));
        var wrong = WebSocketSettings.at(
                URI.create("ws://127.0.0.1:%d/elsewhere".formatted(odoo.url().getPort())));

        assertThat(named(Doctor.examine(settings, wrong, OdooRights::new), "websocket upgrade")
                        .status())
                .isEqualTo(Status.FAIL);
    }

    private List<Finding> examine(String login, String password) throws InterruptedException {
        return Doctor.examine(settings(login, password), websocket(odoo.url()), OdooRights::new);
    }

    private OdooSettings settings(String login, String password) {
        return OdooSettings.of(odoo.url(), odoo.database(), login, new Secret(password));
    }

    private static WebSocketSettings websocket(URI odoo) {
        return WebSocketSettings.at(WebSocketSettings.besides(odoo));
    }

    private static Finding named(List<Finding> findings, String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
