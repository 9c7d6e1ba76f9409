package io.amanat.bridge.session;

import io.amanat.bridge.access.Viewer;
import io.amanat.bridge.channel.WatchSpec;
import io.amanat.bridge.channel.Watcher;
import io.amanat.bridge.identity.Identity.Presence;
import io.amanat.bridge.presence.Ended;
import io.amanat.bridge.presence.Presences;
import io.amanat.bridge.presence.Stay;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * At which records one session is, and of which it wants to know who else is there. Nobody is anywhere who was not heard of for a
 * while. Only on the shard's thread.
 */
final class Attendance {

    /** A tab that nobody looks at answers pings, too; so this is two of them lost. */
    private static final Duration SILENT = Duration.ofSeconds(50);

    private final Session session;
    private final Presences presences;
    private final OdooMembers members;
    private final Shard shard;
    private final Map<Object, Stay> stays = new HashMap<>();
    private final Map<Watcher, Integer> curious = new HashMap<>();
    private Presence presence = Presence.OFF;
    private boolean silent;

    Attendance(Session session, Presences presences, OdooMembers members) {
        this.session = session;
        this.presences = presences;
        this.members = members;
        this.shard = members.shard();
    }

    /** What its token says now. */
    void is(Presence now) {
        if (now != presence) {
            boolean toldBefore = isTold();
            presence = now;
            show();
            if (toldBefore != isTold()) {
                curious.keySet().forEach(isTold() ? this::observe : this::unobserve);
            }
        }
    }

    private boolean isTold() {
        return presence != Presence.OFF;
    }

    private boolean isShown() {
        return presence == Presence.SHOWN && !silent;
    }

    private void show() {
        if (!stays.isEmpty()) {
            presences.show(List.copyOf(stays.values()), isShown());
        }
    }

    /** It watches this now. */
    void watches(Watch watch, Watcher watcher) {
        var spec = watcher.feed().spec();
        if (spec.id().isPresent()) {
            come(watch, Stay.looking(watcher.viewer()), spec);
        }
        if (watch.presence() && curious.merge(watcher, 1, Integer::sum) == 1 && isTold()) {
            observe(watcher);
        }
    }

    /** It watches this no more. */
    void unwatches(Watch watch, Watcher watcher) {
        leaves(watch);
        if (watch.presence() && curious.merge(watcher, -1, Integer::sum) == 0) {
            curious.remove(watcher);
            if (isTold()) {
                unobserve(watcher);
            }
        }
    }

    private void observe(Watcher watcher) {
        members.observes(session, watcher);
        presences.observe(watcher);
    }

    private void unobserve(Watcher watcher) {
        presences.unobserve(watcher);
        members.unobserves(session, watcher);
    }

    /**
     * It edits a record.
     *
     * @param touch by which it is known here
     * @param onEnded told on the shard when that is not allowed any more
     */
    void edits(Object touch, WatchSpec form, Viewer viewer, Set<String> fields, Consumer<Ended> onEnded) {
        come(touch, Stay.editing(viewer, fields, why -> shard.execute(() -> onEnded.accept(why))), form);
    }

    /** It edits other fields. */
    void edits(Object touch, Set<String> fields) {
        var stay = stays.get(touch);
        if (stay != null) {
            presences.edits(stay, fields);
        }
    }

    private void come(Object key, Stay stay, WatchSpec form) {
        stays.put(key, stay);
        presences.come(stay, form.model(), form.id().orElseThrow(), isShown());
    }

    void leaves(Object key) {
        var stay = stays.remove(key);
        if (stay != null) {
            presences.go(stay);
        }
    }

    /** For so long nothing was heard of its client, in nanoseconds. */
    void heard(long ago) {
        boolean now = ago > SILENT.toNanos();
        if (now != silent) {
            silent = now;
            show();
        }
    }

    /** What it was told got lost, since its client read too slowly. */
    void retell() {
        if (isTold()) {
            curious.keySet().forEach(presences::retell);
        }
    }
}
