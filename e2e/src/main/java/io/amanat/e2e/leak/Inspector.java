package io.amanat.e2e.leak;

import io.amanat.e2e.leak.Findings.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/** Compares every frame with what Odoo let its reader read at the moment the frame tells of. */
final class Inspector {
    private final Timeline truth;
    private final Findings findings;
    private long frames;
    private long values;

    Inspector(Timeline truth, Findings findings) {
        this.truth = truth;
        this.findings = findings;
    }

    long frames() {
        return frames;
    }

    /** How many single values were compared. */
    long values() {
        return values;
    }

    void data(Screen screen, JsonNode frame) {
        frames++;
        var at = truth.of(frame.path("offset").asLong());
        if (at.isEmpty()) {
            findings.add(Kind.LEAK, "%s got %s, which is of no step".formatted(screen.watch(), shortened(frame)));
            return;
        }
        var scene = new Scene(screen, at.getAsInt());
        switch (frame.path("op").asString()) {
            case "leave" -> leave(scene, frame);
            case "delete" -> ids(frame).forEach(id -> known(scene, frame, id));
            case "create", "update", "enter" -> records(scene, frame);
            default -> findings.add(Kind.WRONG, "%s got %s".formatted(screen.watch(), shortened(frame)));
        }
    }

    /**
     * What a watch might show around one moment. While rights change that concern it, that is what it might by the old or by
     * the new ones.
     */
    private final class Scene {
        final Screen screen;
        final Moment moment;
        final boolean inFlux;
        private final Moment before;

        Scene(Screen screen, int at) {
            this.screen = screen;
            this.moment = truth.moment(at);
            this.before = truth.moment(at - 1);
            this.inFlux = truth.round().contains(moment) && truth.inFlux(screen.watch());
        }

        List<Moment> then() {
            return inFlux ? truth.around() : List.of(moment);
        }

        List<Moment> earlier() {
            return inFlux ? truth.around() : List.of(before);
        }

        boolean shows(List<Moment> moments, long id) {
            return moments.stream()
                    .anyMatch(
                            one -> one.shown(screen.watch(), screen.filtered()).contains(id));
        }

        boolean mayRead(List<Moment> moments, long id) {
            return moments.stream().anyMatch(one -> one.readable(screen.watch()).contains(id));
        }

        Set<String> shownFields() {
            return then().stream().flatMap(one -> screen.fields(one).stream()).collect(Collectors.toSet());
        }

        Set<String> readableFields() {
            return then().stream()
                    .flatMap(one -> one.fields(screen.watch()).stream())
                    .collect(Collectors.toSet());
        }
    }

    private void leave(Scene scene, JsonNode frame) {
        for (var id : ids(frame)) {
            known(scene, frame, id);
            if (!scene.inFlux && scene.shows(scene.then(), id)) {
                findings.add(Kind.WRONG, "%s is told that %d left, and it did not".formatted(scene.screen.watch(), id));
            }
        }
    }

    private void known(Scene scene, JsonNode frame, long id) {
        if (!scene.mayRead(scene.earlier(), id)) {
            leak(scene, frame, "%d was never theirs to see".formatted(id));
        } else if (!scene.shows(scene.earlier(), id)) {
            findings.add(Kind.WRONG, "%s never showed %d: %s".formatted(scene.screen.watch(), id, shortened(frame)));
        }
    }

    private void records(Scene scene, JsonNode frame) {
        names(scene, frame, "changed_fields");
        names(scene, frame, "reread");
        for (var record : frame.path("records")) {
            long id = record.path("id").asLong();
            if (!scene.mayRead(scene.then(), id)) {
                leak(scene, frame, "%d is not theirs to read".formatted(id));
            } else {
                if (!scene.shows(scene.then(), id)) {
                    findings.add(
                            Kind.WRONG,
                            "%s does not match %d: %s".formatted(scene.screen.watch(), id, shortened(frame)));
                }
                operation(scene, frame, id);
                values(scene, frame, record, id);
            }
        }
    }

    private void names(Scene scene, JsonNode frame, String key) {
        var allowed = scene.readableFields();
        for (var name : frame.path(key)) {
            if (!allowed.contains(name.asString())) {
                leak(scene, frame, "%s names %s".formatted(key, name));
            }
        }
    }

    /** Where everything can be decided, a frame says rightly whether the record was in sight before. */
    private void operation(Scene scene, JsonNode frame, long id) {
        var operation = frame.path("op").asString();
        boolean before = scene.shows(scene.earlier(), id);
        boolean wrong = switch (operation) {
            case "update" -> !before;
            case "enter" -> before && !scene.screen.watch().vague();
            default -> before;
        };
        if (wrong && !scene.inFlux) {
            findings.add(
                    Kind.WRONG,
                    "%s got %s of %d, which it %s: %s"
                            .formatted(
                                    scene.screen.watch(),
                                    operation,
                                    id,
                                    before ? "showed already" : "did not show",
                                    scene.moment.what()));
        }
    }

    private void values(Scene scene, JsonNode frame, JsonNode record, long id) {
        var key = scene.screen.watch().readable();
        var reads = scene.then().stream()
                .map(one -> one.values().getOrDefault(key, Map.of()).get(id))
                .filter(Objects::nonNull)
                .toList();
        var allowed = scene.shownFields();
        record.properties().forEach(value -> {
            values++;
            var name = value.getKey();
            if (!allowed.contains(name)) {
                leak(scene, frame, "%d with the field %s".formatted(id, name));
            } else if (!scene.inFlux
                    && reads.stream().noneMatch(read -> Values.same(value.getValue(), read.path(name)))) {
                leak(
                        scene,
                        frame,
                        "%d with %s %s, which they read as %s"
                                .formatted(
                                        id,
                                        name,
                                        value.getValue(),
                                        reads.stream()
                                                .map(read -> read.path(name))
                                                .toList()));
            }
        });
        lacking(scene, frame, record, id);
    }

    /** Whoever gets a record can draw it: what it lacks is named to be read again. */
    private void lacking(Scene scene, JsonNode frame, JsonNode record, long id) {
        var lacking = new HashSet<>(scene.screen.fields(scene.moment));
        record.propertyNames().forEach(lacking::remove);
        frame.path("reread").forEach(name -> lacking.remove(name.asString()));
        if (!lacking.isEmpty() && !scene.inFlux && !frame.path("op").asString().equals("update")) {
            findings.add(
                    Kind.MISSING,
                    "%s got %d without %s: %s".formatted(scene.screen.watch(), id, lacking, shortened(frame)));
        }
    }

    private void leak(Scene scene, JsonNode frame, String what) {
        findings.add(
                Kind.LEAK,
                "%s: %s, %s: %s".formatted(scene.screen.watch(), what, scene.moment.what(), shortened(frame)));
    }

    private static Set<Long> ids(JsonNode frame) {
        return frame.path("records")
                .valueStream()
                .map(record -> record.path("id").asLong())
                .collect(Collectors.toSet());
    }

    private static String shortened(JsonNode frame) {
        var text = frame.toString();
        return text.length() < 400 ? text : text.substring(0, 400) + "…";
    }
}
