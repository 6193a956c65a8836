package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.query.he.client.CellLookup;
import dev.weir.query.he.client.LateReplies.Ended;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.QuestionSigner;
import dev.weir.query.he.client.RecordLookup;
import dev.weir.query.he.client.UploadedKeys;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code weir he lookup}: one cell, or one record where the contract lets records be read. */
@Command(
    name = "lookup",
    description = {
      "Look one entry up, without showing which; one evaluation opens it and nothing else."
          + " / 查找一条且不透露是哪条；一次求值只打开这一条。",
      "VALUE...: one released cell. --keyword, --index: one record, if the contract permits reading records."
          + " / VALUE… 查一个已发布单元；--keyword、--index 查一条记录，须合约许可读取记录。",
      "Needs a key made with --set lookup-4096-v1. / 需用 --set lookup-4096-v1 生成的密钥。"
    },
    mixinStandardHelpOptions = true)
final class LookupCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private KeyOptions signing = new KeyOptions();
  @Mixin private AskingOptions asking = new AskingOptions();
  @Mixin private SaveOption saving = new SaveOption();
  @Mixin private Entry entry = new Entry();

  @Parameters(
      paramLabel = "VALUE",
      arity = "0..*",
      description = "of each key of a cell, in the product's order / 单元各键的取值，按产品声明的顺序")
  private List<String> values = List.of();

  @Override
  public Integer call() throws IOException {
    int ways = entry.ways() + (values.isEmpty() ? 0 : 1);
    if (ways != 1) {
      throw new CommandFault(
          ExitCode.USAGE,
          "请给出一种：单元的 VALUE…、--keyword 或 --index",
          "give one of VALUE... of a cell, --keyword and --index");
    }
    asking.patience(); // refused before anything else
    var file = saving.file(asking.keyFile());
    var random = new SecureRandom();
    var service = new PartyQuestions(options.client());
    var signer = new PartySigner(signing.read());
    try (var key = asking.key(random)) {
      var told = new FileTold(options, service, file);
      var uploaded = UploadedKeys.beside(asking.keyFile());
      return told.run(() -> {
        var ended =
            values.isEmpty()
                ? record(new RecordLookup(service, key, uploaded, random), signer, file)
                : cell(new CellLookup(service, key, uploaded, random), signer, file);
        if (ended instanceof Ended.Unanswered unanswered) {
          throw told.unanswered(unanswered.ticket());
        }
        int status = options.show(Shown.of(ended));
        file.shown();
        return status;
      });
    }
  }

  private Ended cell(CellLookup lookup, QuestionSigner signer, QuestionFile file) {
    var ticket =
        Entry.patiently(
            asking.patience(),
            () -> lookup.ticket(asking.contract(), asking.product(), asking.purpose()));
    return switch (lookup.look(ticket, values, signer, file, asking.patience())) {
      case CellLookup.Ended.Found found -> new Ended.Cell(found.ticket(), found.values());
      case CellLookup.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
    };
  }

  private Ended record(RecordLookup lookup, QuestionSigner signer, QuestionFile file) {
    var by = entry.by();
    String keyword = entry.keyword();
    var ticket =
        Entry.patiently(
            asking.patience(),
            () -> lookup.ticket(asking.contract(), asking.product(), asking.purpose(), by));
    var ended =
        keyword != null
            ? lookup.look(ticket, keyword, signer, file, asking.patience())
            : lookup.look(ticket, entry.index(), signer, file, asking.patience());
    return switch (ended) {
      case RecordLookup.Ended.Found found -> new Ended.Row(found.ticket(), found.record());
      case RecordLookup.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
    };
  }
}
