package io.amanat.bridge.cli;

import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** What a user may read, in words. */
final class RightsText {

    private final JsonNode page;
    private final StringBuilder text = new StringBuilder();

    private RightsText(JsonNode page) {
        this.page = page;
    }

    /** The admin page {@code /rights} for a person. */
    static String of(JsonNode page) {
        return new RightsText(page).text();
    }

    private String text() {
        var user = page.path("user");
        line("%s (%s, user %d), companies %s, on %s"
                .formatted(
                        user.path("name").asString(),
                        user.path("login").asString(),
                        user.path("id").asLong(),
                        joined(user.path("companies")),
                        page.path("model").asString()));
        var known = page.path("cached").asBoolean() ? "as the bridge knows it since " : "asked just now, at ";
        line(known + page.path("asked").asString());
        if (page.path("read").asBoolean()) {
            readable();
        } else {
            line("may not read this model: " + whyNot());
        }
        record();
        page.path("warnings").forEach(warning -> line("WARNING: " + warning.asString()));
        return text.toString().stripTrailing();
    }

    private String whyNot() {
        return page.path("trouble").asString("no access list grants it, or the user has none of these companies");
    }

    private void readable() {
        line("may read the fields " + joined(page.path("fields")));
        line("reads in " + page.path("language").asString());
        if (page.path("decidable").asBoolean()) {
            line("may read the records that match");
            page.path("domain").forEach(this::condition);
        } else {
            line("which records, only Odoo can tell: its rules need what a change does not carry");
            line(
                    "so Odoo is asked about each burst of changes, and where a record may have left, the view is read again");
        }
        if (page.path("refusal").isString()) {
            line("Odoo itself refuses this domain: " + page.path("refusal").asString());
        }
    }

    private void condition(JsonNode line) {
        var indent = "  ".repeat(line.path("depth").asInt() + 1);
        var verdict = line.path("verdict").isString()
                ? "%-10s".formatted(line.path("verdict").asString())
                : "";
        line("  " + verdict + indent + line.path("text").asString() + value(line));
    }

    private static String value(JsonNode line) {
        if (line.has("value")) {
            return "   (it is %s)".formatted(line.path("value"));
        }
        return line.path("verdict").asString("").equals("undecided")
                        && !line.path("text").asString().endsWith(" of")
                ? "   (the record's values cannot tell)"
                : "";
    }

    private void record() {
        var record = page.path("record");
        if (!record.isMissingNode()) {
            line("record %d: %s"
                    .formatted(
                            record.path("id").asLong(),
                            words(record.path("verdict").asString())));
            line("Odoo itself says: " + (record.path("odoo").asBoolean() ? "may be read" : "may not be read"));
        }
    }

    private static String words(String verdict) {
        return switch (verdict) {
            case "yes" -> "may be read";
            case "no" -> "may not be read";
            default -> "the bridge cannot tell, and asks Odoo";
        };
    }

    private static String joined(JsonNode list) {
        return list.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    private void line(String line) {
        text.append(line).append('\n');
    }
}
