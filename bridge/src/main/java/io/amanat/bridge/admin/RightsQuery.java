package io.amanat.bridge.admin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operator's question what a user may read.
 *
 * @param database as the settings name it; empty for the only one
 * @param login of the user
 * @param record id of a record to judge; empty for none
 * @param companies switched on, the main one first; empty for all that the user has
 */
public record RightsQuery(String database, String login, String model, OptionalLong record, List<Long> companies) {

    /** The page that answers it. */
    static final String PATH = "/rights";

    public RightsQuery {
        companies = List.copyOf(companies);
    }

    /** Where the admin listener answers it. */
    public String path() {
        var path = "%s?user=%s&model=%s".formatted(PATH, encoded(login), encoded(model));
        if (record.isPresent()) {
            path += "&record=" + record.getAsLong();
        }
        if (!database.isEmpty()) {
            path += "&database=" + encoded(database);
        }
        return companies.isEmpty()
                ? path
                : path + "&companies=" + companies.stream().map(String::valueOf).collect(Collectors.joining(","));
    }

    static RightsQuery of(
            @Nullable String database,
            @Nullable String user,
            @Nullable String model,
            @Nullable String record,
            @Nullable String companies) {
        if (user == null || user.isEmpty() || model == null || model.isEmpty()) {
            throw PageException.wrong("say whose rights on what: /rights?user=LOGIN&model=MODEL");
        }
        return new RightsQuery(
                database == null ? "" : database,
                user,
                model,
                record == null ? OptionalLong.empty() : OptionalLong.of(id(record)),
                companies == null
                        ? List.of()
                        : Stream.of(companies.split(",", -1))
                                .map(RightsQuery::id)
                                .toList());
    }

    private static long id(String text) {
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw PageException.wrong("records and companies are numbers from 1 on");
        }
        return Long.parseLong(text);
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
