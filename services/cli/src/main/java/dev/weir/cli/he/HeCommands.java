package dev.weir.cli.he;

import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.cli.command.ClientOptions;
import dev.weir.cli.command.KeyOptions;
import dev.weir.he.HeParameters;
import dev.weir.kernel.ContractId;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.Conversation;
import dev.weir.query.he.client.Conversation.Ended;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.HiddenSums;
import dev.weir.query.he.client.SavedReply;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code weir he}: encrypted questions of a model builder. */
@Command(
    name = "he",
    description = "Ask encrypted questions; only you can read them / 加密查询：只有提问者知道问了什么",
    subcommands = {LookupCommand.class, ScoreCommand.class, SumCommands.class},
    mixinStandardHelpOptions = true)
public final class HeCommands {
  private static final String SET = "cells-4096-v1";

  /** What questions are asked with; other sets have no verb that takes a key of them. */
  private static final List<HeParameters> SETS =
      List.of(HeParameters.CELLS_4096, HeParameters.LOOKUP_4096);

  @Command(
      name = "keygen",
      description =
          "Make an encryption key in a file of your own; it never leaves this machine"
              + " / 生成加密密钥，密钥不离开本机",
      mixinStandardHelpOptions = true)
  int keygen(
      @Mixin ClientOptions options,
      @Option(
              names = "--set",
              defaultValue = SET,
              description = {
                "cells-4096-v1, the default: query, and score of cells; lookup-4096-v1: lookup, and"
                    + " score of a record",
                "/ cells-4096-v1（默认）：求和与单元评分；lookup-4096-v1：查找与记录评分"
              })
          String set,
      @Parameters(paramLabel = "FILE", description = "where to keep it, new / 新文件") Path file)
      throws IOException {
    var parameters = HeParameters.named(set).filter(SETS::contains).orElseThrow(() -> unknown(set));
    try (var key = BuilderKey.generate(parameters, new SecureRandom())) {
      key.write(file);
      return options.show(
          Json.mapper()
              .createObjectNode()
              .put("file", file.toString())
              .put("parameterSet", set)
              .put("keyId", key.id()));
    }
  }

  @Command(
      name = "query",
      description = {
        "Sum cells that you select, without showing which. / 对所选单元求和，且不透露选了哪些。",
        "The reply is kept in a new file; weir he decrypt opens it. / 答复存入新文件，用 weir he decrypt 打开。"
      },
      mixinStandardHelpOptions = true)
  int query(
      @Mixin ClientOptions options,
      @Mixin KeyOptions signing,
      @Option(names = "--contract", required = true, description = "contract id / 合约")
          String contract,
      @Option(names = "--product", required = true, description = "product id / 产品") String product,
      @Option(names = "--purpose", required = true, description = "purpose bound to it / 用途")
          String purpose,
      @Option(
              names = "--he-key",
              paramLabel = "HEKEY",
              required = true,
              description = "of weir he keygen / 加密密钥文件")
          Path keyFile,
      @Mixin Selecting selecting,
      @Option(
              names = "--one-hot",
              description = {
                "One to three cells in one small ciphertext instead of one for every 4,096 cells;"
                    + " the service then knows that it is no more."
                    + " / 只问一至三个单元，密文小得多；服务方由此得知所问不超过三个。"
              })
          boolean oneHot,
      @Option(
              names = "--save",
              paramLabel = "NEW",
              required = true,
              description = "new file for the reply / 存放答复的新文件")
          Path save,
      @Option(
              names = "--wait",
              defaultValue = "60",
              description = "seconds to wait for cells, and then for the reply / 等待单元及答复的秒数")
          int seconds)
      throws IOException {
    if (Files.exists(save)) {
      throw new FileAlreadyExistsException(save.toString());
    }
    selecting.requireReadable();
    var questions = new PartyQuestions(options.client(), signing.read());
    try (var key = BuilderKey.read(keyFile, new SecureRandom())) {
      var sums = new HiddenSums(key);
      var conversation = new Conversation(questions, sums);
      var patience = Duration.ofSeconds(seconds);
      var ticket =
          Entry.patiently(
              patience,
              () ->
                  oneHot
                      ? conversation.ticketForFew(contract, product, purpose)
                      : conversation.ticket(contract, product, purpose));
      var selection = selecting.of(ticket);
      var question =
          oneHot
              ? conversation.few(ticket, selection, key, UploadedKeys.beside(keyFile), questions)
              : sums.ask(ticket, selection, questions);
      var ended = conversation.ask(ticket, question, patience);
      return switch (ended) {
        case Ended.Answered answered -> {
          answered.reply().write(save);
          yield options.show(Shown.of(answered.reply().ticket()).put("saved", save.toString()));
        }
        case Ended.Failed failed -> throw Shown.failed(failed.ticket());
        case Ended.Waiting waiting ->
            throw new CommandFault(
                ExitCode.RETRYABLE,
                "尚无答复（票据 " + waiting.ticket().id() + "）；该票据不能再问，请重新提问",
                "no reply yet (ticket " + waiting.ticket().id() + "); ask again with a new one");
      };
    }
  }

  @Command(
      name = "decrypt",
      description = "Open a saved reply, offline / 离线打开已存的答复",
      mixinStandardHelpOptions = true)
  int decrypt(
      @Mixin ClientOptions options,
      @Option(
              names = "--he-key",
              paramLabel = "HEKEY",
              required = true,
              description = "the key it was asked with / 提问所用密钥")
          Path keyFile,
      @Option(names = "--contract", description = "refuse any other / 仅限此合约")
          @Nullable String contract,
      @Option(names = "--epoch", description = "data version; refuse any other / 仅限此数据时期")
          @Nullable Long epoch,
      @Parameters(paramLabel = "FILE", description = "of weir he query / 已存的答复") Path file)
      throws IOException {
    var expected =
        new Expected(
            Optional.ofNullable(contract).map(ContractId::of),
            epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch));
    var saved = SavedReply.read(file);
    try (var key = BuilderKey.read(keyFile, new SecureRandom())) {
      Map<String, BigDecimal> sums = new HiddenSums(key).open(saved, expected);
      var shown = Json.mapper().createObjectNode();
      sums.forEach(shown::put);
      return options.show(shown);
    }
  }

  private static CommandFault unknown(String set) {
    String sets = String.join(", ", SETS.stream().map(HeParameters::label).toList());
    return new CommandFault(
        ExitCode.USAGE,
        "没有用于提问的参数集 " + set + "；可用：" + sets + "。保管方的密钥由 weir he sum keygen 生成。",
        "there is no parameter set "
            + set
            + " to ask questions with; there are "
            + sets
            + ". A custodian's key is made by weir he sum keygen.");
  }
}
