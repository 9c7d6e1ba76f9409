package io.amanat.bridge.channel;

import io.amanat.connector.change.Actor;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Image;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What those who watch a feed with equal rights missed. Compared by identity. */
public sealed interface Replay {

    /**
     * It can be told.
     *
     * @param parts in order of offsets
     */
    record Told(List<Part> parts) implements Replay {
        public Told {
            parts = List.copyOf(parts);
        }
    }

    /** It cannot: they re-read. */
    record Untold(ResetReason reason) implements Replay {}

    /**
     * One thing that they missed.
     *
     * @param delivery to be shown to everybody but its author
     * @param author the user whose own change it is
     * @param quiet whether its author is told nothing of it
     */
    record Part(Delivery delivery, long author, boolean quiet) {

        /** The same in parts of so many records at most. */
        public List<Part> slices(int most) {
            var slices = new ArrayList<Part>();
            switch (delivery) {
                case Delivery.Data it -> {
                    var images = it.visible().now();
                    for (int i = 0; i < images.size(); i += most) {
                        slices.add(with(cut(it, images.subList(i, Math.min(images.size(), i + most)))));
                    }
                }
                case Delivery.Gone it -> {
                    for (int i = 0; i < it.ids().size(); i += most) {
                        slices.add(with(cut(
                                it, it.ids().subList(i, Math.min(it.ids().size(), i + most)))));
                    }
                }
                default -> slices.add(this);
            }
            return slices;
        }

        private Part with(Delivery some) {
            return new Part(some, author, quiet);
        }

        private static Delivery cut(Delivery.Data it, List<Image> images) {
            var visible = it.visible();
            var some = new Change.Records(
                    visible.model(),
                    visible.operation(),
                    visible.actor(),
                    visible.at(),
                    images,
                    visible.rules(),
                    visible.before(),
                    visible.changedFields(),
                    visible.reread());
            return new Delivery.Data(it.offset(), it.feed(), some, it.sight(), it.own(), it.to());
        }

        private static Delivery cut(Delivery.Gone it, List<Long> ids) {
            return new Delivery.Gone(
                    it.offset(),
                    it.feed(),
                    it.model(),
                    it.removal(),
                    List.copyOf(ids),
                    it.actor(),
                    it.at(),
                    it.spared(),
                    it.to());
        }

        /** The same for its author. */
        public Optional<Delivery> own() {
            return quiet ? Optional.empty() : Optional.of(owned());
        }

        private Delivery owned() {
            return switch (delivery) {
                case Delivery.Data it ->
                    new Delivery.Data(it.offset(), it.feed(), it.visible(), it.sight(), true, it.to());
                case Delivery.Gone it ->
                    new Delivery.Gone(
                            it.offset(),
                            it.feed(),
                            it.model(),
                            it.removal(),
                            it.ids(),
                            it.actor(),
                            it.at(),
                            Optional.of(new Actor(author, "", Optional.empty())),
                            it.to());
                default -> delivery;
            };
        }
    }
}
