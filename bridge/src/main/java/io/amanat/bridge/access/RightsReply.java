package io.amanat.bridge.access;

import java.util.List;

/**
 * The answer to a {@link RightsQuestion}.
 *
 * @param rights one per viewer, in the order of the question
 * @param troubles why some viewers are denied although nobody said that they may not read
 */
public record RightsReply(List<Rights> rights, List<Trouble> troubles) {

    /**
     * Rules that cannot be evaluated for a viewer, or an answer that cannot be used.
     *
     * @param what a sentence for the operator, without values; the same for the same cause, whoever the viewer is
     */
    public record Trouble(Viewer viewer, String what) {}

    public RightsReply {
        rights = List.copyOf(rights);
        troubles = List.copyOf(troubles);
    }

    /** An answer without trouble. */
    public RightsReply(List<Rights> rights) {
        this(rights, List.of());
    }
}
