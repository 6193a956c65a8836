package dev.weir.intake.frame;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FrameReaderTest {

  @Test
  void rows_comeBackAsWritten() throws IOException {
    var reader = new FrameReader(new ByteArrayInputStream(frames()));
    var row = new Row(3);
    long sum = 0;
    int faults = 0;

    while (reader.next(row)) {
      faults += row.fault().isEmpty() ? 0 : 1;
      sum += row.fault().isEmpty() ? row.number(0) : 0;
    }

    assertThat(faults).isEqualTo(10);
    assertThat(sum).isEqualTo(-494_500);
  }

  @Test
  void mutatedStream_endsInAFaultOrInRows_neverInAnotherException() throws IOException {
    byte[] good = frames();
    var random = new Random(1);
    for (int i = 0; i < 2_000; i++) {
      byte[] mutant = good.clone();
      for (int flips = 0; flips < 3; flips++) {
        mutant[random.nextInt(mutant.length)] = (byte) random.nextInt(256);
      }
      try {
        var reader = new FrameReader(new ByteArrayInputStream(mutant));
        var row = new Row(3);
        while (reader.next(row)) {
          assertThat(row.ordinal()).isLessThan(1_000);
        }
      } catch (FrameException | ReadFaultException e) {
        assertThat(e.getMessage()).isNotEmpty();
      }
    }
  }

  @Test
  void document_comesAfterWhatTellsOfItsProgress() throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new FrameWriter(out);
    writer.progress(20_000);
    writer.progress(40_000);
    writer.document("{}".getBytes(UTF_8));
    var reader = new FrameReader(new ByteArrayInputStream(out.toByteArray()));
    var told = new ArrayList<Long>();
    assertThat(reader.document(told::add)).asString(UTF_8).isEqualTo("{}");
    assertThat(told).containsExactly(20_000L, 40_000L);
  }

  @Test
  void progress_amongRows_isRefused() throws IOException {
    var out = new ByteArrayOutputStream();
    new FrameWriter(out).progress(1);
    var reader = new FrameReader(new ByteArrayInputStream(out.toByteArray()));
    assertThatThrownBy(() -> reader.next(new Row(1))).isInstanceOf(FrameException.class);
  }

  private static byte[] frames() throws IOException {
    var out = new ByteArrayOutputStream();
    var writer = new FrameWriter(out);
    var row = new Row(3);
    for (int i = 0; i < 1_000; i++) {
      row.begin(i);
      row.setNumber(0, -i);
      row.setReal(1, i / 3.0);
      row.setText(2, "值" + i);
      if (i % 100 == 50) {
        row.fault("ragged-row", "raw");
      }
      writer.row(row);
    }
    writer.end();
    return out.toByteArray();
  }
}
