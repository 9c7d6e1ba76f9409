package io.amanat.standin.http;

import io.amanat.standin.store.OdooError;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A remote call of a model's method; arguments come by position or by name. */
record Call(String model, String method, List<Object> args, Map<String, Object> kwargs) {

    Map<String, Object> context() {
        return kwargs.get("context") instanceof Map<?, ?> map ? map(map) : Map.of();
    }

    Optional<Object> get(int position, String name) {
        if (position < args.size()) {
            return Optional.of(args.get(position));
        }
        return Optional.ofNullable(kwargs.get(name));
    }

    List<?> list(int position, String name) {
        return get(position, name)
                .map(value -> value instanceof List<?> list ? list : List.of(value))
                .orElse(List.of());
    }

    List<Integer> ids(int position, String name) {
        return list(position, name).stream().map(Call::id).toList();
    }

    List<String> names(int position, String name) {
        return get(position, name).orElse(List.of()) instanceof List<?> list
                ? list.stream().map(String::valueOf).toList()
                : List.of();
    }

    Map<String, Object> map(int position, String name) {
        return map(get(position, name).orElse(Map.of()));
    }

    int number(int position, String name, int otherwise) {
        return get(position, name).orElse(otherwise) instanceof Number number ? number.intValue() : otherwise;
    }

    static Map<String, Object> map(Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw OdooError.server("builtins.TypeError", "expected an object of values");
        }
        var named = new LinkedHashMap<String, Object>();
        map.forEach((key, one) -> named.put(String.valueOf(key), one));
        return named;
    }

    private static int id(Object value) {
        if (value instanceof Number number) {
            return number.intValue();
        }
        throw OdooError.server("builtins.TypeError", "expected a record id");
    }
}
