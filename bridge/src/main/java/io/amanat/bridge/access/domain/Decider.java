package io.amanat.bridge.access.domain;

import io.amanat.connector.change.Image;
import io.amanat.connector.change.RecordRef;
import java.util.Optional;

/**
 * A domain, ready to be asked about records of one model. Immutable and safe to share between threads; asking allocates nothing.
 *
 * <p>It answers what {@code search(domain)} run with all rights and {@code active_test=False} would, which is how Odoo evaluates
 * record rules: an archived record is judged like any other, unless the domain says something about {@code active}.
 */
public final class Decider {
    private final Condition condition;
    private final Optional<String> refusal;
    private final boolean judgeable;

    Decider(Condition condition, Optional<String> refusal, boolean judgeable) {
        this.condition = condition;
        this.refusal = refusal;
        this.judgeable = judgeable;
    }

    /** Whether a record with these values matches. */
    public Verdict verdict(Image image) {
        return condition.on(image, image.key() instanceof RecordRef.Serial(long id) ? id : 0);
    }

    /**
     * Why the domain cannot be judged at all, for the log: mostly because Odoo itself refuses it. Such a domain is undecided for
     * every record, even where another of its conditions would settle it.
     */
    public Optional<String> refusal() {
        return refusal;
    }

    /** Whether values alone decide every condition, wherever an image carries them all. */
    public boolean isJudgeable() {
        return judgeable;
    }
}
