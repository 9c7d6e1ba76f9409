package io.amanat.standin.addon;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a method of the add-on is called with, besides a context.
 *
 * @param required by position; they come first
 */
public record Parameters(List<String> required, List<String> optional) {

    /** The first one that is missing. */
    public Optional<String> missing(Set<String> given) {
        return required.stream().filter(name -> !given.contains(name)).findFirst();
    }

    /** One that is too many. */
    public Optional<String> unexpected(Set<String> given) {
        return given.stream()
                .filter(name -> !name.equals("context") && !names().contains(name))
                .findFirst();
    }

    /** The arguments by name, however they were given. */
    Map<String, Object> named(List<Object> args, Map<String, Object> kwargs) {
        var named = new LinkedHashMap<>(kwargs);
        var names = names();
        for (int i = 0; i < Math.min(args.size(), names.size()); i++) {
            named.put(names.get(i), args.get(i));
        }
        return named;
    }

    private List<String> names() {
        var names = new ArrayList<>(required);
        names.addAll(optional);
        return names;
    }
}
