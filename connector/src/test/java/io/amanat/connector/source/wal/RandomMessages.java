package io.amanat.connector.source.wal;

import io.amanat.connector.source.wal.LogicalMessage.Column;
import io.amanat.connector.source.wal.LogicalMessage.Moment;
import io.amanat.connector.source.wal.LogicalMessage.Old;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** Any message of pgoutput, for the tests. */
final class RandomMessages {

    private static final List<String> TEXTS =
            List.of("", "x", "Ўзбекистон", "\uD83D\uDE00", "a\u0000b", "{\"a\": [1, 2]}", "x".repeat(5000));

    private final RandomGenerator random;

    RandomMessages(RandomGenerator random) {
        this.random = random;
    }

    LogicalMessage any() {
        return switch (random.nextInt(8)) {
            case 0 -> new LogicalMessage.Begin(lsn(), moment(), random.nextInt());
            case 1 -> new LogicalMessage.Commit(lsn(), lsn(), moment());
            case 2 -> new LogicalMessage.Origin(lsn(), name());
            case 3 -> new LogicalMessage.StreamStart(random.nextInt(), random.nextBoolean());
            case 4 -> new LogicalMessage.StreamCommit(random.nextInt(), lsn(), lsn(), moment());
            case 5 -> new LogicalMessage.StreamAbort(random.nextInt(), random.nextInt());
            default -> content();
        };
    }

    LogicalMessage inStream() {
        return random.nextInt(10) == 0
                ? new LogicalMessage.StreamStop()
                : new LogicalMessage.Streamed(random.nextInt(), content());
    }

    private LogicalMessage content() {
        return switch (random.nextInt(7)) {
            case 0 ->
                new LogicalMessage.Relation(
                        random.nextInt(), name(), name(), "dnfi".charAt(random.nextInt(4)), many(this::column));
            case 1 -> new LogicalMessage.Type(random.nextInt(), name(), name());
            case 2 -> new LogicalMessage.Insert(random.nextInt(), many(this::cell));
            case 3 ->
                new LogicalMessage.Update(
                        random.nextInt(), Optional.of(old()).filter(_ -> random.nextBoolean()), many(this::cell));
            case 4 -> new LogicalMessage.Delete(random.nextInt(), old());
            case 5 -> new LogicalMessage.Truncate(many(random::nextInt), random.nextBoolean(), random.nextBoolean());
            default -> new LogicalMessage.Note(random.nextBoolean(), lsn(), name(), random.nextInt(50));
        };
    }

    private Old old() {
        return new Old(random.nextBoolean(), many(this::cell));
    }

    private Cell cell() {
        return switch (random.nextInt(4)) {
            case 0 -> Cell.NULL;
            case 1 -> Cell.UNCHANGED;
            default -> new Cell.Text(TEXTS.get(random.nextInt(TEXTS.size())));
        };
    }

    private Column column() {
        return new Column(name(), random.nextInt(), random.nextInt(), random.nextBoolean());
    }

    private <T> List<T> many(Supplier<T> one) {
        return Stream.generate(one).limit(random.nextInt(6)).toList();
    }

    private String name() {
        return List.of("", "bus_bus", "public", "ЎзЎз", "x".repeat(63)).get(random.nextInt(5));
    }

    private Lsn lsn() {
        return new Lsn(random.nextLong());
    }

    private Moment moment() {
        return new Moment(random.nextLong());
    }
}
