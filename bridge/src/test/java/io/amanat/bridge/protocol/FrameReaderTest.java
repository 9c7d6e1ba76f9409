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

class FrameReaderTest {

    private static final String TAB = "9f1c4e0a8b7d4c21a0f3f3b2c1d0e9f8";

    private final FrameReader reader = new FrameReader();

    @Test
    void readsTheSamplesOfTheContract() {
        assertThat(reader.read(Samples.text("hello")))
                .isEqualTo(new ClientFrame.Hello(
                        "eyJhbGciOiJFUzI1NiJ9.e30.AA", TAB, Optional.of(new ClientFrame.Resume("k3j9", 1041))));
        assertThat(reader.read(Samples.text("watch-list")))
                .isEqualTo(new ClientFrame.Watch(
                        "list-1",
                        "amanat.transfer",
                        OptionalLong.empty(),
                        Optional.of(Set.of("name", "amount", "state", "sender_id")),
                        Optional.of(List.of(1L))));
        assertThat(reader.read(Samples.text("watch-form")))
                .isEqualTo(new ClientFrame.Watch(
                        "form-1", "amanat.transfer", OptionalLong.of(42), Optional.empty(), Optional.empty()));
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
                "{'type':'watch','ref':'a','view':'list','model':'m','domain':'all'}|domain",
                "{'type':'unwatch'}|ref",
                "{'type':'token','token':{}}|token",
            })
    void namesTheKeyThatIsWrong(String text, String key) {
        assertThat(reader.read(text.replace('\'', '"'))).isInstanceOfSatisfying(ClientFrame.Malformed.class, it -> {
            assertThat(it.code()).isEqualTo(ErrorCode.BAD_VALUE);
            assertThat(it.message()).startsWith(key + " must be");
        });
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
