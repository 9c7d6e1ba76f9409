package io.amanat.bridge.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** The benchmarks, in a process of their own so that measuring does not share memory with what is measured. */
@Command(name = "bench", description = "Measure: e2e, fanout, journal, rights; 'bench --help' lists all.")
public final class BenchCommand implements Callable<Integer> {

    @Parameters(arity = "0..*", paramLabel = "ARGUMENT", description = "As 'bench --help' explains.")
    private List<String> arguments = List.of();

    @Override
    public Integer call() {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var jar = Home.file("bench/target/amanat-bench.jar").toString();
        return Program.run(List.of(java, "-jar", jar), arguments);
    }
}
