package io.amanat.e2e.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jwt.SignedJWT;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class TokenContractTest extends ContractTest {

    TokenContractTest(Side side) {
        super(side);
    }

    private static JsonNode grant(Client client) {
        return client.post("/amanat_realtime/token", Map.of());
    }

    private static SignedJWT token(Client client) throws Exception {
        return SignedJWT.parse(grant(client).path("result").path("token").asString());
    }

    @Test
    void withoutALoginThereIsNoToken() {
        var answer = grant(stranger());

        assertThat(answer.path("error").path("code").asInt()).isEqualTo(100);
        assertThat(answer.has("result")).isFalse();
    }

    @Test
    void theAnswerTellsWhereToConnectAndWhatIsLive() {
        var grant = grant(as("aziz")).path("result");

        assertThat(grant.propertyNames()).containsExactlyInAnyOrder("token", "expires_in", "url", "models", "order");
        assertThat(grant.path("expires_in").asInt()).isEqualTo(300);
        assertThat(grant.path("url").asString()).startsWith("ws");
        assertThat(grant.path("models").valueStream().map(JsonNode::asString))
                .containsExactlyInAnyOrder(TRANSFER, MONEY, ORDER, TEST);
        assertThat(grant.path("order").toString())
                .contains("\"amanat.transfer\":[\"id desc\"]", "\"amanat.money\":[\"date desc\",\"id desc\"]");
    }

    @Test
    void whoMayReadNothingIsToldOfNoModel() {
        assertThat(grant(as("sardor")).path("result").path("models")).isEmpty();
        assertThat(grant(as("portal1")).path("result").path("models")).isEmpty();
    }

    @Test
    void aTokenSaysWhoTheBrowserBelongsTo() throws Exception {
        var malika = as("malika");
        var info = as(Target.SERVICE).call("amanat.bridge", "bridge_info");
        int uid = malika.post("/web/session/get_session_info", Map.of())
                .path("result")
                .path("uid")
                .asInt();

        var claims = token(malika).getJWTClaimsSet();

        assertThat(claims.getClaims().keySet())
                .containsExactlyInAnyOrder(
                        "iss", "aud", "sub", "sid", "name", "companies", "lang", "iat", "exp", "jti", "presence");
        assertThat(claims.getStringClaim("presence")).isEqualTo("shown");
        assertThat(claims.getIssuer()).isEqualTo(info.path("issuer").asString());
        assertThat(claims.getAudience()).containsExactly("amanat-realtime");
        assertThat(claims.getSubject()).isEqualTo(String.valueOf(uid));
        assertThat(claims.getStringClaim("lang")).isEqualTo("ru_RU");
        assertThat(claims.getStringClaim("name")).isEqualTo("Малика Юсупова");
        assertThat(claims.getListClaim("companies").stream().map(String::valueOf))
                .containsExactlyInAnyOrder("1", "2");
        assertThat(Duration.between(
                        claims.getIssueTime().toInstant(),
                        claims.getExpirationTime().toInstant()))
                .isEqualTo(Duration.ofMinutes(5));
    }

    @Test
    void aTokenIsSignedWithAKeyThatBridgeInfoNames() throws Exception {
        var key = as(Target.SERVICE)
                .call("amanat.bridge", "bridge_info")
                .path("keys")
                .path(0);

        var token = token(as("aziz"));

        assertThat(token.getHeader().getAlgorithm().getName()).isEqualTo("ES256");
        assertThat(token.getHeader().getKeyID()).isEqualTo(key.path("kid").asString());
        assertThat(token.getHeader().getType().getType()).isEqualTo("JWT");
        assertThat(token.verify(new ECDSAVerifier(ECKey.parse(key.toString())))).isTrue();
    }

    @Test
    void theSessionsFingerprintIsThatOfTheLogin() throws Exception {
        var aziz = as("aziz");

        String one = token(aziz).getJWTClaimsSet().getStringClaim("sid");
        String again = token(aziz).getJWTClaimsSet().getStringClaim("sid");
        String elsewhere = token(stranger().signIn("aziz")).getJWTClaimsSet().getStringClaim("sid");

        assertThat(one).isEqualTo(again).isNotEqualTo(elsewhere).isNotEqualTo(aziz.session());
        assertThat(List.of(aziz.session())).noneMatch(one::contains);
    }

    @Test
    void noTokenIsGivenTwice() throws Exception {
        var aziz = as("aziz");

        assertThat(token(aziz).getJWTClaimsSet().getJWTID())
                .isNotEqualTo(token(aziz).getJWTClaimsSet().getJWTID());
    }

    @Test
    void otherSitesGetNoPermissionToRead() {
        var response = as("aziz").send("/amanat_realtime/token", Map.of());

        assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }
}
