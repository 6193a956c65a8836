package dev.weir.intake.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.intake.source.ProfileProgress.Progress;
import dev.weir.kernel.SourceId;
import org.junit.jupiter.api.Test;

class ProfileProgressTest {
  private final ProfileProgress progress = new ProfileProgress();
  private final SourceId first = SourceId.random();
  private final SourceId second = SourceId.random();

  @Test
  void ofASourceThatWaits_countsThoseBeforeIt() {
    progress.waits(first);
    progress.waits(second);
    progress.reads(first, 20_000);
    assertThat(progress.of(first)).hasValue(new Progress(0, 20_000));
    assertThat(progress.of(second)).hasValue(new Progress(1, 0));
    progress.ends(first);
    assertThat(progress.of(second)).hasValue(new Progress(0, 0));
  }

  @Test
  void ofASourceWhoseProfileIsOver_isAbsentHoweverLateItsChildTells() {
    progress.waits(first);
    progress.ends(first);
    progress.reads(first, 40_000);
    assertThat(progress.of(first)).isEmpty();
  }
}
