package io.amanat.e2e.leak;

/**
 * How much is to happen.
 *
 * @param seed decides everything that happens
 * @param users at least 17, so that each set of groups has somebody
 * @param rounds of one to seven steps each
 * @param rightsPercent how many rounds in a hundred change rights with nothing else under way; half as many more do so in
 *     the middle of other changes
 * @param tampering what stands between the bridge and its neighbours
 */
public record LeakPlan(long seed, int users, int rounds, int rightsPercent, Tampering tampering) {
    public LeakPlan {
        if (users < 17 || rounds < 1 || rightsPercent < 0 || rightsPercent > 50) {
            throw new IllegalArgumentException("%d users, %d rounds, %d%% rights; at least 17 users, 1 round, 0 to 50%%"
                    .formatted(users, rounds, rightsPercent));
        }
    }
}
