package io.amanat.bridge.access.rls;

import io.amanat.connector.change.Image;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.sql.DataSource;

/**
 * Asks PostgreSQL viewer by viewer: each becomes the real role with the real claims, and the policies' own condition is evaluated on
 * the images. Slow and right: everything else is measured by it. Shared.
 */
final class Referee {

    private final DataSource connections;
    private final String searchPath;
    private final Duration timeout;
    private final int lines;

    /** @param lines connections used at a time for one question; at least 1 */
    Referee(DataSource connections, String searchPath, Duration timeout, int lines) {
        this.connections = connections;
        this.searchPath = searchPath;
        this.timeout = timeout;
        this.lines = lines;
    }

    /**
     * For each image the numbers of those who may see it. A viewer for whom a policy fails sees nothing, as a read of its own would
     * fail.
     *
     * @throws VisibilityException if PostgreSQL could not be asked
     */
    List<BitSet> judge(Ruling.Policed ruling, List<Image> images, List<Viewers.Viewer> viewers)
            throws VisibilityException {
        var seen = Images.nobody(images.size());
        var texts = Images.texts(images);
        int lot = Math.max(50, (viewers.size() + lines - 1) / lines);
        try (var workers = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<Future<List<BitSet>>>();
            for (int from = 0; from < viewers.size(); from += lot) {
                var part = viewers.subList(from, Math.min(viewers.size(), from + lot));
                answers.add(workers.submit(() -> ask(ruling, texts, part)));
            }
            for (var answer : answers) {
                Images.add(seen, answer.get());
            }
            return seen;
        } catch (ExecutionException e) {
            throw new VisibilityException("the policies of %s could not be asked".formatted(ruling.table()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new VisibilityException("interrupted while asking the policies of %s".formatted(ruling.table()), e);
        }
    }

    private List<BitSet> ask(Ruling.Policed ruling, String[] images, List<Viewers.Viewer> viewers) throws SQLException {
        var seen = Images.nobody(images.length);
        try (var connection = connections.getConnection()) {
            connection.setAutoCommit(false);
            AsViewer.limit(connection, searchPath, timeout);
            try (var become = connection.prepareStatement(AsViewer.BECOME);
                    var query = connection.prepareStatement("SELECT amanat_image__.amanat_place__ FROM "
                            + Images.rows(ruling.table()) + " WHERE " + ruling.condition())) {
                query.setArray(1, connection.createArrayOf("text", images));
                for (var viewer : viewers) {
                    ask(connection, become, query, viewer, seen);
                }
            } finally {
                connection.rollback();
            }
        }
        return seen;
    }

    /** Whatever a policy's functions left behind is undone, what they remember in settings too: it is not the next viewer's. */
    private static void ask(
            Connection connection,
            PreparedStatement become,
            PreparedStatement query,
            Viewers.Viewer viewer,
            List<BitSet> seen)
            throws SQLException {
        var alone = connection.setSavepoint();
        var places = new ArrayList<Integer>();
        try {
            AsViewer.become(become, viewer.claims());
            try (var rows = query.executeQuery()) {
                while (rows.next()) {
                    places.add(rows.getInt(1));
                }
            }
            places.forEach(place -> seen.get(place - 1).set(viewer.number()));
        } catch (SQLException e) {
            if (!Failures.ofTheViewer(e)) {
                throw e;
            }
        }
        connection.rollback(alone);
        connection.releaseSavepoint(alone);
    }
}
