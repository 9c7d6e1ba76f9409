package io.amanat.e2e.chaos;

import io.amanat.e2e.lab.BridgeProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What the bridge runs on, as far as it can be spoiled: its clock and its disk. */
record Host(BridgeProcess bridge, Path clock) {

    /** What Java is to run: the bridge, with a clock that this file shifts. */
    static List<String> program(Path clock) throws IOException {
        Files.writeString(clock, "0");
        return List.of(ShiftedBridge.class.getName(), clock.toString());
    }

    /** Its clock jumps by so many seconds from the machine's. */
    void shiftClock(int seconds) throws IOException {
        Files.writeString(clock, Integer.toString(seconds));
    }

    /** No file of it can grow, as if the disk were full; what was written stays. */
    void fillDisk() throws IOException, InterruptedException {
        limitFiles("0:unlimited");
    }

    void freeDisk() throws IOException, InterruptedException {
        limitFiles("unlimited:unlimited");
    }

    private void limitFiles(String limit) throws IOException, InterruptedException {
        int code = new ProcessBuilder("prlimit", "--pid", Long.toString(bridge.pid()), "--fsize=" + limit)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
        if (code != 0) {
            throw new IllegalStateException("prlimit ended with " + code);
        }
    }
}
