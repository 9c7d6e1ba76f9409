package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.RowSecurityMetrics;
import java.util.Map;
import java.util.function.ToLongFunction;

/** How policies were asked, and what the checks of their answers found, for monitoring: of each database that serves tables. */
final class PolicyFigures {

    private final Prometheus text;
    private final Map<String, RowSecurityMetrics> databases;

    private PolicyFigures(Prometheus text, Map<String, RowSecurityMetrics> databases) {
        this.text = text;
        this.databases = databases;
    }

    static void write(Prometheus text, Map<String, RowSecurityMetrics> databases) {
        var figures = new PolicyFigures(text, databases);
        figures.asked();
        figures.checked();
    }

    private void asked() {
        counter(
                "amanat_policy_together_total",
                "Statements that asked policies about many viewers at once.",
                RowSecurityMetrics::together);
        counter(
                "amanat_policy_one_by_one_total",
                "Viewers for whom policies were asked one by one.",
                RowSecurityMetrics::oneByOne);
        counter(
                "amanat_policy_remembered_total",
                "Rows that were decided without asking PostgreSQL.",
                RowSecurityMetrics::remembered);
        counter(
                "amanat_policy_refused_total",
                "Questions that got no answer, so that those concerned read again.",
                RowSecurityMetrics::refused);
        counter(
                "amanat_policy_marks_total",
                "Answers that waited until the log was read up to them: one mark in the log each.",
                RowSecurityMetrics::confirmed);
    }

    private void checked() {
        counter(
                "amanat_policy_sampled_total",
                "Answers checked against what the viewers' own roles and claims say.",
                RowSecurityMetrics::sampled);
        counter(
                "amanat_policy_behind_total",
                "Checked answers that were remembered and not right any more, before the log told why.",
                RowSecurityMetrics::behind);
        counter(
                "amanat_policy_wrong_total",
                "Checked answers that said more than a viewer may read: anything but none is a fault.",
                RowSecurityMetrics::wrong);
    }

    private void counter(String name, String help, ToLongFunction<RowSecurityMetrics> value) {
        text.head(name, "counter", help);
        databases.forEach((database, metrics) ->
                text.sample(name, "{database=\"%s\"}".formatted(database), value.applyAsLong(metrics)));
    }
}
