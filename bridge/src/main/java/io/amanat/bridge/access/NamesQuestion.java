package io.amanat.bridge.access;

import java.util.List;

/**
 * What each of these viewers may call these users.
 *
 * @param users ids of users, without repetition
 * @param viewers without repetition
 */
public record NamesQuestion(List<Long> users, List<Viewer> viewers) {
    public NamesQuestion {
        users = List.copyOf(users);
        viewers = List.copyOf(viewers);
        if (users.size() > Question.MAX_IDS || viewers.size() > Question.MAX_VIEWERS) {
            throw new IllegalArgumentException("%d users and %d viewers; a question holds at most %d and %d"
                    .formatted(users.size(), viewers.size(), Question.MAX_IDS, Question.MAX_VIEWERS));
        }
    }
}
