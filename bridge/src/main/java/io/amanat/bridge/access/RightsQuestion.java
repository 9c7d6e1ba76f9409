package io.amanat.bridge.access;

import java.util.List;

/**
 * What each of these viewers may read of one model.
 *
 * @param viewers without repetition, at most {@link Question#MAX_VIEWERS}
 */
public record RightsQuestion(String model, List<Viewer> viewers) {
    public RightsQuestion {
        viewers = List.copyOf(viewers);
        if (viewers.size() > Question.MAX_VIEWERS) {
            throw new IllegalArgumentException("%d viewers of %s; a question holds at most %d"
                    .formatted(viewers.size(), model, Question.MAX_VIEWERS));
        }
    }
}
