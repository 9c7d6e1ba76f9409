package io.amanat.bridge.channel;

import java.util.List;

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
        return Decided.of(numbered, classes, viewers, resets);
    }
}
