package io.amanat.standin.store;

import java.util.regex.Pattern;

/** The {@code like} operators: {@code %} stands for any text, {@code _} for any character, a backslash takes that from them. */
final class Like {

    private Like() {}

    static boolean fits(String value, String operator, String pattern) {
        int caseless = operator.endsWith("ilike") ? Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE : 0;
        String whole = operator.startsWith("=") ? pattern : "%" + pattern + "%";
        return Pattern.compile(regex(whole), Pattern.DOTALL | caseless)
                .matcher(value)
                .matches();
    }

    private static String regex(String pattern) {
        var regex = new StringBuilder();
        for (int i = 0; i < pattern.length(); i++) {
            char one = pattern.charAt(i);
            if (one == '\\' && i + 1 < pattern.length()) {
                regex.append(Pattern.quote(pattern.substring(++i, i + 1)));
            } else {
                regex.append(one == '%' ? ".*" : one == '_' ? "." : Pattern.quote(pattern.substring(i, i + 1)));
            }
        }
        return regex.toString();
    }
}
