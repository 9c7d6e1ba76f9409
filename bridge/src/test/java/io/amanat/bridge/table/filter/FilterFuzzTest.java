package io.amanat.bridge.table.filter;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever is written as a filter means a row or does not, or is refused. */
class FilterFuzzTest {

    private static final String ROW =
            "{'id':1,'small':7,'whole':7,'exact':1.50,'single':0.1,'double':'NaN','title':'Deliver 50%',"
                    + "'short':'a','padded':'ab  ','flag':true,'who':'b1c9d1de-54b6-4a35-9a14-0d2c7a5e9c42','day':'2026-11-23',"
                    + "'clock':'10:00:00','moment':'infinity','instant':'2026-11-23T10:00:00+00:00','status':'happy'}";

    @FuzzTest(maxDuration = "10m")
    void aFilterMeansARowOrIsRefused(byte[] input) {
        try {
            var filter = Filter.parse(new String(input, StandardCharsets.UTF_8));
            assertThat(RowFilter.compile(filter, Shapes.KINDS).matches(Shapes.row(ROW)))
                    .isIn(true, false);
        } catch (FilterException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
