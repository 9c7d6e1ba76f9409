package io.amanat.e2e.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.abort;

import io.amanat.e2e.lab.Lab;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two users save the same field of one record at the same moment, in every way in which Odoo is asked to. Each value is
 * written once, upon one that its author has read; so what Odoo accepted is one chain, in which nothing was lost.
 */
@Tag("lab")
class LostUpdateTest {
    private static final String NO_LAB = "skipped: the lab is not up; run './amanat lab up'";
    private static final String TRANSFER = "amanat.transfer";
    private static final String PAYMENT = "amanat.money";
    private static final String CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflict";
    /** After five attempts; nothing was saved. */
    private static final String GIVEN_UP = "SerializationFailure";

    /** Each with a save of either user; Odoo lets whoever is too late wait for about a second. */
    private static final int ROUNDS = "true".equals(System.getenv("AMANAT_LONG")) ? 100 : 15;

    private static final int PATIENCE_S = 60;

    private final AtomicInteger refused = new AtomicInteger();
    private OdooUser admin;
    private List<OdooUser> authors;
    private long transfer;
    private long payment;

    /** How the web client saves a value of a payment. */
    private enum Way {
        /** As the record of a form, and of a page that is left. */
        RECORD,
        /** As rows of a list. */
        ROWS,
        /** As a line in the form of its transfer. */
        LINE
    }

    /** A value and the one that its author had read. */
    private record Accepted(int upon, int value) {}

    private static Lab lab() {
        return Lab.withOdoo().orElseGet(() -> {
            if ("true".equals(System.getenv("CI"))) {
                throw new AssertionError(NO_LAB);
            }
            return abort(NO_LAB);
        });
    }

    @BeforeEach
    void createPayment() {
        Lab lab = lab();
        admin = lab.user("admin");
        authors = List.of(lab.user("aziz"), lab.user("bobur"));
        transfer = admin.create(TRANSFER, Map.of("name", "race"));
        payment = admin.create(PAYMENT, Map.of("name", "race", "transfer_id", transfer));
    }

    @AfterEach
    void removePayment() {
        if (payment != 0) {
            admin.unlink(PAYMENT, List.of(payment));
            admin.unlink(TRANSFER, List.of(transfer));
        }
    }

    @Test
    void ofTwoSavesAtOnceEitherComesAfterTheOtherWasSeen() throws Exception {
        var together = new CyclicBarrier(authors.size());
        List<Accepted> accepted = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(authors.size())) {
            List<Callable<List<Accepted>>> races = List.of(() -> race(0, together), () -> race(1, together));
            for (var race : threads.invokeAll(races)) {
                accepted.addAll(race.get());
            }
        }

        Map<Integer, Integer> next = new HashMap<>();
        accepted.forEach(save -> next.put(save.upon(), save.value()));
        int value = 0;
        for (int i = 0; i < accepted.size(); i++) {
            value = next.getOrDefault(value, -1);
        }
        assertThat(accepted).hasSize(authors.size() * ROUNDS);
        assertThat(refused).as("in each round one was too late").hasValueGreaterThanOrEqualTo(ROUNDS);
        assertThat(next).as("no value was overwritten twice").hasSameSizeAs(accepted);
        assertThat(value).as("the last of the chain").isEqualTo(read(admin));
    }

    /** In each round both have read the same value, and save at once. */
    private List<Accepted> race(int which, CyclicBarrier together) throws Exception {
        OdooUser author = authors.get(which);
        List<Accepted> accepted = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            int value = 1_000 * (which + 1) + round;
            Way way = way(which == 0 ? round : round / Way.values().length);
            together.await(PATIENCE_S, TimeUnit.SECONDS);
            int seen = read(author);
            together.await(PATIENCE_S, TimeUnit.SECONDS);
            while (!saves(author, way, seen, value)) {
                refused.incrementAndGet();
                seen = read(author);
            }
            accepted.add(new Accepted(seen, value));
        }
        return accepted;
    }

    private static Way way(int turn) {
        return Way.values()[turn % Way.values().length];
    }

    private boolean saves(OdooUser author, Way way, int seen, int value) {
        Map<String, Integer> vals = Map.of("amount", value);
        Map<String, Object> base = Map.of("" + payment, Map.of("amount", seen));
        try {
            switch (way) {
                case RECORD -> save(author, PAYMENT, "web_save", payment, vals, base);
                case ROWS -> save(author, PAYMENT, "web_save_multi", payment, List.of(vals), base);
                case LINE -> {
                    var lines = Map.of("money_ids", List.of(List.of(1, payment, vals)));
                    save(
                            author,
                            TRANSFER,
                            "web_save",
                            transfer,
                            lines,
                            Map.of("" + transfer, Map.of("money_ids", base)));
                }
            }
            return true;
        } catch (IllegalStateException refusal) {
            assertThat(refusal.getMessage()).containsAnyOf(CONFLICT, GIVEN_UP);
            return false;
        }
    }

    private static void save(
            OdooUser author, String model, String method, long record, Object values, Map<String, ?> base) {
        Map<String, Object> kwargs = Map.of("context", Map.of("amanat_base", base), "specification", Map.of());
        author.call(model, method, List.of(List.of(record), values), kwargs);
    }

    private int read(OdooUser reader) {
        return reader.call(PAYMENT, "read", List.of(List.of(payment), List.of("amount")), Map.of())
                .path(0)
                .path("amount")
                .asInt();
    }
}
