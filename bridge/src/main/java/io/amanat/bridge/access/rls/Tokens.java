package io.amanat.bridge.access.rls;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** SQL as PostgreSQL prints it, cut into literals, names, words, operators and brackets; nothing inside a literal is a name. */
final class Tokens {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s+"
                    + "|amanat_viewer__\\.\\w+"
                    + "|[eE]'(?:[^'\\\\]|\\\\.|'')*'"
                    + "|(?:[bBxX]|[uU]&)?'(?:[^']|'')*'"
                    + "|\"(?:[^\"]|\"\")*\""
                    + "|[\\p{L}_][\\p{L}\\p{N}_$]*"
                    + "|\\d[\\d.eE]*"
                    + "|::"
                    + "|[-+*/<>=~!@#%^&|`?:]+"
                    + "|[(),.;\\[\\]]",
            Pattern.DOTALL);

    private Tokens() {}

    static List<String> of(String sql) throws Unfit {
        var tokens = new ArrayList<String>();
        var matcher = TOKEN.matcher(sql);
        int at = 0;
        while (at < sql.length()) {
            matcher.region(at, sql.length());
            if (!matcher.lookingAt()) {
                throw new Unfit("a policy's text could not be read");
            }
            if (!matcher.group().isBlank()) {
                tokens.add(matcher.group());
            }
            at = matcher.end();
        }
        return tokens;
    }

    /** The tokens as SQL again. */
    static String text(List<String> tokens) {
        return String.join(" ", tokens);
    }

    /** Whether these tokens stand at this place. */
    static boolean at(List<String> tokens, int place, List<String> wanted) {
        return place + wanted.size() <= tokens.size()
                && tokens.subList(place, place + wanted.size()).equals(wanted);
    }

    /** The place behind the bracket that closes the one at this place. */
    static int behind(List<String> tokens, int open) throws Unfit {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).equals("(") ? 1 : tokens.get(i).equals(")") ? -1 : 0;
            if (depth == 0) {
                return i + 1;
            }
        }
        throw new Unfit("a policy's text has an open bracket");
    }
}
