package io.amanat.bridge.app.settings;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the list {@code topics} of a database of tables. */
final class TopicsReader {

    private static final int LONGEST_NAME = 100;
    private static final int LONGEST_CONDITION = 4_000;
    private static final int LONGEST_WORD = 64;
    private static final int LONGEST_TABLE = 127;

    private TopicsReader() {}

    static List<TopicSettings> read(Section database) {
        var topics = new ArrayList<TopicSettings>();
        for (var section : database.sections("topics")) {
            topic(section).ifPresent(it -> {
                topics.add(it);
                if (!isRule(section, topics)) {
                    topics.removeLast();
                }
            });
        }
        return List.copyOf(topics);
    }

    private static Optional<TopicSettings> topic(Section section) {
        var name = section.require("name", Kind.text(LONGEST_NAME), "\"plan:{plan_id}\"");
        var read =
                section.require("read", Kind.text(LONGEST_CONDITION), "exists (select from plan where id = {plan_id})");
        var send = section.read("send", Kind.text(LONGEST_CONDITION));
        var tables = section.has("tables") ? tables(section.section("tables")) : Map.<String, String>of();
        var fields = words(section.section("presence"), "fields");
        var events = words(section.section("broadcast"), "events");
        section.end();
        return name.flatMap(
                it -> read.map(condition -> new TopicSettings(it, condition, send, tables, fields, events)));
    }

    private static Map<String, String> tables(Section section) {
        var tables = new LinkedHashMap<String, String>();
        for (var table : section.names(Kind.text(LONGEST_TABLE))) {
            section.require(table, Kind.text(LONGEST_CONDITION), "plan_id=eq.{plan_id}")
                    .ifPresent(it -> tables.put(table, it));
        }
        return tables;
    }

    private static List<String> words(Section section, String key) {
        var words = section.list(key, Kind.text(LONGEST_WORD));
        section.end();
        return words;
    }

    /** Whether the newest of them can be meant, beside the others. */
    private static boolean isRule(Section section, List<TopicSettings> topics) {
        try {
            TopicSettings.rules(topics);
            return true;
        } catch (IllegalArgumentException e) {
            section.report(section.at("name"), topics.getLast().name(), "is no rule for topics: " + e.getMessage());
            return false;
        }
    }
}
