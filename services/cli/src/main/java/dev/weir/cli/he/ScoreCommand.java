package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.HiddenScore;
import dev.weir.query.he.client.HiddenScore.Row;
import dev.weir.query.he.client.LateReplies.Ended;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.QuestionService;
import dev.weir.query.he.client.QuestionSigner;
import dev.weir.query.he.client.RecordLookup;
import dev.weir.query.he.client.RecordScore;
import dev.weir.query.he.client.UploadedKeys;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code weir he score}: a linear score whose weights stay here. */
@Command(
    name = "score",
    description = {
      "Score released cells with weights that nobody else learns. / 用不公开的权重对已发布单元评分。",
      "One question for each value of a cell, each charged as one call. / 单元的每个数值各提一问，各按一次计费。",
      "--keyword, --index: instead, one record of a contract that permits reading records, charged as reading it;"
          + " a key made with --set lookup-4096-v1."
          + " / 或：合约许可读取记录时，对一条记录评分，按读取一次计费；需用 --set lookup-4096-v1 生成的密钥。"
    },
    mixinStandardHelpOptions = true)
final class ScoreCommand implements Callable<Integer> {
  @Mixin private ClientOptions options = new ClientOptions();
  @Mixin private KeyOptions signing = new KeyOptions();
  @Mixin private AskingOptions asking = new AskingOptions();
  @Mixin private Entry entry = new Entry();
  @Mixin private SaveOption saving = new SaveOption();

  @Option(
      names = "--weights",
      paramLabel = "CSV",
      required = true,
      description =
          "one cell a line: a value for each key, then a weight for the count and one for each"
              + " measure; of a record one column and its weight a line"
              + " / 每行一个单元：各键取值，再记录数与各度量的权重；记录则每行一列及其权重")
  private Path weights = Path.of("");

  @Option(
      names = "--keys",
      paramLabel = "N",
      defaultValue = "1",
      description = "how many keys a cell has; default ${DEFAULT-VALUE} / 单元有几个键")
  private int keys = 1;

  @Override
  public Integer call() throws IOException {
    if (entry.ways() > 1) {
      throw new CommandFault(
          ExitCode.USAGE, "--keyword 与 --index 只能用其一", "--keyword and --index exclude each other");
    }
    asking.patience(); // refused before anything else
    var rows = rows(Files.readAllLines(weights), entry.ways() == 0 ? keys : 1);
    if (entry.ways() == 1 && rows.stream().anyMatch(row -> row.weights().size() != 1)) {
      throw new CommandFault(
          ExitCode.USAGE, "记录评分：每行一列及一个权重", "of a record: one column and one weight a line");
    }
    var file = saving.file(asking.keyFile());
    var random = new SecureRandom();
    var service = new PartyQuestions(options.client());
    var signer = new PartySigner(signing.read());
    try (var key = asking.key(random)) {
      var told = new FileTold(options, service, file);
      return told.run(() -> {
        var ended =
            entry.ways() == 0
                ? cells(new HiddenScore(service, key), rows, signer, file)
                : record(lookup(service, key, random), rows, signer, file);
        if (ended instanceof Ended.Unanswered unanswered) {
          throw told.unanswered(unanswered.ticket());
        }
        int status = options.show(Shown.of(ended));
        file.shown();
        return status;
      });
    }
  }

  private RecordScore lookup(QuestionService service, BuilderKey key, SecureRandom random) {
    var uploaded = UploadedKeys.beside(asking.keyFile());
    return new RecordScore(new RecordLookup(service, key, uploaded, random));
  }

  private Ended record(
      RecordScore scores, List<Row> rows, QuestionSigner signer, QuestionFile file) {
    var columns = new TreeMap<String, BigDecimal>();
    rows.forEach(row -> columns.put(row.values().getFirst(), row.weights().getFirst()));
    var ticket =
        Entry.patiently(
            asking.patience(),
            () -> scores.ticket(asking.contract(), asking.product(), asking.purpose(), entry.by()));
    String keyword = entry.keyword();
    var ended =
        keyword != null
            ? scores.score(ticket, keyword, columns, signer, file, asking.patience())
            : scores.score(ticket, entry.index(), columns, signer, file, asking.patience());
    return switch (ended) {
      case RecordScore.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case RecordScore.Ended.Scored scored -> new Ended.RowScore(scored);
    };
  }

  private Ended cells(
      HiddenScore scores, List<Row> rows, QuestionSigner signer, QuestionFile file) {
    var ended =
        scores.score(
            asking.contract(),
            asking.product(),
            asking.purpose(),
            rows,
            signer,
            file,
            asking.patience());
    return switch (ended) {
      case HiddenScore.Ended.Unanswered unanswered -> new Ended.Unanswered(unanswered.ticket());
      case HiddenScore.Ended.Scored scored -> new Ended.CellScore(scored);
    };
  }

  private static List<Row> rows(List<String> lines, int keys) {
    var rows = new ArrayList<Row>();
    for (int number = 1; number <= lines.size(); number++) {
      String line = lines.get(number - 1).strip();
      if (!line.isEmpty()) {
        rows.add(row(line, keys, number));
      }
    }
    long distinct = rows.stream().map(Row::values).distinct().count();
    if (rows.isEmpty() || distinct < rows.size()) {
      throw new CommandFault(
          ExitCode.USAGE,
          "权重文件为空，或同一单元（列）出现两次",
          "the file has no weights, or names a cell or column twice");
    }
    return rows;
  }

  private static Row row(String line, int keys, int number) {
    var fields = List.of(line.split(",", -1));
    try {
      if (keys < 1 || fields.size() <= keys) {
        throw new NumberFormatException();
      }
      return new Row(
          fields.subList(0, keys),
          fields.subList(keys, fields.size()).stream()
              .map(field -> new BigDecimal(field.strip()))
              .toList());
    } catch (NumberFormatException e) {
      throw new CommandFault(
          ExitCode.USAGE,
          "第 " + number + " 行不是 " + keys + " 个键值加权重",
          "line " + number + " is not " + keys + " values and then weights");
    }
  }
}
