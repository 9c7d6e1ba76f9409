package io.amanat.bridge.session;

import io.amanat.bridge.channel.Delivery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;

/** Joins the receipts of one change: each of a tab's watches may show other records of it, and the tab is told once of all. */
final class Receipts {

    private Receipts() {}

    /** The same deliveries in the same order, with one receipt per change at most. */
    static List<Delivery> joined(List<Delivery> decided) {
        var joined = new ArrayList<Delivery>();
        var places = new HashMap<Long, Integer>();
        for (var delivery : decided) {
            if (delivery instanceof Delivery.Receipt receipt) {
                int place = places.computeIfAbsent(receipt.offset(), offset -> joined.size());
                if (place == joined.size()) {
                    joined.add(receipt);
                } else {
                    joined.set(place, join((Delivery.Receipt) joined.get(place), receipt));
                }
            } else {
                joined.add(delivery);
            }
        }
        return joined;
    }

    private static Delivery.Receipt join(Delivery.Receipt one, Delivery.Receipt other) {
        return new Delivery.Receipt(
                one.offset(),
                one.model(),
                one.operation(),
                both(one.ids(), other.ids()),
                one.actor(),
                both(one.to(), other.to()));
    }

    private static <T> List<T> both(List<T> some, List<T> others) {
        var both = new LinkedHashSet<>(some);
        both.addAll(others);
        return List.copyOf(both);
    }
}
