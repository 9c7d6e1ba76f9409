package io.amanat.e2e.browser;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What Odoo's test runner in the browser, Hoot, says on the console of its page: each test, and how it ended. */
final class HootReport {
    private static final Pattern PASSED = Pattern.compile("\\[HOOT].*Test \"(.+)\" passed \\(assertions");
    private static final Pattern FAILED = Pattern.compile("\\[HOOT].*?Test \"(.+?)\" failed:(.*)", Pattern.DOTALL);
    private static final Pattern SUM =
            Pattern.compile("\\[HOOT] (?:Passed|Failed) (\\d+) tests \\((?:(\\d+) passed)?.*");

    /** In what the runner itself says: of a test that takes too long, which it counts as passed, nothing else is said. */
    private static final String HOOTS = "[HOOT]";

    /** A file that cannot be loaded: then no test runs. */
    private static final String NOT_LOADED = "The following modules";

    private final Map<String, String> failures = new LinkedHashMap<>();
    private final List<String> errors = new ArrayList<>();
    private int counted = -1;

    /** A line of the console. */
    void hear(String type, String text) {
        Matcher failed = FAILED.matcher(text);
        Matcher passed = PASSED.matcher(text);
        Matcher sum = SUM.matcher(text);
        if (failed.find()) {
            failures.put(failed.group(1), failed.group(2).strip());
        } else if (passed.find()) {
            failures.putIfAbsent(passed.group(1), "");
        } else if (sum.find()) {
            counted = Integer.parseInt(sum.group(1)) + (sum.group(2) == null ? 0 : Integer.parseInt(sum.group(2)));
        } else if (type.equals("error")) {
            errors.add(text);
        }
    }

    /** Whether the runner has ended, or cannot begin. */
    boolean ended() {
        return counted >= 0 || errors.stream().anyMatch(error -> error.startsWith(NOT_LOADED));
    }

    /** Why each test failed, by its name; an empty text for one that passed. Fails when that is not known of every test. */
    Map<String, String> outcomes() {
        if (failures.isEmpty() || counted != failures.size() || errors.stream().anyMatch(it -> it.contains(HOOTS))) {
            String how = counted < 0 ? "Hoot did not end" : "Hoot ran " + counted + " tests";
            throw new AssertionError("%s and named %d; errors of the page: %s".formatted(how, failures.size(), errors));
        }
        return Map.copyOf(failures);
    }
}
