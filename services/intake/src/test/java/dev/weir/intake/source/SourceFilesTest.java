package dev.weir.intake.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.kernel.ProblemException;
import dev.weir.kernel.SourceId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFilesTest {
  @TempDir Path directory;

  @Test
  void part_whoseSourceHasARow_becomesItsFile_andOthersAreRemoved() throws IOException {
    // given: three uploads, killed before the row, after the row and not at all
    var files = new SourceFiles(directory, 1 << 20);
    var lost = SourceId.random();
    var recorded = SourceId.random();
    var whole = SourceId.random();
    for (SourceId id : List.of(lost, recorded, whole)) {
      files.receive(id, new ByteArrayInputStream(new byte[] {1, 2, 3}));
    }
    files.keep(whole);
    Files.writeString(sources().resolve(whole + ".profile.part"), "{");
    Files.writeString(sources().resolve("lost+found"), "not ours");
    // when
    int parts = new SourceFiles(directory, 1 << 20).sweep(Set.of(recorded, whole));
    // then
    assertThat(parts).isEqualTo(3);
    assertThat(names())
        .containsExactlyInAnyOrder(recorded + ".data", whole + ".data", "lost+found");
    assertThat(files.file(recorded)).hasBinaryContent(new byte[] {1, 2, 3});
  }

  @Test
  void file_withoutARow_isNeverSwept() {
    var files = new SourceFiles(directory, 1 << 20);
    var kept = SourceId.random();
    files.receive(kept, new ByteArrayInputStream(new byte[] {1}));
    files.keep(kept);
    assertThat(files.sweep(Set.of())).isZero();
    assertThat(files.file(kept)).exists();
  }

  @Test
  void body_thatBreaksOff_leavesNothing() throws IOException {
    var files = new SourceFiles(directory, 1 << 20);
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("gone");
          }
        };
    assertThatThrownBy(() -> files.receive(SourceId.random(), broken))
        .isInstanceOf(ProblemException.class);
    assertThat(names()).isEmpty();
  }

  private Path sources() {
    return directory.resolve("sources");
  }

  private List<String> names() throws IOException {
    try (var files = Files.list(sources())) {
      return files.map(file -> file.getFileName().toString()).toList();
    }
  }
}
