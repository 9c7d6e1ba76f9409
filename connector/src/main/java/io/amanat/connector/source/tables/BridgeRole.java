package io.amanat.connector.source.tables;

import io.amanat.connector.change.TableShape;
import java.util.List;

/** The statements by which the bridge's role may do what is its own. Pure. */
final class BridgeRole {

    private BridgeRole() {}

    /** It may remember writes, and call the helpers of policies. */
    static List<String> writing(String role) {
        var name = TableShape.quoted(role);
        var policy = TableShape.quoted("operation_of_" + role);
        return List.of(
                "GRANT USAGE ON SCHEMA amanat, auth TO " + name,
                "GRANT SELECT, INSERT, DELETE ON %s TO %s".formatted(ReportReader.OPERATION, name),
                "DROP POLICY IF EXISTS %s ON %s".formatted(policy, ReportReader.OPERATION),
                "CREATE POLICY %s ON %s TO %s USING (true) WITH CHECK (true)"
                        .formatted(policy, ReportReader.OPERATION, name));
    }
}
