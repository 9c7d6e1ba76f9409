package io.amanat.bridge.app;

import io.amanat.bridge.app.settings.TablesSettings;
import io.amanat.bridge.app.settings.TopicSettings;
import io.amanat.bridge.identity.JwtKey;
import io.amanat.bridge.identity.JwtSettings;
import io.amanat.bridge.websocket.Pages;
import java.io.IOException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** The plan board of the demo: its PostgreSQL, the people who can sign in without a password, and what the page asks for. */
final class DemoBoard implements AutoCloseable {

    /** Its name in the browsers' path. */
    static final String NAME = "board";

    private static final String CONFIG = "{\"bridge\":\"/amanat.v1/board\",\"people\":\"/board/people.json\"}";

    private static final String SEES_PLAN = "exists (select from plan where id = {plan_id})";

    /** Who looks at a plan, and at which slot: told to whoever sees the plan. */
    static final List<TopicSettings> TOPICS = List.of(new TopicSettings(
            "presence:plan:{plan_id}",
            SEES_PLAN,
            Optional.of(SEES_PLAN),
            Map.of(),
            List.of("slot", "state"),
            List.of()));

    private final DemoPostgres postgres;
    private final DemoTokens tokens;

    private DemoBoard(DemoPostgres postgres, DemoTokens tokens) {
        this.postgres = postgres;
        this.tokens = tokens;
    }

    /** What became of it. */
    sealed interface Start {
        /** It runs. */
        record Running(DemoBoard board) implements Start {}

        /**
         * There is none.
         *
         * @param why in words for whoever started the demo
         */
        record Without(String why) implements Start {}
    }

    /** Starts PostgreSQL; where that cannot be, the demo goes on without the board. */
    static Start start(InstantSource clock) {
        var random = new SecureRandom();
        try {
            return new Start.Running(new DemoBoard(DemoPostgres.start(random), new DemoTokens(random, clock)));
        } catch (LinkageError e) {
            return new Start.Without("PostgreSQL is not in the folder 'demo' beside this program");
        } catch (IOException | SQLException | RuntimeException e) {
            return new Start.Without("PostgreSQL does not start on this machine (%s)".formatted(e.getMessage()));
        }
    }

    /** How its tables are served to pages of these addresses. */
    TablesSettings settings(List<String> origins) {
        var jwt = JwtSettings.of(List.of(JwtKey.secret(tokens.secret())));
        return TablesSettings.of(postgres.wal(), jwt, origins).with(TOPICS);
    }

    /** With tokens in them, which are for nobody but browsers of this machine. */
    Pages pages() {
        return Pages.board(Map.of("config.json", () -> CONFIG, "people.json", this::people))
                .onThisMachine();
    }

    private String people() {
        var people = postgres.people().stream().map(this::person).toList();
        return JsonMapper.shared().writeValueAsString(people);
    }

    private Map<String, Object> person(DemoPostgres.Person person) {
        var json = new LinkedHashMap<String, Object>();
        json.put("id", person.id());
        json.put("name", person.name());
        json.put("branch", person.branch());
        json.put("branch_id", person.branchId());
        json.put("color", person.color());
        json.put("token", tokens.of(person.id()));
        json.put("expires_in", DemoTokens.LIFE.toSeconds());
        return json;
    }

    @Override
    public void close() {
        postgres.close();
    }
}
