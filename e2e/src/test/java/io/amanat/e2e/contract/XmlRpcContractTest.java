package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.amanat.connector.odoo.OdooException;
import io.amanat.connector.odoo.OdooRpc;
import io.amanat.connector.odoo.OdooSettings;
import io.amanat.connector.odoo.Secret;
import io.amanat.connector.odoo.XmlRpcOdoo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class XmlRpcContractTest extends ContractTest {

    XmlRpcContractTest(Side side) {
        super(side);
    }

    private XmlRpcOdoo rpc(String database, String login, String password) {
        return new XmlRpcOdoo(OdooSettings.of(odoo.url(), database, login, new Secret(password)));
    }

    private XmlRpcOdoo rpc(String login) {
        return rpc(odoo.database(), login, odoo.password(login));
    }

    @Test
    void theVersionNeedsNoLogin() {
        try (var rpc = rpc("aziz")) {
            assertThat(rpc.version()).startsWith("19.0");
        }
    }

    @Test
    void theLoginAnswersTheUsersId() {
        try (var rpc = rpc(Target.SERVICE)) {
            int uid = rpc.signIn();

            assertThat(rpc.call("amanat.bridge", "bridge_info", List.of(), Map.of())
                            .path("service_user_id")
                            .asInt())
                    .isEqualTo(uid);
        }
    }

    @Test
    void aWrongPasswordIsRefused() {
        try (var rpc = rpc(odoo.database(), Target.SERVICE, "wrong")) {
            assertThatExceptionOfType(OdooException.WrongPassword.class).isThrownBy(rpc::signIn);
        }
    }

    @Test
    void anUnknownDatabaseIsSaid() {
        try (var rpc = rpc("no_such_database", Target.SERVICE, "wrong")) {
            assertThatExceptionOfType(OdooException.NoDatabase.class).isThrownBy(rpc::signIn);
        }
    }

    @Test
    void bridgeInfoTellsEverythingTheBridgeNeeds() {
        JsonNode info;
        try (var rpc = rpc(Target.SERVICE)) {
            info = rpc.call("amanat.bridge", "bridge_info", List.of(), Map.of());
        }

        assertThat(info.propertyNames())
                .containsExactlyInAnyOrder(
                        "addon_version",
                        "protocol",
                        "database",
                        "database_uuid",
                        "install_id",
                        "issuer",
                        "audience",
                        "keys",
                        "channel",
                        "channel_guard",
                        "service_user_id",
                        "incarnation",
                        "bus_retention",
                        "models");
        assertThat(info.path("addon_version").asString()).isEqualTo("19.0.1.0.0");
        assertThat(info.path("protocol").asInt()).isEqualTo(1);
        assertThat(info.path("issuer").asString())
                .isEqualTo(info.path("database_uuid").asString() + "/"
                        + info.path("install_id").asString());
        assertThat(info.path("keys").path(0).propertyNames())
                .containsExactlyInAnyOrder("kty", "crv", "alg", "use", "kid", "x", "y");
        assertThat(info.path("channel").path(1).asString()).isEqualTo("res.groups");
        assertThat(info.path("channel").path(3).asString()).isEqualTo("realtime_updates");
    }

    @Test
    void theFourModelsSendTheSameFieldsAndNeverTheSecretOnes() {
        JsonNode models;
        try (var rpc = rpc(Target.SERVICE)) {
            models = rpc.call("amanat.bridge", "bridge_info", List.of(), Map.of())
                    .path("models");
        }

        assertThat(models.path(TRANSFER)).isEqualTo(Normal.expected("""
                        {'label':'Transfer','fields':{'name':'char','state':'selection','amount':'float','date':'date',
                        'sender_id':'many2one','receiver_id':'many2one','manager_id':'many2one','company_id':'many2one',
                        'note':'text','internal_note':'text','money_ids':'one2many','money_total':'float','active':'boolean'}}"""));
        assertThat(models.path(MONEY)).isEqualTo(Normal.expected("""
                        {'label':'Payment','fields':{'name':'char','transfer_id':'many2one','amount':'float','date':'date',
                        'state':'selection','company_id':'many2one'}}"""));
        assertThat(models.path(ORDER)).isEqualTo(Normal.expected("""
                        {'label':'Order','fields':{'name':'char','partner_id':'many2one','date':'date','state':'selection',
                        'total':'float','company_id':'many2one','transfer_ids':'many2many'}}"""));
        assertThat(models.path(TEST)).isEqualTo(Normal.expected("""
                        {'label':'Realtime test','fields':{'name':'char','value':'integer','note':'text',
                        'user_id':'many2one','company_id':'many2one'}}"""));
    }

    @Test
    void nobodyButTheServiceUserMayAsk() {
        for (String login : List.of("admin", "gulnora", "aziz", "sardor", "portal1")) {
            try (OdooRpc rpc = rpc(login)) {
                assertThatExceptionOfType(OdooException.AccessDenied.class)
                        .as(login)
                        .isThrownBy(() -> rpc.call("amanat.bridge", "bridge_info", List.of(), Map.of()));
                assertThatExceptionOfType(OdooException.AccessDenied.class)
                        .as(login)
                        .isThrownBy(() -> rpc.call("amanat.bridge", "readable", List.of(List.of()), Map.of()));
            }
        }
    }

    @Test
    void theServiceUserMayReadNoRecord() {
        try (var rpc = rpc(Target.SERVICE)) {
            assertThatExceptionOfType(OdooException.AccessDenied.class)
                    .isThrownBy(() -> rpc.call(TRANSFER, "search_read", List.of(List.of()), Map.of()));
        }
    }
}
