package io.amanat.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.identity.Identity;
import io.amanat.bridge.identity.IdentitySettings;
import io.amanat.bridge.identity.OdooIdentity;
import io.amanat.bridge.identity.Revocations;
import io.amanat.bridge.journal.DiskJournal;
import io.amanat.bridge.journal.JournalSettings;
import io.amanat.connector.change.Change;
import io.amanat.connector.change.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who was kept out before a restart stays out, with whatever token lives longer than the process did. */
class PastRevocationsTest {

    private static final Instant NOW = Instant.parse("2026-11-22T03:00:00Z");

    @TempDir
    private Path temp;

    private Instant now = NOW;
    private final InstantSource clock = () -> now;

    @Test
    void whoLoggedOutBeforeTheRestartStaysOut() {
        append(new Change.Rights("logout", Optional.of(Set.of(7L)), Optional.empty(), Optional.of("sid-7")));
        now = NOW.plus(Duration.ofMinutes(4));

        assertThat(isRevoked(7, "sid-7")).isTrue();
        assertThat(isRevoked(7, "another login")).isFalse();
        assertThat(isRevoked(8, "sid-8")).isFalse();
    }

    @Test
    void whoWasArchivedBeforeTheRestartStaysOut() {
        append(new Change.Rights("user", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));

        assertThat(isRevoked(7, "sid-7")).isTrue();
        assertThat(isRevoked(8, "sid-8")).isFalse();
    }

    @Test
    void aChangeOfGroupsKeepsNobodyOut() {
        append(new Change.Rights("groups", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));

        assertThat(isRevoked(7, "sid-7")).isFalse();
    }

    @Test
    void whatNoTokenIsOldEnoughForIsForgotten() {
        append(new Change.Rights("user", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));
        now = NOW.plus(Duration.ofMinutes(6));

        assertThat(isRevoked(7, "sid-7")).isFalse();
    }

    @Test
    void whoHasANewTokenSinceIsNotKeptOutByARestart() {
        append(new Change.Rights("user", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));
        now = NOW.plus(Duration.ofMinutes(2));

        assertThat(isRevoked(identity(7, "sid-7", now))).isFalse();
        assertThat(isRevoked(identity(7, "sid-7", NOW.plusSeconds(10)))).isTrue();
    }

    @Test
    void whoWasKeptOutStaysOutWhenTheClockIsSetBackAndThenRightAgain() {
        append(new Change.Rights("user", Optional.of(Set.of(7L)), Optional.empty(), Optional.empty()));
        now = NOW.minus(Duration.ofHours(1));
        var revocations = restarted();
        now = NOW.plusSeconds(60);

        assertThat(revocations.of(identity(7, "sid-7", NOW.minusSeconds(30)))).isPresent();
        assertThat(revocations.of(identity(7, "sid-7", NOW.plusSeconds(30)))).isEmpty();
    }

    private void append(Change.Rights change) {
        try (var journal = open()) {
            journal.append(List.of(change), new Position("1"));
        }
    }

    private boolean isRevoked(long user, String login) {
        return isRevoked(identity(user, login, NOW.minusSeconds(30)));
    }

    private boolean isRevoked(Identity identity) {
        return restarted().of(identity).isPresent();
    }

    private Revocations restarted() {
        var revocations = new Revocations(IdentitySettings.DEFAULT, clock);
        try (var journal = open()) {
            PastRevocations.apply(journal, IdentitySettings.DEFAULT, clock, revocations);
        }
        return revocations;
    }

    private DiskJournal open() {
        return DiskJournal.open(temp.resolve("journal"), JournalSettings.DEFAULT, clock);
    }

    private static Identity identity(long user, String login, Instant issued) {
        return new OdooIdentity(user, "", List.of(1L), "en_US", login, issued, issued.plus(Duration.ofMinutes(5)));
    }
}
