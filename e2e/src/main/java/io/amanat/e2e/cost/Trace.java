package io.amanat.e2e.cost;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * When a page ran JavaScript, as the browser's own trace tells. Its counters leave out what promises call: Odoo's client works out
 * there what it then draws.
 */
final class Trace {
    private static final List<String> CATEGORIES = List.of("devtools.timeline", "v8.execute");
    private static final Set<String> SCRIPT = Set.of("FunctionCall", "EvaluateScript", "RunMicrotasks");
    private static final double MICROS_PER_MS = 1_000;

    private final List<Piece> pieces;

    private Trace(List<Piece> pieces) {
        this.pieces = pieces;
    }

    /**
     * A stretch of time in which one thread ran JavaScript, in milliseconds.
     *
     * @param spent of it, what the thread was on a CPU
     */
    private record Piece(String thread, double start, double end, double spent) {}

    /** Begins to note it. */
    static void start(Page page) {
        browser(page).startTracing(page, new Browser.StartTracingOptions().setCategories(CATEGORIES));
    }

    static Trace stop(Page page) {
        return of(new ObjectMapper().readTree(browser(page).stopTracing()));
    }

    static Trace of(JsonNode trace) {
        List<Piece> all = new ArrayList<>();
        for (JsonNode event : trace.path("traceEvents")) {
            if (SCRIPT.contains(event.path("name").asString("")) && event.has("dur")) {
                double start = event.path("ts").asDouble() / MICROS_PER_MS;
                double took = event.path("dur").asDouble() / MICROS_PER_MS;
                double spent = event.path("tdur").asDouble(event.path("dur").asDouble()) / MICROS_PER_MS;
                all.add(new Piece(event.path("pid") + "/" + event.path("tid"), start, start + took, spent));
            }
        }
        return new Trace(outermost(all));
    }

    /** A function that another one calls through the browser is part of it. */
    private static List<Piece> outermost(List<Piece> all) {
        all.sort(Comparator.comparing(Piece::thread)
                .thenComparingDouble(Piece::start)
                .thenComparing(Comparator.comparingDouble(Piece::end).reversed()));
        List<Piece> outer = new ArrayList<>();
        for (Piece piece : all) {
            boolean inner = !outer.isEmpty()
                    && outer.getLast().thread().equals(piece.thread())
                    && piece.end() <= outer.getLast().end();
            if (!inner) {
                outer.add(piece);
            }
        }
        return outer;
    }

    /** How long it ran what began between the two, in milliseconds of CPU time. */
    double script(double from, double to) {
        return pieces.stream()
                .filter(piece -> piece.start() >= from && piece.start() < to)
                .mapToDouble(Piece::spent)
                .sum();
    }

    private static Browser browser(Page page) {
        return page.context().browser();
    }
}
