package io.amanat.e2e.cost;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.ObjectMapper;

/** When a page ran JavaScript, in microseconds as the browser writes it. */
class TraceTest {
    private static final String FRAME = event("FunctionCall", 7, 1_000, 10_000, 8_000);

    @Test
    void whatPromisesCallCountsAsWell() {
        Trace trace = trace(FRAME, event("RunMicrotasks", 7, 20_000, 5_000, 4_000));

        assertThat(trace.script(0, 100)).isEqualTo(12);
    }

    @Test
    void aCallWithinACallCountsOnce() {
        Trace trace = trace(event("FunctionCall", 7, 2_000, 9_000, 7_000), FRAME);

        assertThat(trace.script(0, 100)).isEqualTo(8);
    }

    @Test
    void anotherThreadsCallCountsByItself() {
        Trace trace = trace(FRAME, event("FunctionCall", 8, 2_000, 9_000, 7_000));

        assertThat(trace.script(0, 100)).isEqualTo(15);
    }

    @Test
    void onlyWhatBeganBetweenTheTwoMomentsCounts() {
        Trace trace = trace(FRAME, event("FunctionCall", 7, 50_000, 3_000, 3_000));

        assertThat(trace.script(1, 50)).isEqualTo(8);
        assertThat(trace.script(50, 100)).isEqualTo(3);
    }

    @Test
    void drawingIsNoScript() {
        assertThat(trace(event("Layout", 7, 1_000, 10_000, 8_000)).script(0, 100))
                .isZero();
    }

    @Test
    void aFrameLastsUntilTheNextBegins() {
        Trace trace = trace(
                begin(0),
                event("FunctionCall", 7, 1_000, 2_000, 1_500),
                event("FunctionCall", 7, 9_000, 2_000, 2_000),
                begin(16_000),
                event("FunctionCall", 7, 17_000, 9_000, 9_000),
                begin(32_000));

        assertThat(trace.frames()).isEqualTo(3);
        assertThat(trace.scriptPerFrame(50)).isEqualTo(3.5);
        assertThat(trace.scriptPerFrame(95)).isEqualTo(9);
    }

    @Test
    void theLongestTaskIsOneOfThePagesOwnThread() {
        Trace trace =
                trace(begin(0), event("RunTask", 7, 1_000, 40_000, 30_000), event("RunTask", 8, 1_000, 90_000, 90_000));

        assertThat(trace.longestTask()).isEqualTo(30);
        assertThat(trace.longestTaskByTheClock()).isEqualTo(40);
    }

    private static String begin(long at) {
        return """
                {"name":"BeginMainThreadFrame","pid":1,"tid":7,"ph":"I","ts":%d}""".formatted(at);
    }

    private static Trace trace(String... events) {
        return Trace.of(new ObjectMapper().readTree("{\"traceEvents\":[" + String.join(",", events) + "]}"));
    }

    private static String event(String name, int thread, long start, long took, long spent) {
        return """
                {"name":"%s","pid":1,"tid":%d,"ph":"X","ts":%d,"dur":%d,"tdur":%d}""".formatted(name, thread, start, took, spent);
    }
}
