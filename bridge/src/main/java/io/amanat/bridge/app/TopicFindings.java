package io.amanat.bridge.app;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.Conditions;
import io.amanat.bridge.access.rls.Conditions.Trouble;
import io.amanat.bridge.access.rls.Conditions.Why;
import io.amanat.bridge.access.rls.RowSecuritySettings;
import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TopicSettings;
import io.amanat.bridge.doctor.Finding;
import io.amanat.bridge.doctor.Finding.Status;
import io.amanat.bridge.topic.Rule;
import io.amanat.bridge.topic.SqlRights;
import java.util.List;
import java.util.stream.Collectors;

/** Whether PostgreSQL can judge the conditions of the rules for topics, before anybody comes to one. */
final class TopicFindings {

    private static final String NOBODY = "00000000-0000-0000-0000-000000000000";

    private TopicFindings() {}

    /** Asks PostgreSQL, as each role of viewers; none where there are no rules. Blocks for at most some seconds a rule. */
    static List<Finding> examine(TablesSettings settings) {
        if (settings.topics().isEmpty()) {
            return List.of();
        }
        var timeout = settings.statementTimeout();
        try (var pool = PostgresPool.of(settings.wal().postgres(), "amanat-doctor", 1, timeout)) {
            var asViewer = new AsViewer(pool, RowSecuritySettings.DEFAULT.searchPath(), timeout);
            var conditions = new Conditions(asViewer);
            return TopicSettings.rules(settings.topics()).all().stream()
                    .map(rule -> finding(rule, conditions, settings))
                    .toList();
        }
    }

    private static Finding finding(Rule rule, Conditions conditions, TablesSettings settings) {
        var name = "topics " + rule.pattern();
        var roles = settings.jwt().roles();
        var troubles = roles.stream()
                .sorted()
                .flatMap(role -> SqlRights.trouble(conditions, rule, nobody(role)).stream())
                .toList();
        var wrong = troubles.stream().filter(it -> it.why() == Why.WRONG).findFirst();
        if (wrong.isPresent()) {
            return new Finding(
                    name, Status.FAIL, wrong.get().message(), "correct 'read' or 'send' of this rule in the settings");
        }
        return troubles.size() < roles.size()
                ? new Finding(name, Status.OK, "PostgreSQL can judge who may read and send", "")
                : warning(name, troubles);
    }

    private static Finding warning(String name, List<Trouble> troubles) {
        var detail = troubles.stream()
                .map(Trouble::message)
                .collect(Collectors.joining("; ", "nobody comes into these topics: ", ""));
        var remedy = troubles.stream().allMatch(it -> it.why() == Why.NOT_ALLOWED)
                ? "grant the viewers' role what 'read' and 'send' of this rule select and call"
                : "run doctor again; the log of PostgreSQL says more";
        return new Finding(name, Status.WARN, detail, remedy);
    }

    private static Claims nobody(String role) {
        return new Claims(role, NOBODY, "{\"sub\":\"%s\",\"role\":\"%s\"}".formatted(NOBODY, role));
    }
}
