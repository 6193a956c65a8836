package dev.weir.cli.campaign.he;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * Runs the mutated envelopes in processes of their own, a part at a time, so that a crash is
 * counted and ends nothing else.
 *
 * @param seed repeats a campaign
 * @param rounds envelopes in all
 */
public record HeFuzzCampaign(long seed, int rounds, PrintStream out) {
  /** Envelopes of the promise. */
  public static final int FULL = 1_000_000;

  private static final int PART = 50_000;

  /** Whether every part ended well. Prints a line of JSON a part. */
  public boolean run() throws IOException, InterruptedException {
    boolean held = true;
    for (int done = 0; done < rounds; done += PART) {
      held &= part(seed + done / PART, Math.min(PART, rounds - done));
    }
    return held;
  }

  private boolean part(long partSeed, int count) throws IOException, InterruptedException {
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-XX:+UseSerialGC",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            HeFuzzMain.class.getName(),
            Long.toString(partSeed),
            Integer.toString(count));
    var process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int status = process.waitFor();
    out.printf(
        "{\"campaign\":\"he-fuzz\",\"seed\":%d,\"envelopes\":%d,\"status\":%d,\"outcome\":%s}%n",
        partSeed, count, status, said.startsWith("{") ? said : "\"crashed\"");
    return status == 0;
  }
}
