package io.amanat.bridge.table.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterTest {

    @Test
    void readsConditionsWithTheirValues() throws FilterException {
        assertThat(Filter.parse(
                        "plan_id=eq.7,status=not.in.(done,\"a, b\",\"\"),\"odd, name\"=like.\"50\\\\%, \\\"x\\\"\""))
                .isEqualTo(new Filter(List.of(
                        new Condition("plan_id", false, Operator.EQ, List.of("7")),
                        new Condition("status", true, Operator.IN, List.of("done", "a, b", "")),
                        new Condition("odd, name", false, Operator.LIKE, List.of("50\\%, \"x\"")))));
        assertThat(Filter.parse("title=eq.")).isEqualTo(one(Operator.EQ, ""));
        assertThat(Filter.parse("title=eq.a=b.c")).isEqualTo(one(Operator.EQ, "a=b.c"));
        assertThat(Filter.parse("title=eq.\\x")).isEqualTo(one(Operator.EQ, "\\x"));
        assertThat(Filter.parse("")).isEqualTo(Filter.ALL);
    }

    private static Filter one(Operator operator, String value) {
        return new Filter(List.of(new Condition("title", false, operator, List.of(value))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                " ",
                "a",
                "=eq.1",
                "a=eq",
                "a=1",
                "a=EQ.1",
                "a=between.1",
                "a=not.not.eq.1",
                "a=eq.1,",
                ",a=eq.1",
                "a=eq.1;b=eq.2",
                "a=eq.f(x)",
                "a=eq.x\"y",
                "a=eq.\"x",
                "a=eq.\"x\"y",
                "a=eq.\"x\\y\"",
                "a=in.",
                "a=in.()",
                "a=in.(1,)",
                "a=in.(,1)",
                "a=in.(1",
                "a=in.1,2",
                "a=in.(1))",
                "a=in.(1)2",
            })
    void refusesWhatIsNoFilter(String text) {
        assertThatExceptionOfType(FilterException.class)
                .as(text)
                .isThrownBy(() -> RowFilter.compile(Filter.parse(text), Shapes.KINDS))
                .satisfies(it -> assertThat(it.getMessage()).isNotBlank());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nothing=eq.1",
                "title=gt.a",
                "status=lte.happy",
                "status=like.h%",
                "whole=like.1%",
                "whole=eq.1.5",
                "whole=eq.",
                "whole=eq.2147483648",
                "small=in.(1,70000)",
                "id=eq.9223372036854775808",
                "exact=eq.1e5000",
                "exact=eq.nan",
                "single=eq.1e39",
                "single=eq.1e-60",
                "double=eq.1e400",
                "flag=eq.yes",
                "flag=is.maybe",
                "whole=is.true",
                "who=eq.7",
                "day=eq.2026-02-30",
                "day=gte.yesterday",
                "day=eq.2026-11-23T00:00:00",
                "instant=gt.2026-11-23T00:00:00",
                "instant=gt.2026-11-23",
                "moment=gt.2026-11-23T00:00:00Z",
                "clock=eq.24:00:00",
                "doc=eq.{}",
                "doc=is.null",
                "tags=eq.a",
                "span=lt.1h",
                "title=like.\\",
            })
    void refusesWhatItsTableHasNot(String text) throws FilterException {
        var filter = Filter.parse(text);

        assertThatExceptionOfType(FilterException.class)
                .as(text)
                .isThrownBy(() -> RowFilter.compile(filter, Shapes.KINDS))
                .satisfies(it -> assertThat(it.getMessage()).isNotBlank());
    }

    @Test
    void filtersAreBounded() throws FilterException {
        refusesMore(Filter.parse("whole=eq.1" + ",whole=eq.1".repeat(19)), "whole=eq.1" + ",whole=eq.1".repeat(20));
        refusesMore(Filter.parse("whole=in.(1" + ",1".repeat(99) + ")"), "whole=in.(1" + ",1".repeat(100) + ")");
        refusesMore(Filter.parse("title=eq." + "a".repeat(4_087)), "title=eq." + "a".repeat(4_088));
        refusesMore(Filter.parse("title=like." + "_".repeat(60) + "%".repeat(60)), "title=like." + "_".repeat(61));
    }

    private static void refusesMore(Filter most, String more) throws FilterException {
        assertThat(RowFilter.compile(most, Shapes.KINDS)).isNotNull();
        assertThatExceptionOfType(FilterException.class)
                .isThrownBy(() -> RowFilter.compile(Filter.parse(more), Shapes.KINDS));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "whole=eq.7|{'whole':7}|true",
                "whole=eq.7|{'whole':null}|false",
                "whole=not.eq.7|{'whole':null}|false",
                "whole=neq.7|{'whole':8}|true",
                "whole=not.neq.7|{'whole':7}|true",
                "whole=is.null|{'whole':null}|true",
                "whole=not.is.null|{'whole':null}|false",
                "exact=eq.1.5|{'exact':1.50}|true",
                "exact=gt.12345678901234567890.1|{'exact':12345678901234567890.2}|true",
                "exact=gt.1|{'exact':'NaN'}|true",
                "single=eq.0.1000000001|{'single':0.1}|true",
                "double=eq.0.1000000001|{'double':0.1}|false",
                "double=eq.0|{'double':-0.0}|true",
                "flag=not.is.true|{'flag':null}|true",
                "flag=is.unknown|{'flag':null}|true",
                "flag=is.false|{'flag':false}|true",
                "who=eq.B1C9D1DE-54B6-4A35-9A14-0D2C7A5E9C42|{'who':'b1c9d1de-54b6-4a35-9a14-0d2c7a5e9c42'}|true",
                "instant=eq.2026-11-23T05:00:00+05:00|{'instant':'2026-11-23T00:00:00+00:00'}|true",
                "instant=gt.2026-11-23T00:00:00Z|{'instant':'infinity'}|true",
                "moment=gt.2026-11-23|{'moment':'2026-11-23T00:00:00.000001'}|true",
                "day=lt.0001-01-01|{'day':'0044-03-15 BC'}|true",
                "day=gt.9999-12-31|{'day':'10000-01-01'}|true",
                "clock=gt.23:59:59.999999|{'clock':'24:00:00'}|true",
                "title=like.a%c_|{'title':'abcd'}|true",
                "title=like.a%c_|{'title':'abc'}|false",
                "title=like.50\\%|{'title':'50%'}|true",
                "title=like.50\\%|{'title':'50x'}|false",
                "title=ilike.%\u0437\u0430\u043A\u0430\u0437%|{'title':'\u041D\u043E\u0432\u044B\u0439 \u0417\u0410\u041A\u0410\u0417'}|true",
                "padded=eq.ab|{'padded':'ab   '}|true",
                "whole=eq.1,title=eq.a|{'whole':1,'title':'b'}|false",
                "status=in.(sad,happy)|{'status':'happy'}|true",
                "whole=eq.7|{}|false",
            })
    void meansWhatPostgresMeans(String filter, String row, boolean matches) throws FilterException {
        assertThat(RowFilter.compile(Filter.parse(filter), Shapes.KINDS).matches(Shapes.row(row)))
                .isEqualTo(matches);
    }
}
