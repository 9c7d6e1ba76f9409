package io.amanat.bridge.policy;

import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What never leaves, whatever the add-on announces and the configuration allows: credentials and binaries. */
final class NeverPass {

    private static final Set<String> TYPES = Set.of("binary", "image", "serialized");
    private static final Set<String> WORDS = Set.of(
            "password",
            "passwd",
            "pwd",
            "passphrase",
            "secret",
            "token",
            "apikey",
            "otp",
            "totp",
            "cvv",
            "cvc",
            "credential",
            "credentials",
            "privkey",
            "salt");
    private static final Set<String> KEYS =
            Set.of("api", "private", "access", "encryption", "signing", "ssh", "license");

    private NeverPass() {}

    /** Whether a field with this name and Odoo type must not travel. */
    static boolean holds(String field, String type) {
        return TYPES.contains(type)
                || names(List.of(field.toLowerCase(Locale.ROOT).split("_")));
    }

    private static boolean names(List<String> words) {
        return words.stream().anyMatch(NeverPass::credential) || namesKey(words);
    }

    private static boolean credential(String word) {
        boolean plural = word.endsWith("s") && WORDS.contains(word.substring(0, word.length() - 1));
        return plural || WORDS.contains(word);
    }

    private static boolean namesKey(List<String> words) {
        for (int i = 1; i < words.size(); i++) {
            if ((words.get(i).equals("key") || words.get(i).equals("keys")) && KEYS.contains(words.get(i - 1))) {
                return true;
            }
        }
        return false;
    }
}
