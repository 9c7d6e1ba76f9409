package io.amanat.e2e.longpolling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.amanat.connector.change.Change;
import io.amanat.connector.change.RecordRef;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.XmlRpcOdoo;
import io.amanat.connector.source.BusSettings;
import io.amanat.connector.source.ChangeSource;
import io.amanat.connector.source.LongPollingSettings;
import io.amanat.connector.source.SourceLostException;
import io.amanat.e2e.lab.Lab;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every change of an Odoo 14 arrives once, whenever it is committed and whatever is restarted meanwhile. */
@Timeout(240)
class LongPollingTest {

    private static final Duration SOON = Duration.ofSeconds(60);

    /** Rows of the hazard table: late by so many seconds; all of them with {@code AMANAT_LONG}. */
    private static final List<Double> LATE =
            "true".equals(System.getenv("AMANAT_LONG")) ? List.of(2.0, 8.0, 9.5, 12.0, 14.0, 30.0, 70.0) : List.of(2.0);

    private static final class Sides {
        static final Odoo14 STAND_IN = new StandIn14();
        static final Optional<Lab14> LAB = Lab.withOdoo("14").map(Lab14::new);
    }

    private @Nullable OdooRpc rpc;
    private @Nullable ChangeSource source;

    static Stream<Odoo14> sides() {
        return Stream.concat(Stream.of(Sides.STAND_IN), Sides.LAB.stream());
    }

    static Stream<Lab14> lab() {
        return Sides.LAB.stream();
    }

    @AfterEach
    void stop() {
        if (source != null) {
            source.close();
        }
        if (rpc != null) {
            rpc.close();
        }
    }

    @ParameterizedTest
    @MethodSource("sides")
    void aCommittedChangeArrives(Odoo14 odoo) throws Exception {
        long transfer = odoo.transfer();
        open(odoo, odoo.longpolling());
        odoo.write(transfer, "committed");

        assertThat(awaitNote(transfer)).isEqualTo("committed");
    }

    @ParameterizedTest
    @MethodSource("sides")
    void whatIsCommittedLateArrivesOnceThoughHigherIdsWereReadBefore(Odoo14 odoo) throws Exception {
        long late = odoo.transfer();
        long early = odoo.transfer();
        open(odoo, odoo.longpolling());
        for (var seconds : LATE) {
            var note = "late by " + seconds;
            try (var writer = new Background(() -> odoo.writeLate(late, early, note, milliseconds(seconds)))) {
                assertThat(awaitNote(early)).isEqualTo("before " + note);
                assertThat(awaitNote(late)).isEqualTo(note);
                writer.join();
            }
        }
        assertThat(again(late)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("sides")
    void whatIsCommittedWhileTheBusRestartsArrives(Odoo14 odoo) throws Exception {
        long transfer = odoo.transfer();
        open(odoo, odoo.longpolling());
        odoo.restartBus();
        odoo.write(transfer, "while it restarted");

        assertThat(awaitNote(transfer)).isEqualTo("while it restarted");
        odoo.write(transfer, "afterwards");
        assertThat(awaitNote(transfer)).isEqualTo("afterwards");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("lab")
    void theHttpPortOfAnOdooWithWorkersIsNamedAsWhatItIs(Lab14 odoo) {
        assertThatThrownBy(() -> open(odoo, odoo.settings().url().resolve("/longpolling/poll")))
                .isInstanceOf(SourceLostException.class)
                .hasMessageContaining("longpolling_port");
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("lab")
    void nobodyElseHearsOrSends(Lab14 odoo) throws Exception {
        long transfer = odoo.transfer();
        open(odoo, odoo.longpolling());
        odoo.write(transfer, "for the bridge alone");
        var listened = post(odoo.longpolling(), """
                {"params": {"channels": ["realtime_updates", "Realtime_Updates", "[\\"realtime_updates\\"]"], "last": 1,
                 "options": {"peek": true}}}""");
        var sent = post(odoo.settings().url().resolve("/longpolling/send"), """
                {"params": {"channel": "realtime_updates", "message": {"type": "reset", "model": "amanat.transfer"}}}""");

        assertThat(listened).contains("\"notifications\": []").doesNotContain("for the bridge alone");
        assertThat(sent).contains("jsonrpc").doesNotContain("error");
        assertThat(odoo.lab().sql("SELECT count(*) FROM bus_bus WHERE channel = '\"realtime_updates\"'"))
                .isEqualToIgnoringWhitespace("0");
        assertThat(awaitNote(transfer)).isEqualTo("for the bridge alone");
    }

    private static String post(URI url, String body) throws IOException, InterruptedException {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(url)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
        }
    }

    private static Duration milliseconds(double seconds) {
        return Duration.ofMillis((long) (seconds * 1000));
    }

    /** Begins to read; what was there before is over. */
    private void open(Odoo14 odoo, URI longpolling) throws InterruptedException {
        var calls = new XmlRpcOdoo(odoo.settings());
        rpc = calls;
        var settings = LongPollingSettings.at(longpolling);
        source = ChangeSource.longpolling(odoo.settings(), calls, settings, BusSettings.DEFAULT, List.of());
        assertThat(source.next(SOON).orElseThrow().changes()).hasOnlyElementsOfType(Change.Gap.class);
    }

    /** The note of the next change of this transfer; a gap of its model would do, but none is told. */
    private String awaitNote(long transfer) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(100).toNanos();
        while (System.nanoTime() < deadline) {
            var notes = notes(transfer, Duration.ofSeconds(5));
            if (!notes.isEmpty()) {
                assertThat(notes).hasSize(1);
                return notes.getFirst();
            }
        }
        throw new AssertionError("transfer %d has not arrived".formatted(transfer));
    }

    private List<String> again(long transfer) throws InterruptedException {
        return notes(transfer, Duration.ofSeconds(7));
    }

    private List<String> notes(long transfer, Duration timeout) throws InterruptedException {
        var notes = new ArrayList<String>();
        try {
            for (var change : source().next(timeout).stream()
                    .flatMap(it -> it.changes().stream())
                    .toList()) {
                assertThat(change).isInstanceOf(Change.Records.class);
                ((Change.Records) change)
                        .now().stream()
                                .filter(image -> image.key().equals(new RecordRef.Serial(transfer)))
                                .map(image -> String.valueOf(image.values().get("note"))
                                        .replace("\"", ""))
                                .forEach(notes::add);
            }
        } catch (SourceLostException e) {
            assertThat(e).hasMessageNotContaining("password");
        }
        return notes;
    }

    private ChangeSource source() {
        if (source == null) {
            throw new IllegalStateException("open the source first");
        }
        return source;
    }
}
