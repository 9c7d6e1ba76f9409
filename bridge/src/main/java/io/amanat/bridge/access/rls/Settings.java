package io.amanat.bridge.access.rls;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Calls of {@code current_setting} in SQL, as far as they ask for what the bridge sets for each viewer. */
final class Settings {

    /** A call that was found, and how many tokens it takes. */
    record Call(Claimed value, int tokens) {}

    private static final String PREFIX = "'request.jwt.claim";

    private Settings() {}

    /** The call that stands at this place, if there is one; whatever else is asked for makes the policy unfit. */
    static Optional<Call> at(List<String> tokens, int place) throws Unfit {
        if (!tokens.get(place).equals("current_setting")) {
            return Optional.empty();
        }
        int end = Tokens.behind(tokens, place + 1);
        var arguments = tokens.subList(place + 2, end - 1).stream()
                .filter(token -> !token.equals("::") && !token.equals("text") && !token.equals(","))
                .toList();
        boolean missingAllowed = arguments.size() == 2 && arguments.get(1).equalsIgnoreCase("true");
        if (arguments.isEmpty() || !(arguments.size() == 1 || missingAllowed)) {
            throw new Unfit("a policy reads a setting");
        }
        return Optional.of(new Call(new Claimed(value(arguments.getFirst(), missingAllowed), "text"), end - place));
    }

    private static String value(String name, boolean missingAllowed) throws Unfit {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "'request.jwt.claims'" -> Claimed.JSON;
            case "'request.jwt.claim.sub'" -> Claimed.SUBJECT;
            case "'request.jwt.claim.role'" -> Claimed.ROLE;
            default -> {
                // What an older PostgREST set and the bridge never does.
                if (missingAllowed && name.toLowerCase(Locale.ROOT).startsWith(PREFIX)) {
                    yield "NULL::text";
                }
                throw new Unfit("a policy reads a setting");
            }
        };
    }
}
