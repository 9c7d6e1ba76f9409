package io.amanat.e2e.measure;

import io.amanat.e2e.lab.ListScreen;
import io.amanat.e2e.lab.OdooUser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;

/** The changes of one run, made by one user at an even pace: three updates, one create and one delete in turn. */
final class Script {
    static final String MODEL = "amanat.transfer";

    private static final int STANDING_RECORDS = 20;
    private static final int TURN = 5;
    private static final long NANOS = 1_000_000_000;

    private final OdooUser writer;
    private final String prefix;
    private final Random random;
    private final Map<Long, String> records = new LinkedHashMap<>();

    /**
     * Creates the records that stand there from the beginning.
     *
     * @param seed decides which records are changed
     */
    Script(OdooUser writer, ListScreen screen, long seed) {
        this.writer = writer;
        this.prefix = screen.prefix();
        this.random = new Random(seed);
        for (int i = 0; i < STANDING_RECORDS; i++) {
            create("standing-" + i);
        }
    }

    List<Step> run(int changes, int rate) {
        List<Step> steps = new ArrayList<>();
        long start = System.nanoTime();
        for (int i = 0; i < changes; i++) {
            long due = start + i * NANOS / rate;
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            steps.add(step(i));
        }
        return steps;
    }

    List<Long> records() {
        return List.copyOf(records.keySet());
    }

    private Step step(int i) {
        return switch (i % TURN) {
            case 0 -> create("c" + i);
            case TURN - 1 -> delete();
            default -> update("u" + i);
        };
    }

    private Step create(String name) {
        long id = writer.create(MODEL, Map.of("name", prefix + name, "note", "new " + name));
        records.put(id, prefix + name);
        return new Step(Step.Kind.CREATE, id, prefix + name);
    }

    private Step update(String note) {
        long id = any();
        writer.write(MODEL, id, Map.of("note", prefix + note));
        return new Step(Step.Kind.UPDATE, id, prefix + note);
    }

    private Step delete() {
        long id = any();
        String name = records.getOrDefault(id, "");
        writer.unlink(MODEL, List.of(id));
        records.remove(id);
        return new Step(Step.Kind.DELETE, id, name);
    }

    private long any() {
        return records().get(random.nextInt(records.size()));
    }
}
