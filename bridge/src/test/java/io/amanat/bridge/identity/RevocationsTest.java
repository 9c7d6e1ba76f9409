package io.amanat.bridge.identity;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RevocationsTest {

    private static final Instant START = Instant.parse("2026-11-21T10:00:00Z");
    private static final IdentitySettings SETTINGS = IdentitySettings.DEFAULT;

    private Instant now = START;
    private final Revocations revocations = new Revocations(SETTINGS, () -> now);

    @Test
    void tokensThatAUserGotBeforeAreRefusedWhicheverTheLogin() {
        revoke(7);

        assertThat(isRefused(identity(7, "laptop", START.minusSeconds(1)))).isTrue();
        assertThat(isRefused(identity(7, "phone", START.minusSeconds(299)))).isTrue();
        assertThat(isRefused(identity(8, "laptop", START.minusSeconds(1)))).isFalse();
    }

    @Test
    void aLogoutEndsThatLoginOnly() {
        revocations.revoke(Optional.of(Set.of(7L)), Optional.of("laptop"));

        assertThat(isRefused(identity(7, "laptop", START.minusSeconds(1)))).isTrue();
        assertThat(isRefused(identity(7, "phone", START.minusSeconds(1)))).isFalse();
    }

    @Test
    void itMayConcernEverybody() {
        revocations.revoke(Optional.empty(), Optional.empty());

        assertThat(isRefused(identity(7, "laptop", START.minusSeconds(1)))).isTrue();
        assertThat(isRefused(identity(8, "phone", START.minusSeconds(1)))).isTrue();
    }

    @Test
    void aTokenIssuedAfterwardsIsGood() {
        var pause = revoke(7).pause();

        assertThat(isRefused(identity(7, "laptop", START.plus(pause)))).isFalse();
    }

    @Test
    void whatAFastClockOfOdooDatedLaterCountsAsBefore() {
        revoke(7);

        assertThat(isRefused(identity(7, "laptop", START.plus(SETTINGS.skew()))))
                .isTrue();
    }

    @Test
    void itSaysWhenANewTokenIsWorthAsking() {
        assertThat(revoke(7).pause()).isEqualTo(Duration.ofSeconds(11));
        now = START.plusSeconds(4);
        assertThat(revocations.of(identity(7, "laptop", START))).contains(new Proof.Revoked(Duration.ofSeconds(7)));
        now = START.plusSeconds(60);
        assertThat(revocations.of(identity(7, "laptop", START))).contains(new Proof.Revoked(Duration.ZERO));
    }

    @Test
    void itIsRememberedForAsLongAsSuchATokenIsBelieved() {
        revoke(7);
        var last = START.plus(SETTINGS.skew());
        var accepted = last.plus(SETTINGS.longestLife()).plus(SETTINGS.skew());

        now = accepted;
        revoke(8);
        assertThat(isRefused(identity(7, "laptop", last))).isTrue();

        now = accepted.plusMillis(1);
        revoke(8);
        assertThat(revocations.size()).isEqualTo(1);
    }

    @Test
    void theLaterOfTwoRevocationsCounts() {
        revoke(7);
        now = START.plusSeconds(100);
        revoke(7);

        assertThat(isRefused(identity(7, "laptop", START.plusSeconds(99)))).isTrue();
    }

    @Test
    void aRevocationOfThePastRefusesWhatWasIssuedUntilThen() {
        revokeAsOf(START.minusSeconds(60));

        assertThat(isRefused(identity(7, "laptop", START.minusSeconds(50)))).isTrue();
        assertThat(isRefused(identity(7, "laptop", START.minusSeconds(49)))).isFalse();
    }

    @Test
    void aRevocationOfThePastTakesNothingBackFromANewerOne() {
        revoke(7);
        revokeAsOf(START.minusSeconds(60));

        assertThat(isRefused(identity(7, "laptop", START))).isTrue();
    }

    /** As if it had been right then and were behind now, until somebody sets it right. */
    @Test
    void aClockThatWasSetBackLetsNobodyInAgain() {
        var revoked = START.plusSeconds(3600);
        revokeAsOf(revoked);

        assertThat(isRefused(identity(7, "laptop", START))).isTrue();
        now = revoked.plusSeconds(60);
        assertThat(isRefused(identity(7, "laptop", revoked.minusSeconds(30)))).isTrue();
        assertThat(isRefused(identity(7, "laptop", now))).isFalse();
    }

    @Test
    void aClockThatIsSetBackWhileTheBridgeRunsKeepsNobodyIn() {
        var inside = identity(7, "laptop", START);
        assertThat(isRefused(inside)).isFalse();
        now = START.minusSeconds(3600);
        revoke(7);

        assertThat(isRefused(inside)).isTrue();
    }

    @Test
    void nobodyIsSentAwayForLongerThanATokenLives() {
        revokeAsOf(START.plusSeconds(3600));

        assertThat(revocations.of(identity(7, "laptop", START))).contains(new Proof.Revoked(SETTINGS.longestLife()));
    }

    @Test
    void whenThereAreTooManyToRememberToRememberEverybodyNeedsANewerToken() {
        var many = new HashSet<Long>();
        for (long user = 1; user <= Revocations.MOST; user++) {
            many.add(user);
        }
        revocations.revoke(Optional.of(many), Optional.empty());
        assertThat(isRefused(identity(20_000, "laptop", START))).isFalse();

        revocations.revoke(Optional.of(Set.of(7L)), Optional.of("laptop"));

        assertThat(revocations.size()).isZero();
        assertThat(isRefused(identity(1, "laptop", START))).isTrue();
        assertThat(isRefused(identity(20_000, "phone", START))).isTrue();
        assertThat(isRefused(identity(20_000, "phone", START.plusSeconds(11)))).isFalse();
    }

    @Test
    void whatIsTooMuchToRememberLetsNobodyIn() {
        var many = new HashSet<Long>();
        for (long user = 1; user <= Revocations.MOST; user++) {
            many.add(user);
        }
        revocations.revoke(Optional.of(many), Optional.empty());
        revocations.revoke(Optional.empty(), Optional.of("phone"), START.minusSeconds(60));

        assertThat(isRefused(identity(7, "laptop", START))).isTrue();
    }

    private void revokeAsOf(Instant at) {
        revocations.revoke(Optional.of(Set.of(7L)), Optional.empty(), at);
    }

    private Proof.Revoked revoke(long user) {
        return revocations.revoke(Optional.of(Set.of(user)), Optional.empty());
    }

    private boolean isRefused(Identity identity) {
        return revocations.of(identity).isPresent();
    }

    private static Identity identity(long user, String login, Instant issued) {
        return new OdooIdentity(user, "Aziz", List.of(1L), "uz_UZ", login, issued, issued.plusSeconds(300));
    }
}
