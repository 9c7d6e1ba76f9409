package io.amanat.bridge.session;

import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.access.rls.Viewers;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** The number under which one session's viewer is judged, held by whatever may still name it. Safe to share. */
final class ViewerSeat {

    private final Claims claims;
    private final int number;
    private final Consumer<Integer> leaves;
    private final AtomicInteger holders = new AtomicInteger(1);

    private ViewerSeat(Claims claims, int number, Consumer<Integer> leaves) {
        this.claims = claims;
        this.number = number;
        this.leaves = leaves;
    }

    /** Held once; empty if there are too many viewers. */
    static Optional<ViewerSeat> take(Claims claims, Viewers viewers, Consumer<Integer> leaves) {
        var number = viewers.join(claims);
        return number.isPresent() ? Optional.of(new ViewerSeat(claims, number.getAsInt(), leaves)) : Optional.empty();
    }

    Claims claims() {
        return claims;
    }

    int number() {
        return number;
    }

    /** Holds it once more; false if nobody holds it any more. */
    boolean hold() {
        return holders.getAndUpdate(it -> it == 0 ? 0 : it + 1) > 0;
    }

    /** Holds it once less. */
    void release() {
        if (holders.decrementAndGet() == 0) {
            leaves.accept(number);
        }
    }
}
