package io.amanat.bridge.doctor;

import io.amanat.bridge.access.RightsOracle;
import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.XmlRpcOdoo;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** What can be found out by remote calls. Used once, by one thread. */
final class RpcChecks {

    private static final int OLDEST_SERIES = 14;
    private static final int LONG_POLLING_SERIES = 14;
    private static final int ADD_ON_SERIES = 19;

    private final OdooSettings settings;
    private final Function<OdooRpc, RightsOracle> rights;
    private final List<Finding> findings = new ArrayList<>();
    private Optional<AddOn> addOn = Optional.empty();
    private boolean signedIn;

    RpcChecks(OdooSettings settings, Function<OdooRpc, RightsOracle> rights) {
        this.settings = settings;
        this.rights = rights;
    }

    boolean signedIn() {
        return signedIn;
    }

    /** What the add-on says of itself, if it was reached. */
    Optional<AddOn> addOn() {
        return addOn;
    }

    List<Finding> run() {
        try (var odoo = new XmlRpcOdoo(settings)) {
            if (reachable(odoo)) {
                findings.add(transport());
                signIn(odoo);
            }
            if (signedIn) {
                askAddOn(odoo);
            }
        }
        return findings;
    }

    private boolean reachable(XmlRpcOdoo odoo) {
        try {
            var version = odoo.version();
            findings.add(Finding.ok("reachability", settings.url() + " answers"));
            findings.add(version(version));
            return true;
        } catch (OdooException e) {
            findings.add(Finding.fail("reachability", message(e), "start Odoo, or correct odoo.url"));
            return false;
        }
    }

    private static Finding version(String version) {
        int series = series(version);
        if (series >= ADD_ON_SERIES || series == LONG_POLLING_SERIES) {
            return Finding.ok("version", "Odoo " + version);
        }
        if (series >= OLDEST_SERIES) {
            return Finding.warn(
                    "version",
                    "Odoo " + version,
                    "the add-ons of this release are made for Odoo %d and %d"
                            .formatted(LONG_POLLING_SERIES, ADD_ON_SERIES));
        }
        return Finding.fail("version", "Odoo " + version, "Odoo %d or later is needed".formatted(OLDEST_SERIES));
    }

    private static int series(String version) {
        var digits = version.replaceFirst("^[^0-9]*", "").replaceFirst("[^0-9].*$", "");
        return digits.isEmpty() || digits.length() > 4 ? 0 : Integer.parseInt(digits);
    }

    private Finding transport() {
        if ("https".equals(settings.url().getScheme())) {
            return Finding.ok("transport", "encrypted");
        }
        if (isLoopback(settings.url().getHost())) {
            return Finding.ok("transport", "not encrypted, and stays on this machine");
        }
        return Finding.warn(
                "transport",
                "the service user's password travels unencrypted to "
                        + settings.url().getHost(),
                "use https, unless this network is private");
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private void signIn(XmlRpcOdoo odoo) {
        try {
            int uid = odoo.signIn();
            signedIn = true;
            findings.add(Finding.ok("database", settings.database()));
            findings.add(Finding.ok("login", "%s is user %d".formatted(settings.login(), uid)));
        } catch (OdooException.NoDatabase e) {
            findings.add(Finding.fail("database", message(e), "correct odoo.database"));
        } catch (OdooException.WrongPassword e) {
            findings.add(Finding.ok("database", settings.database()));
            findings.add(Finding.fail(
                    "login",
                    message(e),
                    "set the user's password in Odoo and put the same one into odoo.password_file"));
        } catch (OdooException e) {
            findings.add(Finding.fail("login", message(e), "see Odoo's log"));
        }
    }

    private void askAddOn(XmlRpcOdoo odoo) {
        try {
            var info = new AddOn(odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of()));
            addOn = Optional.of(info);
            findings.addAll(info.findings());
            findings.addAll(RightsChecks.run(rights.apply(odoo), info.models()));
        } catch (OdooException.ModuleMissing e) {
            findings.add(Finding.fail("add-on", message(e), "install the module amanat_realtime in this database"));
        } catch (OdooException.AccessDenied e) {
            findings.add(Finding.fail(
                    "add-on",
                    message(e),
                    "make '%s' the service user: system parameter amanat_realtime.service_login"
                            .formatted(settings.login())));
        } catch (OdooException e) {
            findings.add(Finding.fail("add-on", message(e), "see Odoo's log"));
        }
    }

    private static String message(OdooException e) {
        return String.valueOf(e.getMessage());
    }

    /** The add-on's {@code bridge_info}. */
    record AddOn(JsonNode info) {

        private static final int PROTOCOL = 1;

        List<Finding> findings() {
            return List.of(protocol(), liveModels(), tokenKey());
        }

        /** Whether the add-on says that it keeps others off its channel. */
        boolean guardsChannel() {
            return info.path("channel_guard").isBoolean()
                    && info.path("channel_guard").asBoolean();
        }

        List<String> models() {
            return List.copyOf(info.path("models").propertyNames());
        }

        private Finding protocol() {
            var version = "amanat_realtime " + info.path("addon_version").asString("of unknown version");
            return info.path("protocol").asInt(0) == PROTOCOL
                    ? Finding.ok("add-on", version)
                    : Finding.fail(
                            "add-on",
                            version + " speaks another protocol",
                            "update the add-on or the bridge to one release");
        }

        private Finding liveModels() {
            var names = models();
            return names.isEmpty()
                    ? Finding.warn("live models", "no model inherits amanat.base.model", "see the add-on's README")
                    : Finding.ok("live models", String.join(", ", names));
        }

        private Finding tokenKey() {
            boolean usable = !info.path("issuer").asString("").isEmpty() && hasKey();
            return usable
                    ? Finding.ok(
                            "token key",
                            "%d public key(s)".formatted(info.path("keys").size()))
                    : Finding.fail(
                            "token key",
                            "the add-on names no usable ES256 key",
                            "update the module amanat_realtime, which creates one");
        }

        private boolean hasKey() {
            for (var key : info.path("keys")) {
                if ("P-256".equals(key.path("crv").asString(""))
                        && key.path("x").isString()
                        && key.path("y").isString()) {
                    return true;
                }
            }
            return false;
        }
    }
}
