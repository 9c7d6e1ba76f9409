package io.amanat.connector.source.wal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class GatheringSocketsTest {

    private final AtomicInteger moments = new AtomicInteger();

    @Test
    void aMomentPassesBeforeTheEnd_andNoneWhileThereIsSomething() throws IOException {
        var in = new GatheringSockets.Gathering(
                new ByteArrayInputStream(new byte[] {1, 2, 3}), moments::incrementAndGet);
        var bytes = new byte[2];

        assertThat(in.read(bytes, 0, 2)).isEqualTo(2);
        assertThat(in.read(bytes, 0, 2)).isEqualTo(1);
        assertThat(bytes).containsExactly(3, 2);
        assertThat(moments).hasValue(0);

        assertThat(in.read(bytes, 0, 2)).isEqualTo(-1);
        assertThat(moments).hasValue(1);
    }
}
