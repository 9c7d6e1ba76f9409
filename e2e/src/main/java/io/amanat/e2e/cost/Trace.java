package io.amanat.e2e.cost;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/**
 * When a page ran JavaScript, as the browser's own trace tells. Its counters leave out what promises call: Odoo's client works out
 * there what it then draws.
 */
public final class Trace {
    private static final List<String> CATEGORIES = List.of("devtools.timeline", "v8.execute");
    private static final Set<String> SCRIPT = Set.of("FunctionCall", "EvaluateScript", "RunMicrotasks");
    private static final List<String> FRAMES = List.of(
            "disabled-by-default-devtools.timeline",
            "disabled-by-default-devtools.timeline.frame",
            "devtools.timeline.frame");
    private static final String FRAME = "BeginMainThreadFrame";
    private static final String TASK = "RunTask";
    private static final double MICROS_PER_MS = 1_000;

    private final List<Piece> pieces;
    private final List<Moment> frames;
    private final List<Piece> tasks;

    private Trace(List<Piece> pieces, List<Moment> frames, List<Piece> tasks) {
        this.pieces = pieces;
        this.frames = frames;
        this.tasks = tasks;
    }

    /**
     * A stretch of time in which one thread ran JavaScript, in milliseconds.
     *
     * @param spent of it, what the thread was on a CPU
     */
    private record Piece(String thread, double start, double end, double spent) {}

    /** When a thread began a frame, in milliseconds. */
    private record Moment(String thread, double start) {}

    /** Begins to note it. */
    static void start(Page page) {
        browser(page).startTracing(page, new Browser.StartTracingOptions().setCategories(CATEGORIES));
    }

    /** Begins to note it, and besides frames and everything else that its thread does. */
    public static void startFrames(Page page) {
        List<String> categories = new ArrayList<>(CATEGORIES);
        categories.addAll(FRAMES);
        browser(page).startTracing(page, new Browser.StartTracingOptions().setCategories(categories));
    }

    /** What was noted. */
    public static Trace stop(Page page) {
        return of(new ObjectMapper().readTree(browser(page).stopTracing()));
    }

    static Trace of(JsonNode trace) {
        return new Trace(outermost(pieces(trace, SCRIPT)), moments(trace), outermost(pieces(trace, Set.of(TASK))));
    }

    private static List<Moment> moments(JsonNode trace) {
        List<Moment> all = new ArrayList<>();
        for (JsonNode event : trace.path("traceEvents")) {
            if (event.path("name").asString("").equals(FRAME)) {
                all.add(new Moment(thread(event), event.path("ts").asDouble() / MICROS_PER_MS));
            }
        }
        all.sort(Comparator.comparingDouble(Moment::start));
        return all;
    }

    private static String thread(JsonNode event) {
        return event.path("pid") + "/" + event.path("tid");
    }

    private static List<Piece> pieces(JsonNode trace, Set<String> names) {
        List<Piece> all = new ArrayList<>();
        for (JsonNode event : trace.path("traceEvents")) {
            if (names.contains(event.path("name").asString("")) && event.has("dur")) {
                double start = event.path("ts").asDouble() / MICROS_PER_MS;
                double took = event.path("dur").asDouble() / MICROS_PER_MS;
                double spent = event.path("tdur").asDouble(event.path("dur").asDouble()) / MICROS_PER_MS;
                all.add(new Piece(thread(event), start, start + took, spent));
            }
        }
        return all;
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

    /** How many frames were drawn for script. */
    public int frames() {
        return frames.size();
    }

    /** Of all frames, what script cost from the beginning of one to that of the next, in milliseconds of CPU time. */
    public double scriptPerFrame(double percentile) {
        double[] each = new double[Math.max(0, frames.size() - 1)];
        for (int i = 0; i < each.length; i++) {
            each[i] = script(frames.get(i).start(), frames.get(i + 1).start());
        }
        Arrays.sort(each);
        return each.length == 0 ? 0 : each[Math.max(0, (int) Math.ceil(percentile / 100 * each.length) - 1)];
    }

    /** The most CPU time of one task of the threads that ran script, in milliseconds. */
    public double longestTask() {
        return longest(Piece::spent);
    }

    /** The same by the clock on the wall, what else the machine did meanwhile included. */
    public double longestTaskByTheClock() {
        return longest(task -> task.end() - task.start());
    }

    private double longest(ToDoubleFunction<Piece> what) {
        Set<String> threads = frames.stream().map(Moment::thread).collect(Collectors.toSet());
        return tasks.stream()
                .filter(task -> threads.contains(task.thread()))
                .mapToDouble(what)
                .max()
                .orElse(0);
    }

    private static Browser browser(Page page) {
        return page.context().browser();
    }
}
