package dev.weir.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.kernel.Bilingual;
import dev.weir.kernel.Bilingual.Language;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class NarratorTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream beside = new ByteArrayOutputStream();

  @Test
  void withoutATerminal_eachPieceOfWorkIsToldOnce() {
    var narrator = new PlainNarrator(stream(out), Language.EN, false);
    work(narrator);
    assertThat(text(out).lines()).containsExactly("     … unpacks", "     … starts");
  }

  @Test
  void asJson_workIsToldBesideTheObjects() {
    var narrator = new JsonNarrator(stream(out), stream(beside));
    work(narrator);
    narrator.summary(1, 0, 1);
    assertThat(text(out).lines())
        .containsExactly("{\"act\":\"summary\",\"checks\":1,\"failed\":0}");
    assertThat(text(beside).lines()).containsExactly("… unpacks", "… starts");
  }

  private static void work(Narrator narrator) {
    narrator.progress(new Bilingual("解包", "unpacks"), 0, 0);
    narrator.progress(new Bilingual("解包", "unpacks"), 10, 20);
    narrator.progress(new Bilingual("启动", "starts"), 0, 0);
  }

  private static PrintStream stream(ByteArrayOutputStream bytes) {
    return new PrintStream(bytes, true, StandardCharsets.UTF_8);
  }

  private static String text(ByteArrayOutputStream bytes) {
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
