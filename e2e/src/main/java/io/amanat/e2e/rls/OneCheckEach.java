package io.amanat.e2e.rls;

import io.amanat.bench.report.Report;
import java.sql.SQLException;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.HdrHistogram.Histogram;

/** What others do: for each change one check for each viewer, in a loop within the server, under the viewer's role and claims. */
final class OneCheckEach {

    private static final int CHANGES = 10;

    private static final String LOOP = """
            do $$
            declare
              viewer json;
              seen int := 0;
              found int;
            begin
              for viewer in select * from json_array_elements(current_setting('bench.viewers')::json) loop
                perform set_config('request.jwt.claims', viewer::text, true),
                  set_config('request.jwt.claim.sub', viewer ->> 'sub', true);
                execute format('execute one_check(%L)', current_setting('bench.task')) into found;
                seen := seen + coalesce(found, 0);
              end loop;
              perform set_config('bench.seen', seen::text, true);
            end
            $$""";

    private final DataSource connections;
    private final RlsRun.Size size;

    OneCheckEach(DataSource connections, RlsRun.Size size) {
        this.connections = connections;
        this.size = size;
    }

    void measure(Report report) throws SQLException {
        var viewers = "["
                + String.join(
                        ",",
                        IntStream.range(0, size.viewers())
                                .mapToObj(i -> Board.viewer(i).json())
                                .toList()) + "]";
        var micros = new Histogram(3);
        try (var connection = connections.getConnection();
                var statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            try (var set = connection.prepareStatement(
                    "select set_config('bench.viewers', ?, true), set_config('role', 'authenticated', true),"
                            + " set_config('request.jwt.claims', ?, true)")) {
                set.setString(1, viewers);
                set.setString(2, Board.viewer(0).json());
                set.execute();
            }
            statement.execute("prepare one_check(uuid) as select 1 from public.task where id = $1");
            String task;
            try (var rows = statement.executeQuery("select id from public.task limit 1")) {
                rows.next();
                task = rows.getString(1);
            }
            statement.execute("select set_config('bench.task', '%s', true)".formatted(task));
            statement.execute(LOOP);
            for (int i = 0; i < CHANGES; i++) {
                long began = System.nanoTime();
                statement.execute(LOOP);
                micros.recordValue((System.nanoTime() - began) / 1_000);
            }
            connection.rollback();
        }
        report.put("one_check_each_ms_per_change", micros.getMean() / 1_000)
                .put("one_check_each_per_second", 1e6 / micros.getMean());
    }
}
