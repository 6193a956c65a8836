package dev.weir.cli.campaign;

import dev.weir.intake.synthetic.SyntheticPersons;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The campaign's raw data: synthetic persons, and a text planted among them. */
final class CampaignData {
  private static final int ROWS_PER_PERSON = 6;

  private CampaignData() {}

  /**
   * Plants the text in every free column of one good row, and in the key of a row that will be
   * rejected.
   */
  static void write(Path file, int persons, long seed, String canary) throws IOException {
    new SyntheticPersons(persons, ROWS_PER_PERSON, seed).writeTo(file, StandardCharsets.UTF_8);
    String tail = ",2000-01-01,26,2026-01-01,1,1.00,";
    Files.writeString(
        file,
        String.join(",", "SYN-99999999", canary, canary, canary, "东城" + tail + canary)
            + "\r\n"
            + String.join(",", canary, canary, canary, canary, "东城" + tail + canary)
            + "\r\n",
        StandardOpenOption.APPEND);
  }
}
