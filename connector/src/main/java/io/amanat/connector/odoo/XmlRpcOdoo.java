package io.amanat.connector.odoo;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.xmlrpc.XmlRpcException;
import org.apache.xmlrpc.client.XmlRpcClient;
import org.apache.xmlrpc.client.XmlRpcClientConfigImpl;
import org.apache.xmlrpc.client.XmlRpcTransport;
import org.apache.xmlrpc.client.XmlRpcTransportFactory;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Calls Odoo over XML-RPC ({@code /xmlrpc/2}). Signs in at the first call and remembers the user id; opens no connection before.
 * Odoo 19 calls this interface deprecated and plans to drop it in 22; JSON-2 is the successor.
 */
public final class XmlRpcOdoo implements OdooRpc {

    private final OdooSettings settings;
    private final OdooHttp http;
    private final XmlRpcClient common;
    private final XmlRpcClient object;
    private final Faults faults;
    private volatile int uid;

    public XmlRpcOdoo(OdooSettings settings) {
        this.settings = settings;
        this.http = new OdooHttp(settings);
        this.common = client("/xmlrpc/2/common");
        this.object = client("/xmlrpc/2/object");
        this.faults = new Faults(settings);
    }

    @Override
    public String version() {
        return XmlRpcValues.incoming(execute(common, "version", List.of(), "version"))
                .path("server_version")
                .asString("unknown");
    }

    /**
     * Signs in, or says why that is impossible.
     *
     * @return the user id
     */
    public int signIn() {
        var args = List.<@Nullable Object>of(
                settings.database(), settings.login(), settings.password().reveal(), Map.of());
        if (!(execute(common, "authenticate", args, "signing in") instanceof Integer id)) {
            throw faults.wrongPassword();
        }
        uid = id;
        return id;
    }

    @Override
    public JsonNode call(String model, String method, List<?> args, Map<String, ?> kwargs) {
        var params = new ArrayList<@Nullable Object>();
        params.add(settings.database());
        params.add(uid == 0 ? signIn() : uid);
        params.add(settings.password().reveal());
        params.add(model);
        params.add(method);
        params.add(XmlRpcValues.outgoing(args));
        params.add(XmlRpcValues.outgoing(kwargs));
        return XmlRpcValues.incoming(execute(object, "execute_kw", params, model + "." + method));
    }

    private @Nullable Object execute(XmlRpcClient client, String method, List<@Nullable Object> params, String what) {
        try {
            return client.execute(method, params);
        } catch (XmlRpcException e) {
            throw faults.translate(what, e);
        } catch (OdooException e) {
            throw e;
        } catch (RuntimeException e) {
            // the library's parser fails in many ways
            throw new OdooException.Failed(what + ": Odoo's answer is not XML-RPC as version 2 defines it", e);
        }
    }

    private XmlRpcClient client(String path) {
        var client = new XmlRpcClient();
        var config = new XmlRpcClientConfigImpl();
        config.setEnabledForExtensions(false);
        config.setEnabledForExceptions(false);
        config.setEncoding("UTF-8");
        client.setConfig(config);
        client.setTypeFactory(new XmlRpcTypes(client));
        client.setXmlWriterFactory(new XmlRpcWriters());
        client.setTransportFactory(new XmlRpcTransportFactory() {
            @Override
            public XmlRpcTransport getTransport() {
                return new HardenedTransport(client, http, path);
            }
        });
        return client;
    }

    @Override
    public void close() {
        http.close();
    }

    @Override
    public String toString() {
        return "Odoo at %s, database %s, as %s".formatted(settings.url(), settings.database(), settings.login());
    }
}
