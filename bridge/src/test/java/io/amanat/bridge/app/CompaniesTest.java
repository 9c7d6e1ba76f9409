package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.standin.StandInOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What an open session gets when its user's companies change: from the stand-in Odoo to the wire. */
class CompaniesTest {

    private final LiveBridge bridge = new LiveBridge();
    private final StandInOdoo odoo = bridge.odoo;

    @AfterEach
    void stop() {
        bridge.close();
    }

    @Test
    void aCompanyTakenAwayTakesItsRecordsAndTheirEventsAlong() {
        var malika = odoo.as("malika");
        try (var tab = bridge.watching('b', malika.token())) {
            transfer("theirs", 2);
            assertThat(tab.expect("list_update").toString()).contains("theirs");

            odoo.administrator().setCompanies("malika", 1);
            assertThat(tab.expect("reset").path("reason").asString()).isEqualTo("rights");
            odoo.as("admin").sendEvent("look", List.of(malika.uid()), "amanat.transfer", transfer("not theirs", 2));
            odoo.as("admin").sendEvent("look", List.of(malika.uid()), "amanat.transfer", transfer("still theirs", 1));

            assertThat(tab.expect("list_update").toString()).contains("still theirs");
            assertThat(tab.expect("event").path("records")).hasSize(1);
            assertThat(tab.everything).doesNotContain("not theirs");
        }
    }

    @Test
    void aCompanyThatIsNotTheirsAnyMoreCannotBeWatchedAlone() {
        var malika = odoo.as("malika");
        try (var tab = bridge.watching('b', malika.token())) {
            odoo.administrator().setCompanies("malika", 1);
            tab.expect("reset");

            tab.send("{'type':'watch','ref':'2','view':'list','model':'amanat.transfer','companies':[2]}");

            assertThat(tab.expect("error").path("code").asString()).isEqualTo("unknown_model");
        }
    }

    private List<Integer> transfer(String note, int company) {
        return odoo.as("admin").create("amanat.transfer", List.of(Map.of("note", note, "company_id", company)));
    }
}
