package io.amanat.bridge.write;

import io.amanat.bridge.access.rls.AsViewer;
import io.amanat.bridge.access.rls.Claims;
import io.amanat.bridge.protocol.TableReply;
import io.amanat.bridge.protocol.TableRequest;
import java.sql.SQLException;
import java.util.function.LongSupplier;
import javax.sql.DataSource;

/**
 * Writes rows for viewers: all steps of a write in one transaction, under the viewer's role and policies, once for each name
 * that the device gave it. Shared; calls wait for the database.
 */
public final class Writes {

    /** Steps of one write. */
    public static final int MOST_STEPS = 100;

    private static final int FORGOTTEN_AT_ONCE = 1000;
    private static final int ROUNDS = 100;

    private final AsViewer viewers;
    private final DataSource connections;
    private final Catalogue catalogue;
    private final WriteSettings settings;
    private final Troubles troubles;
    private final LongSupplier nanoTime;

    /**
     * @param viewers who writes
     * @param connections of the bridge's own role, for what is nobody's write; in auto-commit
     * @param nanoTime a clock that is never set
     */
    public Writes(
            AsViewer viewers,
            DataSource connections,
            Catalogue catalogue,
            WriteSettings settings,
            LongSupplier nanoTime) {
        this.viewers = viewers;
        this.connections = connections;
        this.catalogue = catalogue;
        this.settings = settings;
        this.nanoTime = nanoTime;
        this.troubles = new Troubles(new Privileges(connections, catalogue));
    }

    /** Does it, unless it was done before, and answers {@link TableReply.Written}, or why none of it was done: {@link TableReply.WriteRefused}. */
    public TableReply write(Claims claims, TableRequest.Write write) {
        if (write.steps().isEmpty() || write.steps().size() > MOST_STEPS) {
            return Refusal.of(Code.TOO_LARGE, "a write has 1 to %d steps".formatted(MOST_STEPS))
                    .reply(write.id());
        }
        var attempt = new Attempt(
                catalogue, claims, write, settings.patience(), new Deadline(viewers, settings.whole(), nanoTime));
        try {
            return viewers.run(claims, attempt::on);
        } catch (RefusedException e) {
            return attempt.refused(e.refusal());
        } catch (SQLException e) {
            return attempt.refused(troubles.refusal(e, claims.role(), attempt.running()));
        }
    }

    /**
     * Forgets writes that were done long ago; called now and then.
     *
     * @return how many
     * @throws SQLException if the database could not be asked; the next call does the rest
     */
    public int forget() throws SQLException {
        int all = 0;
        for (int round = 0; round < ROUNDS; round++) {
            int some = Operations.forget(connections, settings.remembered(), FORGOTTEN_AT_ONCE);
            all += some;
            if (some < FORGOTTEN_AT_ONCE) {
                break;
            }
        }
        return all;
    }
}
