package io.amanat.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.app.OdooRights;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.standin.Series;
import io.amanat.standin.StandInOdoo;
import io.amanat.standin.StandInSettings;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LongPollingDoctorTest {

    private final StandInOdoo odoo = StandInOdoo.start(StandInSettings.empty(0).as(Series.ODOO_14));

    @AfterEach
    void stop() {
        odoo.close();
    }

    @Test
    void aHealthyOdoo14HasNothingToRemedy() {
        var findings = examine(odoo.url());

        assertThat(findings).extracting(Finding::name).contains("long polling").doesNotContain("websocket upgrade");
        assertThat(findings)
                .allSatisfy(finding ->
                        assertThat(finding.status()).as(finding.toString()).isEqualTo(Status.OK));
    }

    @Test
    void aPortThatServesNoLongPollingIsNamed() {
        odoo.busFaults().makeUnavailable();

        var finding = named(examine(odoo.url()), "long polling");

        assertThat(finding.status()).isEqualTo(Status.FAIL);
        assertThat(finding.detail()).contains("bus.Bus unavailable");
        assertThat(finding.remedy()).contains("odoo.longpolling_url");
    }

    @Test
    void nothingListensThere() {
        var findings = examine(URI.create("http://127.0.0.1:1"));

        assertThat(named(findings, "evented port").remedy()).contains("longpolling_port");
        assertThat(named(findings, "long polling").status()).isEqualTo(Status.SKIPPED);
        assertThat(named(findings, "channel guard").status()).isEqualTo(Status.SKIPPED);
    }

    private List<Finding> examine(URI longpolling) {
        var login = odoo.serviceLogin();
        var settings = OdooSettings.of(odoo.url(), odoo.database(), login, new Secret(login));
        return Doctor.examine(
                settings, LongPollingSettings.at(longpolling.resolve("/longpolling/poll")), OdooRights::new);
    }

    private static Finding named(List<Finding> findings, String name) {
        return findings.stream()
                .filter(finding -> finding.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
