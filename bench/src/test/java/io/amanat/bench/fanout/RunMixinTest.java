package io.amanat.bench.fanout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.amanat.bench.report.Outcome;
import io.amanat.bench.report.Report;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

class RunMixinTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter complaints = new StringWriter();

    @TempDir
    private Path folder;

    @Command
    private static final class Bench {
        @Mixin
        private RunMixin run;
    }

    @Test
    void aBenchMeasuresTheBridgeItIsGiven() throws Exception {
        Path jar = Files.createFile(folder.resolve("amanat.jar"));

        RunMixin run = parse("--bridge-jar=" + jar, "--bridge-java-option=-Xmx1g", "--bridge-java-option=-Xint");

        assertThat(run.jar()).isEqualTo(jar);
        assertThat(run.javaOptions()).containsExactly("-Xmx1g", "-Xint");
    }

    @Test
    void withoutABridgeItSaysHowToBuildOne() {
        RunMixin run = parse("--bridge-jar=" + folder.resolve("missing.jar"));

        assertThatIllegalArgumentException().isThrownBy(run::jar).withMessageContaining("mvn package");
    }

    @Test
    void whatDidNotHoldIsInTheExitCodeAndWhyOnStderr() {
        Report report = new Report("fanout", Map.of()).put("losses", 1);

        int code = parse("--output=json").tell(new Outcome(report, List.of("viewer 7 never saw change 3"), true));

        assertThat(code).isEqualTo(2);
        assertThat(complaints.toString().strip()).isEqualTo("viewer 7 never saw change 3");
        assertThat(out.toString().strip()).isEqualTo("{\"bench\":\"fanout\",\"config\":{},\"losses\":1}");
    }

    @Test
    void whatHeldEndsWithZeroAndATable() {
        int code = parse().tell(new Outcome(new Report("fanout", Map.of()), List.of(), false));

        assertThat(code).isZero();
        assertThat(out.toString()).startsWith("bench   ");
    }

    private RunMixin parse(String... arguments) {
        Bench bench = new Bench();
        new CommandLine(bench)
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(complaints, true))
                .parseArgs(arguments);
        return bench.run;
    }
}
