package io.amanat.connector.odoo;

import java.util.regex.Pattern;
import org.apache.xmlrpc.XmlRpcException;
import org.xml.sax.SAXException;

/** Turns what Odoo or the XML-RPC library complains about into the {@link OdooException} that says what to do. */
final class Faults {

    /** Fault codes of Odoo's own XML-RPC controller; 1 is everything else, with a traceback as its text. */
    static final int USER_ERROR = 2;

    private static final int ACCESS_DENIED = 3;
    static final int ACCESS_ERROR = 4;

    private static final Pattern NO_DATABASE = Pattern.compile("database \"[^\"]*\" does not exist|Database not found");
    private static final Pattern NO_METHOD = Pattern.compile(
            "[Oo]bject [\\w.]+ doesn't exist|method '?[\\w.]+'? does not exist|has no attribute|KeyError: '[a-z_.]+'$");

    private final OdooSettings settings;

    Faults(OdooSettings settings) {
        this.settings = settings;
    }

    OdooException translate(String what, XmlRpcException fault) {
        if (fault.getCause() instanceof SAXException broken) {
            return new OdooException.Failed(
                    "%s: Odoo's answer is not readable XML-RPC; is something in between changing it?".formatted(what),
                    broken);
        }
        return translate(what, fault.code, String.valueOf(fault.getMessage()));
    }

    OdooException translate(String what, int code, String text) {
        var line = lastLine(text);
        if (NO_DATABASE.matcher(line).find()) {
            return noDatabase();
        }
        if (code == ACCESS_DENIED) {
            return wrongPassword();
        }
        if (code == ACCESS_ERROR) {
            return new OdooException.AccessDenied(
                    "%s: Odoo refuses this to '%s': %s".formatted(what, settings.login(), firstLine(text)));
        }
        if (NO_METHOD.matcher(line).find()) {
            return new OdooException.ModuleMissing(
                    "%s: database '%s' does not know it (%s): install or update the module amanat_realtime there"
                            .formatted(what, settings.database(), line));
        }
        return new OdooException.Failed(
                "%s failed in Odoo: %s".formatted(what, code == USER_ERROR ? firstLine(text) : line), null);
    }

    OdooException noDatabase() {
        return new OdooException.NoDatabase("%s has no database '%s': check the name, and Odoo's dbfilter"
                .formatted(settings.url(), settings.database()));
    }

    OdooException wrongPassword() {
        return new OdooException.WrongPassword(
                "Odoo does not let '%s' into database '%s': check login and password, and that the user is active"
                        .formatted(settings.login(), settings.database()));
    }

    private static String firstLine(String text) {
        return shortened(text.strip().lines().findFirst().orElse("no reason given"));
    }

    static String lastLine(String text) {
        return shortened(text.strip().lines().reduce((_, last) -> last).orElse("no reason given"));
    }

    private static String shortened(String line) {
        var clean = line.strip().replaceAll("\\p{Cntrl}", " ");
        return clean.length() > 300 ? clean.substring(0, 300) + "…" : clean;
    }
}
