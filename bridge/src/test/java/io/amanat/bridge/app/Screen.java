package io.amanat.bridge.app;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/**
 * What one tab shows of one list: it draws what it is told, reads what it is told to read, and goes on where it was when it lost its
 * connection, all as docs/protocol.md says.
 */
final class Screen {

    final Map<Long, Map<String, JsonNode>> rows = new TreeMap<>();
    int resets;
    int resumed;
    private final String watch;
    private final Supplier<Map<Long, Map<String, JsonNode>>> odoo;
    private final Map<Long, Long> told = new HashMap<>();
    private Optional<Browser> tab = Optional.empty();
    private String epoch = "";
    private String rights = "";
    private long offset;
    private long feed;
    private long newest;
    private long ponged;
    private boolean known;
    private boolean resuming;
    private boolean behind;

    /**
     * A tab that is not connected yet.
     *
     * @param domain of the list; empty text when it has none
     * @param odoo what its user reads there now
     */
    Screen(String domain, Supplier<Map<Long, Map<String, JsonNode>>> odoo) {
        this.watch = "{'type':'watch','ref':'list','view':'list','model':'amanat.transfer'%s%%s}"
                .formatted(domain.isEmpty() ? "" : ",'domain':" + domain);
        this.odoo = odoo;
    }

    boolean isConnected() {
        return tab.isPresent();
    }

    void connect(OneDatabase bridge, char digit, String token) {
        var opened = Browser.open(bridge, digit);
        opened.send("{'type':'hello','token':'%s','origin':'%s'}".formatted(token, opened.tab()));
        opened.send(watch.formatted(
                known ? ",'resume':{'epoch':'%s','offset':%d,'rights':'%s'}".formatted(epoch, offset, rights) : ""));
        tab = Optional.of(opened);
        told.clear();
        newest = 0;
        feed = 0;
    }

    /** The connection breaks; what was not drawn is lost. */
    void disconnect() {
        tab.ifPresent(Browser::close);
        tab = Optional.empty();
        resuming = false;
        behind = false;
    }

    void ping() {
        tab.ifPresent(it -> it.trySend("{'type':'ping'}"));
    }

    /** Draws what has come, at most so much of it. */
    void draw(int most) {
        for (int i = 0; i < most; i++) {
            var frame = tab.flatMap(Browser::poll);
            if (frame.isEmpty()) {
                return;
            }
            draw(frame.get());
        }
    }

    /** Whether it has everything up to here. */
    boolean has(long wanted) {
        return ponged >= wanted && feed != 0 && !resuming && !behind;
    }

    private void draw(JsonNode frame) {
        long at = frame.path("offset").asLong();
        switch (frame.path("type").asString()) {
            case "welcome" -> welcomed(frame.path("epoch").asString());
            case "ok" -> opened(frame, at);
            case "list_update" -> update(frame, at);
            case "reset" -> reset(at);
            case "behind" -> behind(at);
            case "resumed" -> {
                resuming = false;
                resumed++;
                follow(at);
            }
            case "heartbeat" -> follow(at);
            case "bye" -> {}
            case "pong" -> {
                ponged = at;
                follow(at);
            }
            default -> throw new AssertionError(frame);
        }
    }

    private void welcomed(String now) {
        ponged = 0;
        if (!now.equals(epoch)) {
            epoch = now;
        }
    }

    private void opened(JsonNode ok, long at) {
        feed = ok.path("feed").asLong();
        rights = ok.path("rights").asString();
        resuming = known;
        if (!known) {
            known = true;
            offset = at;
            read();
        }
    }

    private void reset(long at) {
        resets++;
        resuming = false;
        behind = false;
        offset = at;
        read();
    }

    private void behind(long at) {
        offset = Math.min(offset, at);
        behind = true;
    }

    private void follow(long at) {
        if (feed != 0 && !resuming && !behind) {
            offset = Math.max(offset, at);
        }
    }

    private void read() {
        rows.clear();
        rows.putAll(odoo.get());
    }

    private void update(JsonNode frame, long at) {
        if (at < newest) {
            throw new AssertionError("offset %d came after %d: %s".formatted(at, newest, frame));
        }
        newest = at;
        for (var record : frame.path("records")) {
            long id = record.path("id").asLong();
            if (told.merge(id, at, (before, now) -> before.equals(now) ? -1 : now) < 0) {
                throw new AssertionError("told twice of record %d: %s".formatted(id, frame));
            }
            switch (frame.path("op").asString()) {
                case "leave", "delete" -> rows.remove(id);
                default ->
                    record.forEachEntry((field, value) -> {
                        if (!field.equals("id")) {
                            rows.computeIfAbsent(id, it -> new HashMap<>()).put(field, value);
                        }
                    });
            }
        }
        follow(at - 1);
    }
}
