package dev.weir.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.weir.kernel.Bilingual.Language;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/**
 * A progress bar of rows for work that goes on at a service, drawn on a terminal only. Confined to
 * one command.
 */
final class WorkBar implements Consumer<JsonNode> {
  private final Language language;
  private final String name;
  private final ToLongFunction<JsonNode> rowsDone;
  private @Nullable ProgressBar bar;

  private WorkBar(Language language, String name, ToLongFunction<JsonNode> rowsDone) {
    this.language = language;
    this.name = name;
    this.rowsDone = rowsDone;
  }

  /** Of an intake run. */
  static WorkBar ofRun(Language language) {
    return new WorkBar(
        language,
        language == Language.ZH ? "汇入" : "records",
        run -> run.path("accepted").asLong() + run.path("rejected").asLong());
  }

  /** Of the profile of a source; how many rows there will be shows at its end. */
  static WorkBar ofProfile(Language language) {
    return new WorkBar(
        language,
        language == Language.ZH ? "画像" : "profile",
        source -> source.path("progress").path("rows").asLong(source.path("rows").asLong()));
  }

  @Override
  public void accept(JsonNode work) {
    if (System.console() == null || !System.console().isTerminal()) {
      return;
    }
    if (bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName(name)
              .setStyle(ProgressBarStyle.ASCII)
              .setInitialMax(work.path("rows").asLong(-1))
              .build();
    }
    bar.maxHint(work.path("rows").asLong(-1));
    bar.stepTo(rowsDone.applyAsLong(work));
    bar.setExtraMessage(queue(work.path("progress").path("ahead").asLong()));
    if (Waiting.isOver(work)) {
      bar.close();
    }
  }

  private String queue(long ahead) {
    if (ahead == 0) {
      return "";
    }
    return language == Language.ZH ? "前面还有 " + ahead + " 个" : ahead + " before it";
  }
}
