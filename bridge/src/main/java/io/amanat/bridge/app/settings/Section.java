package io.amanat.bridge.app.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/**
 * One section of the settings while it is read. A variable of the environment ({@code AMANAT_ODOO__URL} for {@code odoo.url})
 * goes before the file. Problems are collected; a reader gets the default or the example instead and goes on.
 */
final class Section {

    static final String PREFIX = "AMANAT_";

    private final String path;
    private final JsonNode node;
    private final Map<String, String> environment;
    private final List<Problem> problems;
    private final Set<String> known = new LinkedHashSet<>();

    Section(String path, JsonNode node, Map<String, String> environment, List<Problem> problems) {
        this.path = path;
        this.node = node;
        this.environment = environment;
        this.problems = problems;
    }

    Section section(String key) {
        known.add(key);
        var child = node.path(key);
        if (!child.isObject() && !isAbsent(child)) {
            report(at(key), "", "must be a section: indented lines of 'key: value' below it");
        }
        return new Section(at(key), child, environment, problems);
    }

    /** A list of sections, which the environment knows nothing of. */
    List<Section> sections(String key) {
        known.add(key);
        var list = node.path(key);
        if (!list.isArray() && !isAbsent(list)) {
            report(at(key), "", "must be a list: lines that begin with '-', each with 'key: value' below it");
        }
        var sections = new ArrayList<Section>();
        for (int i = 0; i < list.size() && list.isArray(); i++) {
            var where = "%s[%d]".formatted(at(key), i);
            if (list.get(i).isObject()) {
                sections.add(new Section(where, list.get(i), Map.of(), problems));
            } else {
                report(where, "", "must be a section: lines of 'key: value'");
            }
        }
        return sections;
    }

    /** Whether anything is said of this setting or section at all. */
    boolean has(String key) {
        known.add(key);
        return !isAbsent(node.path(key))
                || environment.keySet().stream()
                        .anyMatch(name -> name.equals(variable(key)) || name.startsWith(variable(key) + "__"));
    }

    /** The keys of a section whose keys are names that the operator gives; those that are none are reported. */
    List<String> names(Kind<String> kind) {
        var names = new ArrayList<String>();
        for (var key : node.isObject() ? node.propertyNames() : Set.<String>of()) {
            known.add(key);
            parse(new Found(at(key), key, true), kind).ifPresent(names::add);
        }
        if (node.isObject() && node.isEmpty()) {
            report(path, "", "is empty; name at least one");
        }
        return names;
    }

    /** Reads a setting that has a default. */
    <T> T read(String key, Kind<T> kind, T fallback) {
        return find(key).flatMap(found -> parse(found, kind)).orElse(fallback);
    }

    <T> Optional<T> read(String key, Kind<T> kind) {
        return find(key).flatMap(found -> parse(found, kind));
    }

    /** Reads a setting that must be there; {@code example} is a value the kind accepts, shown when it is missing. */
    <T> Optional<T> require(String key, Kind<T> kind, String example) {
        var found = find(key);
        if (found.isEmpty()) {
            report(at(key), "", "is missing; write for instance '%s: %s'".formatted(key, example));
        }
        return found.flatMap(value -> parse(value, kind));
    }

    /** Reads a list: YAML's, or in the environment and for a single value, separated by commas. */
    <T> List<T> list(String key, Kind<T> kind) {
        var values = new ArrayList<T>();
        for (Found item : items(key)) {
            parse(item, kind).ifPresent(values::add);
        }
        return List.copyOf(values);
    }

    /** Reads a list that must not be empty. */
    <T> List<T> requireList(String key, Kind<T> kind, String example) {
        if (items(key).isEmpty()) {
            report(at(key), "", "is missing; write for instance '%s: [%s]'".formatted(key, example));
        }
        return list(key, kind);
    }

    /** Says that nobody may write this here, whatever the value; for secrets. */
    void forbid(String key, String message) {
        known.add(key);
        if (node.has(key) || environment.containsKey(variable(key))) {
            report(at(key), "", message);
        }
    }

    void report(String where, String value, String message) {
        problems.add(new Problem(where, value, message));
    }

    String at(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Call after everything was read: what nobody asked for is a mistake. */
    void end() {
        for (String key : node.isObject() ? node.propertyNames() : Set.<String>of()) {
            if (!known.contains(key)) {
                report(at(key), "", "is not a setting" + meant(key, known));
            }
        }
        var variables = known.stream().map(this::variable).toList();
        for (String name : new TreeSet<>(environment.keySet())) {
            if (isUnknownVariable(name)) {
                report(name, "", "sets nothing" + meant(name, variables));
            }
        }
    }

    private record Found(String where, String text, boolean scalar) {}

    private Optional<Found> find(String key) {
        known.add(key);
        var set = environment.get(variable(key));
        if (set != null) {
            return Optional.of(new Found(variable(key), set, true));
        }
        var value = node.path(key);
        return isAbsent(value) ? Optional.empty() : Optional.of(found(at(key), value));
    }

    private List<Found> items(String key) {
        var value = node.path(key);
        if (value.isArray() && !environment.containsKey(variable(key))) {
            known.add(key);
            var items = new ArrayList<Found>();
            for (int i = 0; i < value.size(); i++) {
                items.add(found("%s[%d]".formatted(at(key), i), value.get(i)));
            }
            return items;
        }
        return find(key).stream()
                .flatMap(found -> !found.scalar()
                        ? Stream.of(found)
                        : Arrays.stream(found.text().split(",", -1))
                                .filter(text -> !text.isBlank())
                                .map(text -> new Found(found.where(), text.strip(), true)))
                .toList();
    }

    private static Found found(String where, JsonNode value) {
        return new Found(where, value.isValueNode() ? value.asString() : "", value.isValueNode());
    }

    private <T> Optional<T> parse(Found found, Kind<T> kind) {
        if (!found.scalar()) {
            report(found.where(), "", "must be one value, not a list or a section");
            return Optional.empty();
        }
        try {
            return Optional.of(kind.parse(found.text()));
        } catch (Kind.Refused e) {
            report(found.where(), shown(found.text()), String.valueOf(e.getMessage()));
            return Optional.empty();
        }
    }

    /** An address with a login in it may hold a password. */
    private static String shown(String text) {
        var oneLine = text.replaceAll("//[^/@]*@", "//•••@").replaceAll("\\p{Cntrl}", " ");
        return oneLine.length() > 80 ? oneLine.substring(0, 80) + "…" : oneLine;
    }

    private String variable(String key) {
        return PREFIX + at(key).replace(".", "__").toUpperCase(Locale.ROOT);
    }

    /** One that belongs to this section, or to none at all when this is the root. */
    private boolean isUnknownVariable(String name) {
        var prefix = path.isEmpty() ? PREFIX : variable("");
        return name.startsWith(prefix)
                && name.contains("__")
                && known.stream().map(this::variable).noneMatch(key -> name.equals(key) || name.startsWith(key + "__"));
    }

    private static String meant(String word, Iterable<String> candidates) {
        String best = "";
        int distance = Math.max(2, word.length() / 4) + 1;
        for (String candidate : candidates) {
            int d = Spelling.distance(word, candidate);
            if (d < distance) {
                best = candidate;
                distance = d;
            }
        }
        return best.isEmpty()
                ? "; here there are " + String.join(", ", candidates)
                : "; did you mean '%s'?".formatted(best);
    }

    private static boolean isAbsent(JsonNode value) {
        return value.isMissingNode() || value.isNull();
    }
}
