package io.amanat.e2e.leak;

import io.amanat.e2e.leak.Findings.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** One user with the screens of all watches, and what the bridge said to each. */
final class Seat {
    private static final Set<String> OPERATORS = Set.of("&", "|", "!");

    private final long user;
    private final Spectator spectator;
    private final Map<String, Watching> byRef = new HashMap<>();
    private final Map<Long, List<Screen>> byFeed = new HashMap<>();
    private final List<Screen> screens = new ArrayList<>();
    private final List<Watching> refused = new ArrayList<>();
    private int closedAt = Integer.MAX_VALUE;

    Seat(long user, Spectator spectator, List<Watching> watches) {
        this.user = user;
        this.spectator = spectator;
        watches.forEach(watch -> byRef.put(watch.ref(), watch));
    }

    long user() {
        return user;
    }

    Spectator spectator() {
        return spectator;
    }

    int watches() {
        return screens.size();
    }

    /** Whether the user may be there and is. */
    boolean present() {
        return closedAt == Integer.MAX_VALUE && !spectator.closed();
    }

    boolean sees(long step) {
        return spectator.beacon() >= step || spectator.closed() || closedAt == 0;
    }

    /** From now on the user is to be told nothing at all. */
    void dismiss() {
        closedAt = 0;
    }

    void watchAgain() {
        if (!spectator.closed()) {
            var again = List.copyOf(refused);
            refused.clear();
            spectator.watch(again);
        }
    }

    void inspect(Inspector inspector, Timeline truth, Findings findings) {
        if (truth.closedInRound().contains(user)) {
            closedAt = truth.closing(user);
        }
        for (var frame : spectator.take()) {
            switch (frame.path("type").asString()) {
                case "ok" -> accepted(frame, truth, findings);
                case "error" -> refused(frame, truth, findings);
                case "list_update", "form_update" -> data(frame, inspector, truth, findings);
                case "reset" -> reset(frame, truth, findings);
                case "receipt", "event" -> findings.add(Kind.WRONG, "user %d got %s".formatted(user, frame));
                case "bye" -> {
                    if (closedAt == Integer.MAX_VALUE) {
                        findings.add(Kind.WRONG, "user %d was sent away: %s".formatted(user, frame));
                    }
                }
                default -> {}
            }
        }
    }

    private void accepted(JsonNode frame, Timeline truth, Findings findings) {
        if (frame.path("ref").asString().equals(Spectator.TOKEN)) {
            return;
        }
        var watch = watch(frame);
        if (!allowed(watch, truth)) {
            findings.add(Kind.LEAK, "%s was accepted, and is not theirs to ask".formatted(watch));
        }
        var screen = new Screen(watch, frame.path("filtered").asBoolean(false));
        screens.add(screen);
        byFeed.computeIfAbsent(frame.path("feed").asLong(), any -> new ArrayList<>())
                .add(screen);
    }

    private void refused(JsonNode frame, Timeline truth, Findings findings) {
        var watch = watch(frame);
        refused.add(watch);
        if (allowed(watch, truth)) {
            findings.add(
                    Kind.MISSING,
                    "%s was refused with %s".formatted(watch, frame.path("code").asString()));
        }
    }

    private Watching watch(JsonNode frame) {
        var watch = byRef.get(frame.path("ref").asString());
        if (watch == null) {
            throw new IllegalStateException(
                    "the bridge answers to nothing that user %d asked: %s".formatted(user, frame));
        }
        return watch;
    }

    private static boolean allowed(Watching watch, Timeline truth) {
        var fields = truth.last().fields(watch);
        boolean record = watch.id().isEmpty()
                || truth.last().readable(watch).contains(watch.id().getAsLong());
        return !fields.isEmpty() && record && fields.containsAll(namedIn(watch));
    }

    private static Set<String> namedIn(Watching watch) {
        var names = new TreeSet<String>();
        watch.domain()
                .ifPresent(domain -> domain.forEach(part -> {
                    if (part.isArray() && !OPERATORS.contains(part.path(0).asString())) {
                        names.add(part.path(0).asString());
                    }
                }));
        return names;
    }

    private void data(JsonNode frame, Inspector inspector, Timeline truth, Findings findings) {
        var showing = byFeed.getOrDefault(frame.path("feed").asLong(), List.of());
        if (showing.isEmpty()) {
            findings.add(Kind.WRONG, "user %d got a frame of no feed of theirs: %s".formatted(user, frame));
        }
        if (closedAt == 0 || truth.of(frame.path("offset").asLong()).orElse(0) > closedAt) {
            findings.add(Kind.LEAK, "user %d was still told after the end: %s".formatted(user, frame));
        }
        for (var screen : showing) {
            if (!screen.watch().beacon()) {
                inspector.data(screen, frame);
            }
            screen.apply(frame);
        }
    }

    private void reset(JsonNode frame, Timeline truth, Findings findings) {
        for (var screen : byFeed.getOrDefault(frame.path("feed").asLong(), List.of())) {
            screen.reset();
            if (!truth.resets(screen.watch())) {
                var reason = frame.path("reason").asString();
                boolean slow = reason.equals("failed") && truth.changesRights(screen.watch());
                findings.add(
                        slow ? Kind.SLOW : Kind.RESET,
                        "%s (%s) after %s"
                                .formatted(screen.watch(), reason, truth.last().what()));
            }
        }
    }

    void settle(Timeline truth, Findings findings) {
        if (!spectator.closed()) {
            screens.stream()
                    .filter(screen -> !screen.watch().beacon())
                    .forEach(screen -> screen.settle(truth, findings));
        } else if (closedAt == Integer.MAX_VALUE) {
            closedAt = truth.size();
            findings.add(Kind.WRONG, "user %d was cut off with %d".formatted(user, spectator.closeCode()));
        }
    }
}
