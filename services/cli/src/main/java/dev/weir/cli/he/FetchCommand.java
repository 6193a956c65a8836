package dev.weir.cli.he;

import dev.weir.cli.command.ClientOptions;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.LateReplies;
import dev.weir.query.he.client.LateReplies.Ended;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.SavedReply;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir he fetch}: the reply to a question that was asked before. */
@Command(
    name = "fetch",
    description = {
      "Take the reply that came after its command had ended: of he query, lookup or score."
          + " / 取回命令结束之后才到的答复：he query、lookup 或 score。",
      "A question is charged once, when it is answered, however often its reply is fetched."
          + " / 问题在作答时计费一次，取回多少次都不再计费。"
    },
    mixinStandardHelpOptions = true)
final class FetchCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private WaitOption waiting = new WaitOption();

  @Option(
      names = "--he-key",
      paramLabel = "HEKEY",
      description = "the key it was asked with; default: where it was then / 提问所用密钥；默认为提问时的位置")
  private @Nullable Path keyFile;

  @Parameters(paramLabel = "FILE", description = "in which the question waits / 存有所问的文件")
  private Path path = Path.of("");

  @Override
  public Integer call() throws IOException {
    var patience = waiting.patience();
    Optional<SavedReply> there = SavedReply.find(path);
    if (there.isPresent()) {
      return options.show(Shown.of(there.get().ticket()).put("saved", path.toString()));
    }
    var file = QuestionFile.read(path);
    try (var key =
        BuilderKey.read(keyFile == null ? file.keyFile() : keyFile, new SecureRandom())) {
      var asked = file.asked().orElseThrow();
      if (asked.answered()) {
        return shown(file, new LateReplies(key).open(asked, Expected.anything()));
      }
      var service = new PartyQuestions(options.client());
      var told = new FileTold(options, service, file);
      return told.run(() -> {
        var ended = file.fetch(service, key, patience);
        if (ended instanceof Ended.Unanswered unanswered) {
          throw told.unanswered(unanswered.ticket());
        }
        return shown(file, ended);
      });
    }
  }

  /** The answer; of sums, where the reply is. */
  private int shown(QuestionFile file, Ended ended) throws IOException {
    int status =
        options.show(
            ended instanceof Ended.Sums sums
                ? Shown.of(sums.reply().ticket()).put("saved", path.toString())
                : Shown.of(ended));
    file.shown();
    return status;
  }
}
