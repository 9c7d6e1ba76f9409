package io.amanat.bridge.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.amanat.bridge.protocol.TableReply.Written;
import io.amanat.bridge.protocol.TableRequest.Step;
import io.amanat.bridge.protocol.TableRequest.Write;
import io.amanat.connector.change.Operation;
import io.amanat.connector.source.wal.CrashingPostgres;
import io.amanat.connector.source.wal.TestPostgres;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.StringNode;

/** A server that answers a commit long before it is on the disk, and is killed. */
class WriteCrashTest {

    private final CrashingPostgres postgres;
    private final Board board;

    WriteCrashTest(@TempDir Path folder) {
        postgres = new CrashingPostgres(folder, Map.of("synchronous_commit", "off", "wal_writer_delay", "10s"));
        board = Board.create(TestPostgres.empty(postgres.server()));
        board.run("CHECKPOINT");
    }

    @AfterEach
    void close() {
        postgres.close();
    }

    @Test
    void whatWasAnsweredIsThereAfterKillMinusNine() {
        var name = "card " + UUID.randomUUID();
        var step = new Step(
                "client_card",
                Operation.CREATE,
                Optional.empty(),
                Map.of("branch_id", StringNode.valueOf(Board.id('b', 2).toString()), "name", StringNode.valueOf(name)),
                Map.of());
        var write = new Write(UUID.randomUUID(), List.of(step), false);

        assertThat(board.writes().write(Board.MALIKA, write)).isInstanceOf(Written.class);
        postgres.kill();
        postgres.startAgain();

        assertThat(board.ask("SELECT name FROM client_card WHERE name = '" + name + "'"))
                .containsExactly(name);
        assertThat(((Written) board.writes().write(Board.MALIKA, write)).repeated())
                .isTrue();
    }
}
