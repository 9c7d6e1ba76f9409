package io.amanat.bridge.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FrameReaderTest {

    private static final String TAB = "9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8";

    private final FrameReader reader = new FrameReader();

    @Test
    void readsTheSamplesOfTheContract() {
        assertThat(reader.read(Samples.text("hello")))
                .isEqualTo(new ClientFrame.Hello(
                        "eyJhbGciOiJFUzI1NiJ9.e30.AA", TAB, Optional.of(new ClientFrame.Mark("k3j9", 1041))));
        assertThat(reader.read(Samples.text("watch-list")))
                .isEqualTo(new ClientFrame.Watch(
                        "list-1",
                        "amanat.transfer",
                        OptionalLong.empty(),
                        Optional.of(Set.of("name", "amount", "state", "sender_id")),
                        Optional.of(tree("[['state','=','open']]")),
                        List.of("date", "id"),
                        Optional.of(List.of(1L)),
                        Optional.empty(),
                        true));
        assertThat(reader.read(Samples.text("watch-resume")))
                .isEqualTo(new ClientFrame.Watch(
                        "list-1",
                        "amanat.transfer",
                        OptionalLong.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.of(new ClientFrame.Resume(new ClientFrame.Mark("k3j9", 1041), "q3Zt0w9x")),
                        false));
        assertThat(reader.read(Samples.text("watch-form")))
                .isEqualTo(new ClientFrame.Watch(
                        "form-1",
                        "amanat.transfer",
                        OptionalLong.of(42),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        true));
        assertThat(reader.read(Samples.text("touch")))
                .isEqualTo(new ClientFrame.Touch(
                        "touch-1", "amanat.transfer", 42, Set.of("amount", "note"), Optional.of(List.of(1L))));
        assertThat(reader.read(Samples.text("untouch"))).isEqualTo(new ClientFrame.Untouch("touch-1"));
        assertThat(reader.read(Samples.text("unwatch"))).isEqualTo(new ClientFrame.Unwatch("list-1"));
        assertThat(reader.read(Samples.text("token"))).isEqualTo(new ClientFrame.Token("eyJhbGciOiJFUzI1NiJ9.e30.AA"));
        assertThat(reader.read(Samples.text("ping"))).isEqualTo(new ClientFrame.Ping());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "42",
                "null",
                "{'type':'ping'} {'type':'ping'}",
                "{'type':'ping','type':'ping'}",
                "{'a':NaN}"
            })
    void refusesWhatIsNoJsonObject(String text) {
        assertThat(code(text)).isEqualTo(ErrorCode.BAD_JSON);
    }

    @Test
    void refusesEndlessNesting() {
        assertThat(code("{'type':'ping','x':" + "[".repeat(5_000))).isEqualTo(ErrorCode.BAD_JSON);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{}", "{'type':7}", "{'type':'shout'}", "{'type':'Hello'}"})
    void refusesUnknownTypes(String text) {
        assertThat(code(text)).isEqualTo(ErrorCode.BAD_TYPE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{'type':'hello','token':'t'}|origin",
                "{'type':'hello','token':'t','origin':'short'}|origin",
                "{'type':'hello','token':7,'origin':'9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8'}|token",
                "{'type':'hello','token':'t','origin':'9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8','resume':{'epoch':1}}|resume",
                "{'type':'watch','view':'list','model':'m'}|ref",
                "{'type':'watch','ref':'','view':'list','model':'m'}|ref",
                "{'type':'watch','ref':['a'],'view':'list','model':'m'}|ref",
                "{'type':'watch','ref':'a','model':'m'}|view",
                "{'type':'watch','ref':'a','view':'kanban','model':'m'}|view",
                "{'type':'watch','ref':'a','view':'list','model':7}|model",
                "{'type':'watch','ref':'a','view':'list','model':'no spaces'}|model",
                "{'type':'watch','ref':'a','view':'form','model':'m'}|id",
                "{'type':'watch','ref':'a','view':'form','model':'m','id':0}|id",
                "{'type':'watch','ref':'a','view':'form','model':'m','id':1.5}|id",
                "{'type':'watch','ref':'a','view':'form','model':'m','id':99999999999999999999}|id",
                "{'type':'watch','ref':'a','view':'list','model':'m','fields':'name'}|fields",
                "{'type':'watch','ref':'a','view':'list','model':'m','fields':[1]}|fields",
                "{'type':'watch','ref':'a','view':'list','model':'m','companies':[]}|companies",
                "{'type':'watch','ref':'a','view':'list','model':'m','companies':['1']}|companies",
                "{'type':'hello','token':'t','origin':'9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8','resume':{'epoch':'e','offset':-1}}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','resume':7}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','resume':{'epoch':'e','offset':1}}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','resume':{'epoch':'e','offset':1.5,'rights':'r'}}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','resume':{'epoch':'e','offset':1,'rights':7}}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','resume':{'epoch':'e','offset':1e30,'rights':'r'}}|resume",
                "{'type':'watch','ref':'a','view':'list','model':'m','presence':1}|presence",
                "{'type':'unwatch'}|ref",
                "{'type':'touch','model':'m','id':1,'fields':[]}|ref",
                "{'type':'touch','ref':'a','model':'m','id':0,'fields':[]}|id",
                "{'type':'touch','ref':'a','model':7,'id':1,'fields':[]}|model",
                "{'type':'touch','ref':'a','model':'m','id':1}|fields",
                "{'type':'touch','ref':'a','model':'m','id':1,'fields':{'amount':9}}|fields",
                "{'type':'touch','ref':'a','model':'m','id':1,'fields':[],'companies':[]}|companies",
                "{'type':'untouch'}|ref",
                "{'type':'token','token':{}}|token",
            })
    void namesTheKeyThatIsWrong(String text, String key) {
        assertThat(reader.read(text.replace('\'', '"'))).isInstanceOfSatisfying(ClientFrame.Malformed.class, it -> {
            assertThat(it.code()).isEqualTo(ErrorCode.BAD_VALUE);
            assertThat(it.message()).startsWith(key + " must be");
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "date",
                "date desc, id",
                " DATE DESC NULLS LAST ,id asc nulls first",
                "date desc,id desc,date",
            })
    void anOrderNamesTheFieldsItLooksAt(String order) {
        assertThat(watch("'order':'%s'".formatted(order)))
                .isInstanceOfSatisfying(
                        ClientFrame.Watch.class,
                        it -> assertThat(it.order())
                                .extracting(String::toLowerCase)
                                .isIn(List.of("date"), List.of("date", "id")));
    }

    @Test
    void aPathInAnOrderIsNamedAsItIs() {
        assertThat(watch("'order':'partner_id.name, id'"))
                .isInstanceOfSatisfying(
                        ClientFrame.Watch.class, it -> assertThat(it.order()).containsExactly("partner_id.name", "id"));
    }

    @Test
    void noOrderLooksAtNoField() {
        for (var text : List.of("'companies':[1]", "'order':''", "'order':'  '")) {
            assertThat(watch(text))
                    .isInstanceOfSatisfying(
                            ClientFrame.Watch.class,
                            it -> assertThat(it.order()).isEmpty());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "'date; drop table'",
                "'date desc desc'",
                "'date,'",
                "','",
                "'1date'",
                "'date nulls'",
                "'date desc nulls'",
                "'lower(date)'",
                "'a..b'",
                "'\u0434\u0430\u0442\u0430'",
                "7",
                "null",
                "['date']"
            })
    void whatIsNoOrderIsAnsweredAndTheConnectionGoesOn(String order) {
        assertThat(watch("'order':" + order)).isEqualTo(bad(ErrorCode.BAD_ORDER));
    }

    @Test
    void anOrderIsBounded() {
        assertThat(watch("'order':'%s'".formatted("a,".repeat(31) + "a"))).isInstanceOf(ClientFrame.Watch.class);
        assertThat(watch("'order':'%s'".formatted("a,".repeat(32) + "a"))).isEqualTo(bad(ErrorCode.BAD_ORDER));
        assertThat(watch("'order':'%s'".formatted("a".repeat(1_025)))).isEqualTo(bad(ErrorCode.BAD_ORDER));
    }

    @ParameterizedTest
    @ValueSource(strings = {"'all'", "true", "null", "7", "{}"})
    void whatIsNoDomainIsAnsweredAndTheConnectionGoesOn(String domain) {
        assertThat(watch("'domain':" + domain)).isEqualTo(bad(ErrorCode.BAD_DOMAIN));
    }

    @Test
    void aDomainIsBounded() {
        assertThat(watch("'domain':[%s0]".formatted("1,".repeat(4_998)))).isInstanceOf(ClientFrame.Watch.class);
        assertThat(watch("'domain':[%s0]".formatted("1,".repeat(4_999)))).isEqualTo(bad(ErrorCode.BAD_DOMAIN));
        assertThat(watch("'domain':" + "[".repeat(32) + "]".repeat(32))).isInstanceOf(ClientFrame.Watch.class);
        assertThat(watch("'domain':" + "[".repeat(33) + "]".repeat(33))).isEqualTo(bad(ErrorCode.BAD_DOMAIN));
    }

    @Test
    void aFormHasNeitherDomainNorOrder() {
        var form = "{'type':'watch','ref':'a','view':'form','model':'m','id':1,%s}";

        assertThat(read(form.formatted("'domain':[]"))).isEqualTo(bad(ErrorCode.BAD_DOMAIN));
        assertThat(read(form.formatted("'order':'id'"))).isEqualTo(bad(ErrorCode.BAD_ORDER));
    }

    @Test
    void aStampIsBounded() {
        var resume = "'resume':{'epoch':'e','offset':1,'rights':'%s'}";

        assertThat(watch(resume.formatted("r".repeat(128)))).isInstanceOf(ClientFrame.Watch.class);
        assertThat(watch(resume.formatted("r".repeat(129)))).isInstanceOf(ClientFrame.Malformed.class);
    }

    private static ClientFrame bad(ErrorCode code) {
        return new ClientFrame.BadWatch("a", code, code == ErrorCode.BAD_ORDER ? ViewOrder.RULE : ViewDomain.RULE);
    }

    private ClientFrame watch(String more) {
        return read("{'type':'watch','ref':'a','view':'list','model':'m',%s}".formatted(more));
    }

    private ClientFrame read(String text) {
        return reader.read(text.replace('\'', '"'));
    }

    private static JsonNode tree(String text) {
        return JsonMapper.shared().readTree(text.replace('\'', '"'));
    }

    @Test
    void ignoresKeysItDoesNotKnow() {
        assertThat(reader.read("{\"type\":\"ping\",\"later\":{\"a\":[1]}}")).isEqualTo(new ClientFrame.Ping());
    }

    private ErrorCode code(String text) {
        return reader.read(text.replace('\'', '"')) instanceof ClientFrame.Malformed malformed
                ? malformed.code()
                : ErrorCode.GOING_AWAY;
    }
}
