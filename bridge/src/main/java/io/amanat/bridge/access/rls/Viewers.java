package io.amanat.bridge.access.rls;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Numbers the viewers of one database, so that many of them are a set of bits. Shared.
 *
 * <p>A number stays with its claims while anybody holds it. Whoever gives one back makes sure first that no watch, no set of bits
 * on its way and no question holds it still: it is another viewer's number later. Numbers given back longest ago are reused first,
 * and not before some have been collected.
 */
public final class Viewers {

    /** Numbers that rest before the first of them is used again. */
    private static final int RESTING = 1024;

    /** Who has a number. */
    record Viewer(int number, Claims claims) {}

    private static final class Seat {
        final int number;
        final Claims claims;
        int holders = 1;

        Seat(int number, Claims claims) {
            this.number = number;
            this.claims = claims;
        }
    }

    private final int most;
    private final Map<Claims, Seat> seats = new HashMap<>();
    private final List<@Nullable Seat> byNumber = new ArrayList<>();
    private final ArrayDeque<Integer> resting = new ArrayDeque<>();
    private final BitSet renumbered = new BitSet();
    private final Map<String, BitSet> byRole = new HashMap<>();

    /** @param most viewers at a time; at least 1 */
    public Viewers(int most) {
        if (most < 1) {
            throw new IllegalArgumentException("most viewers is %d; at least 1".formatted(most));
        }
        this.most = most;
    }

    /** The number of these claims, held once more; empty when there are too many viewers. */
    public synchronized OptionalInt join(Claims claims) {
        var seat = seats.get(claims);
        if (seat != null) {
            seat.holders++;
            return OptionalInt.of(seat.number);
        }
        if (seats.size() >= most) {
            return OptionalInt.empty();
        }
        int number = next();
        var taken = new Seat(number, claims);
        seats.put(claims, taken);
        byNumber.set(number, taken);
        byRole.computeIfAbsent(claims.role(), role -> new BitSet()).set(number);
        return OptionalInt.of(number);
    }

    /** Holds a number once less. */
    public synchronized void leave(int number) {
        var seat = seat(number);
        if (--seat.holders == 0) {
            seats.remove(seat.claims);
            byNumber.set(number, null);
            byRole.computeIfPresent(seat.claims.role(), (role, numbers) -> without(numbers, number));
            resting.add(number);
        }
    }

    /** Whose number this is. */
    public synchronized Claims claims(int number) {
        return seat(number).claims;
    }

    /** Viewers there are. */
    public synchronized int size() {
        return seats.size();
    }

    /** Everybody's number. */
    synchronized BitSet all() {
        var all = new BitSet();
        byRole.values().forEach(all::or);
        return all;
    }

    /** The roles there are. */
    synchronized Set<String> roles() {
        return Set.copyOf(byRole.keySet());
    }

    /** The numbers of everybody with this role. */
    synchronized BitSet of(String role) {
        var numbers = byRole.get(role);
        return numbers == null ? new BitSet() : (BitSet) numbers.clone();
    }

    /** Those of the numbers that somebody holds, by role. */
    synchronized Map<String, BitSet> byRole(BitSet numbers) {
        var found = new HashMap<String, BitSet>();
        byRole.forEach((role, members) -> {
            var asked = (BitSet) numbers.clone();
            asked.and(members);
            if (!asked.isEmpty()) {
                found.put(role, asked);
            }
        });
        return found;
    }

    /** The viewers with these numbers, as far as somebody holds them. */
    synchronized List<Viewer> of(BitSet numbers) {
        var viewers = new ArrayList<Viewer>(numbers.cardinality());
        numbers.stream().filter(number -> number < byNumber.size()).forEach(number -> {
            var seat = byNumber.get(number);
            if (seat != null) {
                viewers.add(new Viewer(number, seat.claims));
            }
        });
        return viewers;
    }

    /** The numbers that became another viewer's since the last call: what is remembered of them is of somebody else. */
    synchronized BitSet renumbered() {
        var numbers = (BitSet) renumbered.clone();
        renumbered.clear();
        return numbers;
    }

    private int next() {
        if (resting.size() > RESTING) {
            int number = resting.remove();
            renumbered.set(number);
            return number;
        }
        byNumber.add(null);
        return byNumber.size() - 1;
    }

    private static @Nullable BitSet without(BitSet numbers, int number) {
        numbers.clear(number);
        return numbers.isEmpty() ? null : numbers;
    }

    private Seat seat(int number) {
        var seat = number >= 0 && number < byNumber.size() ? byNumber.get(number) : null;
        if (seat == null) {
            throw new IllegalArgumentException("nobody has the number %d".formatted(number));
        }
        return seat;
    }
}
