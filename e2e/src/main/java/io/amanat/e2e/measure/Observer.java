package io.amanat.e2e.measure;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.amanat.e2e.browser.Tab;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** The MutationObserver in the other user's tab. */
final class Observer {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Tab tab;

    /** Plants it. */
    Observer(Tab tab, String model) {
        this.tab = tab;
        tab.page().evaluate(script(), model);
    }

    /** What it has noted so far. */
    Noted noted() {
        return new Noted(JSON.readTree((String) tab.page().evaluate("JSON.stringify(window.amanatNoted)")));
    }

    /** Name and note of every row on screen, in order. */
    List<String> rows() {
        JsonNode rows = JSON.readTree((String) tab.page().evaluate("""
                JSON.stringify([...document.querySelectorAll(".o_data_row")].map((row) =>
                    ["name", "note"].map((field) => row.querySelector(`td[name=${field}]`).textContent).join("|")))"""));
        List<String> texts = new ArrayList<>();
        rows.forEach(row -> texts.add(row.asString()));
        return texts;
    }

    private static String script() {
        try (InputStream in = Observer.class.getResourceAsStream("observer.js")) {
            return new String(Objects.requireNonNull(in).readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the page noted, in milliseconds since 1970. */
    record Noted(JsonNode json) {

        /** When the step stood on the screen. */
        Optional<Double> at(Step step) {
            JsonNode at =
                    json.path(step.kind() == Step.Kind.DELETE ? "gone" : "seen").path(step.text());
            return at.isNumber() ? Optional.of(at.asDouble()) : Optional.empty();
        }

        /** Whether an answer to a re-read came between the two instants. */
        boolean rereadBetween(double from, double to) {
            for (JsonNode read : json.path("reads")) {
                if (read.asDouble() > from && read.asDouble() <= to + 1) {
                    return true;
                }
            }
            return false;
        }

        int rereads() {
            return json.path("reads").size();
        }
    }
}
