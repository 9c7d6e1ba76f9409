package io.amanat.bench.process;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A process of this run, ended with it, however it ends; its complaints go to a file. */
public final class Child implements AutoCloseable {
    private final Process process;
    private final Path log;
    private final BufferedReader out;
    private final PrintWriter in;

    private Child(Process process, Path log) {
        this.process = process;
        this.log = log;
        out = process.inputReader(UTF_8);
        in = new PrintWriter(process.outputWriter(UTF_8), true);
    }

    /** Starts this process's own Java to be talked with; what it prints on stderr goes to {@code log}. */
    public static Child talking(Path log, List<String> arguments) throws IOException {
        return new Child(Offspring.start(java(arguments).redirectError(log.toFile())), log);
    }

    /** Starts this process's own Java; all it prints goes to {@code log}. */
    public static Child silent(Path log, List<String> arguments) throws IOException {
        ProcessBuilder java = java(arguments)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        return new Child(Offspring.start(java), log);
    }

    /** Runs this process's own Java on this terminal and returns its exit code. */
    public static int inherit(List<String> arguments) throws IOException, InterruptedException {
        return Offspring.start(java(arguments).inheritIO()).waitFor();
    }

    /** Makes it collect its garbage and return what it does not need, so that two readings of its memory compare. */
    public void collectGarbage() throws IOException, InterruptedException {
        tool("jcmd", List.of(Long.toString(pid()), "GC.run"))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    private static ProcessBuilder java(List<String> arguments) {
        return tool("java", arguments);
    }

    private static ProcessBuilder tool(String name, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", name).toString());
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }

    public long pid() {
        return process.pid();
    }

    public boolean alive() {
        return process.isAlive();
    }

    public Path log() {
        return log;
    }

    /** Sends one line. */
    public void tell(String line) {
        in.println(line);
    }

    /** The words of the next line that begins with {@code word}. */
    public String[] answer(String word) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            String[] words = line.split(" ", -1);
            if (words[0].equals(word)) {
                return words;
            }
        }
        throw new IllegalStateException(
                "a process of the bench ended before it said '%s'; see %s".formatted(word, log));
    }

    /** Ends it with SIGKILL; it is gone when this returns. */
    public void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        in.close();
        process.destroy();
        Offspring.end(process, System.nanoTime() + Offspring.PATIENCE_NANOS);
    }
}
