package io.amanat.bridge.app.settings;

import java.util.List;
import java.util.stream.Collectors;

/** The settings cannot be used; carries every problem that was found, so that they can be mended in one go. */
public final class SettingsException extends RuntimeException {

    private final transient List<Problem> problems;

    SettingsException(String source, List<Problem> problems) {
        super(sentence(source, problems));
        this.problems = List.copyOf(problems);
    }

    public List<Problem> problems() {
        return problems;
    }

    private static String sentence(String source, List<Problem> problems) {
        if (problems.size() > 1) {
            return "%d problems in the settings from %s:%n%s".formatted(problems.size(), source, lines(problems));
        }
        var only = problems.getFirst();
        return only.path().equals(source) ? only.sentence() : "%s: %s".formatted(source, only.sentence());
    }

    private static String lines(List<Problem> problems) {
        return problems.stream().map(problem -> "  " + problem.sentence()).collect(Collectors.joining("\n"));
    }
}
