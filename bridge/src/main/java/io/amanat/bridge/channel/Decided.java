package io.amanat.bridge.channel;

import io.amanat.connector.change.Change;
import java.util.Locale;

/**
 * That something was decided, without any value: for those who watch the bridge work.
 *
 * @param model empty text when every model is concerned
 * @param operation create, update, delete, bulk, event or gap
 * @param records how many records it was about
 * @param actorId the user who did it; 0 when unknown
 * @param classes how many different frames it led to
 * @param viewers how many viewers got data
 * @param resets how many viewers were told to re-read
 */
public record Decided(
        long offset, String model, String operation, int records, long actorId, int classes, int viewers, int resets) {

    /** What became of a change. */
    public static Decided of(Numbered numbered, int classes, int viewers, int resets) {
        long offset = numbered.offset();
        return switch (numbered.change()) {
            case Change.Records it ->
                new Decided(
                        offset,
                        it.model(),
                        it.operation().name().toLowerCase(Locale.ROOT),
                        it.now().size(),
                        it.actor().userId(),
                        classes,
                        viewers,
                        resets);
            case Change.Bulk it ->
                new Decided(
                        offset, it.model(), "bulk", it.now().size(), it.actor().userId(), classes, viewers, resets);
            case Change.Event it ->
                new Decided(
                        offset,
                        it.model(),
                        "event",
                        it.records().size(),
                        it.actor().userId(),
                        classes,
                        viewers,
                        resets);
            case Change.Rights it -> new Decided(offset, "", "rights", 0, 0, classes, viewers, resets);
            case Change.Gap it -> new Decided(offset, it.model().orElse(""), "gap", 0, 0, classes, viewers, resets);
        };
    }
}
