package io.amanat.bridge.channel;

import io.amanat.connector.change.Change;
import java.util.List;
import java.util.Locale;

/** Says what was decided without saying any value. */
final class Summary {

    private Summary() {}

    static Decided of(Numbered numbered, List<Delivery> deliveries) {
        int classes = 0;
        int viewers = 0;
        int resets = 0;
        for (var delivery : deliveries) {
            switch (delivery) {
                case Delivery.Data data -> {
                    classes++;
                    viewers += data.to().size();
                }
                case Delivery.Gone gone -> {
                    classes++;
                    viewers += gone.to().size();
                }
                case Delivery.Conflict conflict -> {
                    classes++;
                    viewers += conflict.to().size();
                }
                case Delivery.Event event -> {
                    classes++;
                    viewers += event.to().size();
                }
                case Delivery.Reset reset -> resets += reset.to().size();
                case Delivery.Behind behind -> {}
                case Delivery.Receipt receipt -> {}
                case Delivery.Revoked revoked -> {}
            }
        }
        return of(numbered, classes, viewers, resets);
    }

    private static Decided of(Numbered numbered, int classes, int viewers, int resets) {
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
