package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.CellLookup;
import dev.weir.query.he.client.RecordLookup;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
    var random = new SecureRandom();
    try (var key = asking.key(random)) {
      return values.isEmpty() ? record(key, random) : cell(key, random);
    }
  }

  private int cell(BuilderKey key, SecureRandom random) throws IOException {
    var questions = questions();
    var lookup = new CellLookup(questions, key, UploadedKeys.beside(asking.keyFile()), random);
    var ticket =
        Entry.patiently(
            asking.patience(),
            () -> lookup.ticket(asking.contract(), asking.product(), asking.purpose()));
    return switch (lookup.look(ticket, values, questions, asking.patience())) {
      case CellLookup.Ended.Found found -> {
        var shown = Shown.of(found.ticket()).put("shown", found.values().isPresent());
        found.values().ifPresent(cell -> cell.forEach(shown::put));
        yield options.show(shown);
      }
      case CellLookup.Ended.Unanswered unanswered -> throw Shown.failed(unanswered.ticket());
    };
  }

  private int record(BuilderKey key, SecureRandom random) throws IOException {
    var questions = questions();
    var lookup = new RecordLookup(questions, key, UploadedKeys.beside(asking.keyFile()), random);
    var by = entry.by();
    String keyword = entry.keyword();
    var ticket =
        Entry.patiently(
            asking.patience(),
            () -> lookup.ticket(asking.contract(), asking.product(), asking.purpose(), by));
    var ended =
        keyword != null
            ? lookup.look(ticket, keyword, questions, asking.patience())
            : lookup.look(ticket, entry.index(), questions, asking.patience());
    return switch (ended) {
      case RecordLookup.Ended.Found found -> show(found.ticket(), found.record());
      case RecordLookup.Ended.Unanswered unanswered -> throw Shown.failed(unanswered.ticket());
    };
  }

  private int show(Ticket ticket, Optional<Map<String, Optional<String>>> record)
      throws IOException {
    var shown = Shown.of(ticket).put("found", record.isPresent());
    record.ifPresent(columns -> {
      var node = Json.mapper().createObjectNode();
      columns.forEach((column, value) -> node.put(column, value.orElse(null)));
      shown.set("record", node);
    });
    return options.show(shown);
  }

  private PartyQuestions questions() throws IOException {
    return new PartyQuestions(options.client(), signing.read());
  }
}
