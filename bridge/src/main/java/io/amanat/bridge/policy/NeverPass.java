package io.amanat.bridge.policy;

import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What never leaves, whatever the add-on announces and the configuration allows: credentials and binaries. The list is stated
 * in docs/addon-contract.md and applied by the add-on, too.
 */
final class NeverPass {

    private static final Set<String> TYPES = Set.of("binary", "image", "properties_definition");
    private static final Pattern PARTS =
            Pattern.compile("passw|passphrase|secret(?!ar)|token|credential|apikey|privatekey");
    private static final Set<String> WORDS =
            Set.of("key", "keys", "pwd", "pin", "otp", "totp", "cvv", "cvc", "salt", "signature");

    private NeverPass() {}

    /** Whether a field with this name and Odoo type must not travel. */
    static boolean holds(String field, String type) {
        var name = field.toLowerCase(Locale.ROOT);
        return TYPES.contains(type)
                || PARTS.matcher(name.replace("_", "")).find()
                || Arrays.stream(name.split("_")).anyMatch(WORDS::contains);
    }
}
