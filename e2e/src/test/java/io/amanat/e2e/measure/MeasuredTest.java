package io.amanat.e2e.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bench.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** What the page noted, against when Odoo committed. */
class MeasuredTest {
    private static final Step UPDATE = new Step(Step.Kind.UPDATE, 1, "note 1");
    private static final Step DELETE = new Step(Step.Kind.DELETE, 2, "record 2");

    private final Measured measured = new Measured();

    @Test
    void aChangeDrawnFromTheFrameCountsAsInPlace() {
        measured.add(UPDATE, 1_000, noted("{'seen':{'note 1':1040},'gone':{},'reads':[900, 1100]}"));

        assertThat(report().path("in_place_count").asInt()).isEqualTo(1);
        assertThat(report().path("in_place_p50_ms").asDouble()).isBetween(39.9, 40.1);
        assertThat(report().path("reread_count").asInt()).isZero();
    }

    @Test
    void aChangeWithAReReadBetweenCommitAndScreenCountsAsReRead() {
        measured.add(DELETE, 1_000, noted("{'seen':{},'gone':{'record 2':1300},'reads':[1290]}"));

        assertThat(report().path("reread_count").asInt()).isEqualTo(1);
        assertThat(report().path("delete_p50_ms").asDouble()).isBetween(299.0, 301.0);
    }

    @Test
    void whatThePageNeverNotedIsALoss() {
        measured.add(UPDATE, 1_000, noted("{'seen':{},'gone':{'note 1':1040},'reads':[]}"));

        assertThat(measured.losses()).isEqualTo(1);
    }

    private JsonNode report() {
        Report report = new Report("e2e", Map.of());
        measured.report(report);
        StringWriter text = new StringWriter();
        report.print(new PrintWriter(text), true);
        return new ObjectMapper().readTree(text.toString());
    }

    private static Observer.Noted noted(String json) {
        return new Observer.Noted(new ObjectMapper().readTree(json.replace('\'', '"')));
    }
}
