package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual.Language;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** A progress bar for an intake run, drawn on a terminal only. Confined to one command. */
final class RunBar implements Consumer<JsonNode> {
  private final Language language;
  private @Nullable ProgressBar bar;

  RunBar(Language language) {
    this.language = language;
  }

  @Override
  public void accept(JsonNode run) {
    if (System.console() == null || !System.console().isTerminal()) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(language == Language.ZH ? "汇入" : "records")
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(run.path("rows").asLong(-1))
              .build();
    }
    bar.maxHint(run.path("rows").asLong(-1));
    bar.stepTo(run.path("accepted").asLong() + run.path("rejected").asLong());
    if (run.hasNonNull("finishedAt")) {
      bar.close();
    }
  }
}
