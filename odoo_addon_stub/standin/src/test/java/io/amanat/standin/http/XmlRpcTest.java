package io.amanat.standin.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLStreamException;
import org.junit.jupiter.api.Test;

class XmlRpcTest {

    @Test
    void aCallIsReadWithAllItsTypes() throws Exception {
        var request = XmlRpc.parse("""
                <?xml version="1.0"?>
                <methodCall><methodName>execute_kw</methodName><params>
                <param><value><string>amanat</string></value></param>
                <param><value>bare</value></param>
                <param><value><i4>7</i4></value></param>
                <param><value><double>1.5</double></value></param>
                <param><value><boolean>1</boolean></value></param>
                <param><value><array><data><value><int>1</int></value><value><array><data></data></array></value>
                </data></array></value></param>
                <param><value><struct><member><name>a</name><value><string>&lt;b&gt;</string></value></member>
                <member><name>c</name><value><nil/></value></member></struct></value></param>
                </params></methodCall>""");

        assertThat(request)
                .isEqualTo(new XmlRpc.Request(
                        "execute_kw",
                        List.of(
                                "amanat",
                                "bare",
                                7,
                                1.5,
                                true,
                                List.of(1, List.of()),
                                Map.of("a", "<b>", "c", false))));
    }

    @Test
    void anAnswerEscapesTextAndDropsWhatXmlCannotHold() {
        assertThat(XmlRpc.response("a<b>&\u0001"))
                .contains("<string>a&lt;b&gt;&amp;</string>")
                .doesNotContain("\u0001");
    }

    @Test
    void aFaultCarriesItsCode() {
        assertThat(XmlRpc.fault(4, "no")).contains("<name>faultCode</name>\n<value><int>4</int>");
    }

    @Test
    void documentTypesAreNotFollowed() {
        assertThatExceptionOfType(XMLStreamException.class).isThrownBy(() -> XmlRpc.parse("""
                                <!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>
                                <methodCall><methodName>&e;</methodName></methodCall>"""));
    }
}
