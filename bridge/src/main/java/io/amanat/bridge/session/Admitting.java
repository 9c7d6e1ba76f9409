package io.amanat.bridge.session;

import io.amanat.bridge.channel.Admission;
import io.amanat.bridge.channel.WatchSpec;
import java.util.List;

/** Decides whether somebody may watch something. Safe to share. */
public interface Admitting {

    /**
     * Registers this interest if everything it names may be read; blocks while rights are asked.
     *
     * @param order fields by which the view is sorted
     */
    Admission.Result watch(WatchSpec spec, List<String> order, long userId);

    /** Registers that somebody edits the record of this form if it may be read and written; blocks likewise. */
    Admission.Result touch(WatchSpec form, long userId);

    /** Whether who was admitted still has the very rights with which it was; blocks while they are asked. */
    boolean isStillAllowed(Admission.Result.Watching watching);
}
