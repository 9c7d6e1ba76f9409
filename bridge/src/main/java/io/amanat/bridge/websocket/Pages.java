package io.amanat.bridge.websocket;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** What the browsers' port answers to a browser that loads a page: the plan board, or nothing. Safe to share. */
public final class Pages {

    /** The address of the plan board. */
    public static final String BOARD = "/board/";

    private static final Map<String, String> FILES = Map.of(
            "index.html", "text/html; charset=utf-8",
            "board.js", "text/javascript; charset=utf-8",
            "sw.js", "text/javascript; charset=utf-8",
            "board.css", "text/css; charset=utf-8");

    private static final Set<String> THIS_MACHINE = Set.of("localhost", "127.0.0.1", "[::1]");

    private final Map<String, Supplier<PageFile>> byPath;
    private final Predicate<String> hosts;

    private Pages(Map<String, Supplier<PageFile>> byPath, Predicate<String> hosts) {
        this.byPath = Map.copyOf(byPath);
        this.hosts = hosts;
    }

    /** No page at all. */
    public static Pages none() {
        return new Pages(Map.of(), _ -> true);
    }

    /**
     * The plan board.
     *
     * @param documents what the page asks for beside its files, JSON by name: {@code config.json}, and in a demo
     *     {@code people.json}; asked anew each time, must not block for long
     */
    public static Pages board(Map<String, Supplier<String>> documents) {
        var byPath = new HashMap<String, Supplier<PageFile>>();
        FILES.forEach((name, type) -> {
            var file = PageFile.ofClassPath("board/" + name, type);
            byPath.put(BOARD + name, () -> file);
        });
        byPath.put(BOARD, byPath.get(BOARD + "index.html"));
        documents.forEach((name, json) ->
                byPath.put(BOARD + name, () -> PageFile.document(json.get().getBytes(StandardCharsets.UTF_8))));
        return new Pages(byPath, _ -> true);
    }

    /**
     * The same for nobody but who asks by a name of this machine: a page from elsewhere, whose own name was made to lead here, would
     * else read them in the browser of whoever sits at it.
     */
    public Pages onThisMachine() {
        return new Pages(byPath, THIS_MACHINE::contains);
    }

    /** Whether whoever asks for a page by this name of a machine gets one. */
    boolean answers(String host) {
        return hosts.test(host.toLowerCase(Locale.ROOT));
    }

    Optional<PageFile> at(String path) {
        return Optional.ofNullable(byPath.get(path)).map(Supplier::get);
    }

    /** The address with a slash at its end, for one that lacks it. */
    Optional<String> completed(String path) {
        return Optional.of(path + "/").filter(byPath::containsKey);
    }
}
