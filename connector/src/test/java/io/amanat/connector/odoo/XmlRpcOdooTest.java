package io.amanat.connector.odoo;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static io.amanat.connector.odoo.FakeOdoo.fault;
import static io.amanat.connector.odoo.FakeOdoo.value;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlRpcOdooTest {

    private final FakeOdoo fake = new FakeOdoo();
    private final XmlRpcOdoo odoo = new XmlRpcOdoo(fake.settings());

    @AfterEach
    void stop() {
        odoo.close();
        fake.close();
    }

    @Test
    void signsInOnceAndCallsWithTheUserId() {
        signedInAs(9);
        answering("/xmlrpc/2/object", xml(value("<boolean>1</boolean>")));

        odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of());
        odoo.call("amanat.bridge", "bridge_info", List.of(), Map.of());

        fake.server().verify(1, postRequestedFor(urlPathEqualTo("/xmlrpc/2/common")));
        fake.server()
                .verify(
                        2,
                        postRequestedFor(urlPathEqualTo("/xmlrpc/2/object"))
                                .withRequestBody(containing("<methodName>execute_kw</methodName>"))
                                .withRequestBody(containing("<i4>9</i4>"))
                                .withRequestBody(containing("amanat.bridge")));
    }

    @Test
    void valuesOfEveryKindComeBackAsJson() {
        signedInAs(9);
        answering("/xmlrpc/2/object", xml(value("""
                <struct><member><name>a</name><value><array><data><value><int>1</int></value><value><i8>5000000000</i8></value>\
                <value><double>1.5</double></value><value><boolean>0</boolean></value><value><nil/></value>\
                <value><string>O‘zbek &lt;b&gt;</string></value><value>bare</value></data></array></value></member></struct>""")));

        assertThat(odoo.call("m", "f", List.of(), Map.of()))
                .hasToString("{\"a\":[1,5000000000,1.5,false,false,\"O‘zbek <b>\",\"bare\"]}");
    }

    @Test
    void argumentsOfEveryKindArrive() {
        signedInAs(9);
        answering("/xmlrpc/2/object", xml(value("<nil/>")));
        var options = new HashMap<String, Object>(Map.of("flag", true, "half", 0.5));
        options.put("limit", null);

        odoo.call("m", "f", List.of(List.of(42L, 5_000_000_000L), "a<b"), options);

        fake.server()
                .verify(postRequestedFor(urlPathEqualTo("/xmlrpc/2/object"))
                        .withRequestBody(containing("<i4>42</i4>"))
                        .withRequestBody(containing("<i8>5000000000</i8>"))
                        .withRequestBody(containing("a&lt;b"))
                        .withRequestBody(containing("<boolean>1</boolean>"))
                        .withRequestBody(containing("<double>0.5</double>"))
                        .withRequestBody(matching("(?s).*<nil ?/>.*|(?s).*<nil></nil>.*")));
    }

    @Test
    void textsOfEveryAlphabetArrive() {
        signedInAs(9);
        answering("/xmlrpc/2/object", xml(value("<nil/>")));

        odoo.call("m", "f", List.of("Малика, Oʻzbekiston, 日本, \uD83D\uDE80, <&>\"'"), Map.of());

        fake.server()
                .verify(postRequestedFor(urlPathEqualTo("/xmlrpc/2/object"))
                        .withRequestBody(containing("Малика, Oʻzbekiston, 日本, \uD83D\uDE80, &lt;&amp;")));
    }

    @Test
    void aWrongPasswordIsAnAnswerOfFalse() {
        answering("/xmlrpc/2/common", xml(value("<boolean>0</boolean>")));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.WrongPassword.class)
                .hasMessageContaining("'bridge'")
                .hasMessageContaining("check login and password");
    }

    @Test
    void aMissingDatabaseIsToldFromTheTraceback() {
        answering(
                "/xmlrpc/2/common",
                xml(
                        fault(
                                1,
                                "Traceback (most recent call last):\n  File \"x.py\", line 1\npsycopg2.OperationalError: connection failed: FATAL:  database \"amanat\" does not exist\n\n")));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.NoDatabase.class)
                .hasMessageContaining("no database 'amanat'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "2|Object amanat.bridge doesn't exist",
                "1|Traceback\nAttributeError: The method 'amanat.bridge.readable' does not exist",
            })
    void aMissingModelOrMethodMeansTheAddOnIsMissing(String fault) {
        failingWith(fault);

        assertThatThrownBy(() -> odoo.call("amanat.bridge", "readable", List.of(), Map.of()))
                .isInstanceOf(OdooException.ModuleMissing.class)
                .hasMessageContaining("install or update the module amanat_realtime");
    }

    @Test
    void aRefusedCallSaysWhoMayNot() {
        failingWith("4|Only the bridge may call this\nsecond line");

        assertThatThrownBy(() -> odoo.call("amanat.bridge", "readable", List.of(), Map.of()))
                .isInstanceOf(OdooException.AccessDenied.class)
                .hasMessage("amanat.bridge.readable: Odoo refuses this to 'bridge': Only the bridge may call this");
    }

    @Test
    void aPasswordChangedMeanwhileIsAWrongPassword() {
        failingWith("3|Access Denied");

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .isInstanceOf(OdooException.WrongPassword.class);
    }

    @Test
    void ofATracebackOnlyTheLastLineIsKept() {
        failingWith("1|Traceback (most recent call last):\n  File \"/opt/secret/path.py\"\nValueError: nothing to do");

        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .isInstanceOf(OdooException.Failed.class)
                .hasMessage("m.f failed in Odoo: ValueError: nothing to do");
    }

    @Test
    void aRedirectIsNotFollowed() {
        fake.answering(aResponse().withStatus(302).withHeader("Location", "https://evil.example/login?next=x"));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Unreachable.class)
                .hasMessageContaining("redirects to https://evil.example/login,")
                .hasMessageContaining("set the url to the final address");
        fake.server().verify(1, postRequestedFor(urlPathEqualTo("/xmlrpc/2/common")));
    }

    @Test
    void aWebPageIsNotOdoo() {
        fake.answering(aResponse()
                .withHeader("Content-Type", "text/html; charset=utf-8")
                .withBody("<html>login</html>"));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Unreachable.class)
                .hasMessageContaining("answered with text/html");
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 429, 502, 503, 504})
    void aProxyOrWrongAddressIsUnreachable(int status) {
        fake.answering(aResponse().withStatus(status));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Unreachable.class)
                .hasMessageContaining(Integer.toString(status));
    }

    @Test
    void anInternalErrorIsAFailure() {
        fake.answering(aResponse().withStatus(500));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("see Odoo's log");
    }

    @Test
    void nobodyListeningIsUnreachable() {
        fake.close();

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Unreachable.class)
                .hasMessageContaining("is Odoo running");
    }

    @Test
    void aServerWithoutTlsIsATlsError() {
        var https = OdooSettings.of(
                URI.create(fake.server().baseUrl().replace("http:", "https:")), "amanat", "bridge", FakeOdoo.PASSWORD);

        try (var secure = new XmlRpcOdoo(https)) {
            assertThatThrownBy(secure::signIn)
                    .isInstanceOf(OdooException.Tls.class)
                    .hasMessageContaining("check the certificate");
        }
    }

    @Test
    void aCutConnectionIsUnreachable() {
        fake.answering(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE));

        assertThatThrownBy(odoo::signIn).isInstanceOf(OdooException.Unreachable.class);
    }

    @Test
    void aTruncatedBodyIsRefused() {
        fake.answering(xml(value("<int>9</int>").substring(0, 60)));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("not readable XML-RPC");
    }

    @Test
    void anAnswerThatDripsIsCutOffAtTheTimeoutOfTheWholeCall() {
        fake.answering(xml(value("<int>9</int>")).withChunkedDribbleDelay(50, 60_000));
        var hasty = fake.settings().withLimits(Duration.ofSeconds(30), Duration.ofSeconds(1), 1024);

        try (var impatient = new XmlRpcOdoo(hasty)) {
            assertThatThrownBy(impatient::signIn)
                    .isInstanceOf(OdooException.Unreachable.class)
                    .hasMessageContaining("did not answer within 1000 ms");
        }
    }

    @Test
    void aLargeAnswerIsRefused() {
        fake.answering(xml(value("<string>" + "x".repeat(65 * 1024) + "</string>")));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("over 65536 bytes");
    }

    @Test
    void aZipBombIsRefused() {
        fake.answering(xml("").withHeader("Content-Encoding", "gzip").withBody(zipped(new byte[64 * 1024 * 1024])));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("over 65536 bytes");
    }

    @Test
    void aZippedAnswerIsRead() {
        var body = value("<int>9</int>").getBytes(StandardCharsets.UTF_8);
        fake.answering(xml("").withHeader("Content-Encoding", "gzip").withBody(zipped(body)));

        assertThat(odoo.signIn()).isEqualTo(9);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<?xml version='1.0'?><!DOCTYPE a [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><methodResponse><params><param><value><string>&e;</string></value></param></params></methodResponse>",
                "<?xml version='1.0'?><!DOCTYPE a SYSTEM 'http://127.0.0.1:1/x.dtd'><methodResponse/>",
            })
    void documentTypesAreRefused(String hostile) {
        fake.answering(xml(hostile));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("not readable XML-RPC");
    }

    @Test
    void deepNestingIsRefused() {
        var open = "<array><data><value>".repeat(1000);
        var close = "</value></data></array>".repeat(1000);
        fake.answering(xml(value(open + close)));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("not readable XML-RPC");
    }

    @Test
    void serializedObjectsAreRefused() {
        fake.answering(
                xml(
                        value(
                                "<ex:serializable xmlns:ex='http://ws.apache.org/xmlrpc/namespaces/extensions'>rO0ABQ==</ex:serializable>")));

        assertThatThrownBy(odoo::signIn).isInstanceOf(OdooException.Failed.class);
    }

    @Test
    void anExceptionInAFaultIsNeverDeserialized() throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var out = new ObjectOutputStream(bytes)) {
            out.writeObject(new Gadget());
        }
        var cause = "<member><name>faultCause</name><value><base64>%s</base64></value></member></struct>"
                .formatted(Base64.getEncoder().encodeToString(bytes.toByteArray()));
        fake.answering(xml(fault(1, "x").replace("</struct>", cause)));

        assertThatThrownBy(odoo::signIn).isInstanceOf(OdooException.Failed.class);
        assertThat(Gadget.awake).isFalse();
    }

    /** Does on its own, when deserialized, what nobody asked for. */
    private static final class Gadget extends Exception {
        private static volatile boolean awake;

        @SuppressWarnings("UnusedMethod")
        private void readObject(ObjectInputStream in) {
            awake = true;
        }
    }

    @Test
    void aFaultOfVersionOneIsRefusedPolitely() {
        fake.answering(xml(fault(1, "x").replace("<int>1</int>", "<string>AccessDenied</string>")));

        assertThatThrownBy(odoo::signIn)
                .isInstanceOf(OdooException.Failed.class)
                .hasMessageContaining("version 2");
    }

    @Test
    void thePasswordIsInNoTextThatCouldBeLogged() {
        failingWith("1|ValueError: swordfis");

        assertThat(odoo.toString()).doesNotContain("swordfish");
        assertThat(fake.settings().toString()).doesNotContain("swordfish");
        assertThatThrownBy(() -> odoo.call("m", "f", List.of(), Map.of()))
                .satisfies(e -> assertThat(e.toString() + Arrays.toString(e.getSuppressed()))
                        .doesNotContain("swordfish"));
    }

    @Test
    void callsGoAsOurselves() {
        signedInAs(9);

        odoo.signIn();

        fake.server()
                .verify(postRequestedFor(urlPathEqualTo("/xmlrpc/2/common"))
                        .withHeader("User-Agent", equalTo("amanat-realtime")));
    }

    private void failingWith(String codeAndText) {
        var parts = codeAndText.split("\\|", 2);
        signedInAs(9);
        answering("/xmlrpc/2/object", xml(fault(Integer.parseInt(parts[0]), parts[1])));
    }

    private void signedInAs(int uid) {
        answering("/xmlrpc/2/common", xml(value("<int>%d</int>".formatted(uid))));
    }

    private void answering(String path, ResponseDefinitionBuilder answer) {
        fake.server().stubFor(post(path).willReturn(answer));
    }

    private static ResponseDefinitionBuilder xml(String body) {
        return aResponse().withHeader("Content-Type", "text/xml").withBody(body.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zipped(byte[] body) {
        var out = new ByteArrayOutputStream();
        try (var zip = new GZIPOutputStream(out)) {
            zip.write(body);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }
}
