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
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two users save the same field of one record as fast as Odoo lets them. Each value is written once, upon one that its
 * author has read; so what Odoo accepted is one chain, in which nothing was lost.
 */
@Tag("lab")
class LostUpdateTest {
    private static final String NO_LAB = "skipped: the lab is not up; run './amanat lab up'";
    private static final String MODEL = "amanat.test.realtime";
    private static final String CONFLICT = "odoo.addons.amanat_realtime.exceptions.RealtimeConflict";
    /** After five attempts; nothing was saved. */
    private static final String GIVEN_UP = "SerializationFailure";

    private static final int SAVES = 10;

    private OdooUser admin;
    private List<OdooUser> authors;
    private long record;

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
    void createRecord() {
        Lab lab = lab();
        admin = lab.user("admin");
        authors = List.of(lab.user("aziz"), lab.user("bobur"));
        record = admin.create(MODEL, Map.of("name", "race"));
    }

    @AfterEach
    void removeRecord() {
        if (admin != null) {
            admin.unlink(MODEL, List.of(record));
        }
    }

    @Test
    void noSaveIsLostWhileOdooRunsTransactionsAgain() throws Exception {
        var start = new CyclicBarrier(authors.size());
        List<Accepted> accepted = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(authors.size())) {
            List<Callable<List<Accepted>>> races = new ArrayList<>();
            for (int i = 0; i < authors.size(); i++) {
                int first = 1_000 * (i + 1);
                OdooUser author = authors.get(i);
                races.add(() -> {
                    start.await();
                    return write(author, first);
                });
            }
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
        assertThat(accepted).hasSize(authors.size() * SAVES);
        assertThat(next).as("no value was overwritten twice").hasSameSizeAs(accepted);
        assertThat(value).as("the last of the chain").isEqualTo(read(admin));
    }

    private List<Accepted> write(OdooUser author, int first) {
        List<Accepted> accepted = new ArrayList<>();
        for (int value = first; value < first + SAVES; value++) {
            int seen = read(author);
            while (!saves(author, seen, value)) {
                seen = read(author);
            }
            accepted.add(new Accepted(seen, value));
        }
        return accepted;
    }

    /** Takes turns between the two methods with which the web client saves. */
    private boolean saves(OdooUser author, int seen, int value) {
        var base = Map.of("amanat_base", Map.of("" + record, Map.of("value", seen)));
        Map<String, Object> kwargs = Map.of("context", base, "specification", Map.of());
        Map<String, Integer> vals = Map.of("value", value);
        try {
            if (value % 2 == 0) {
                author.call(MODEL, "web_save", List.of(List.of(record), vals), kwargs);
            } else {
                author.call(MODEL, "web_save_multi", List.of(List.of(record), List.of(vals)), kwargs);
            }
            return true;
        } catch (IllegalStateException refused) {
            assertThat(refused.getMessage()).containsAnyOf(CONFLICT, GIVEN_UP);
            return false;
        }
    }

    private int read(OdooUser reader) {
        return reader.call(MODEL, "read", List.of(List.of(record), List.of("value")), Map.of())
                .path(0)
                .path("value")
                .asInt();
    }
}
