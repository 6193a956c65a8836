package dev.weir.cli.he;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import dev.weir.query.he.client.LateReplies;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.SavedReply;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
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
    subcommands = {LookupCommand.class, ScoreCommand.class, FetchCommand.class, SumCommands.class},
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
        "The reply is kept in a new file; weir he decrypt opens it. / 答复存入新文件，用 weir he decrypt 打开。",
        "The question waits in that file: weir he fetch takes a reply that came late."
            + " / 提问先存于该文件：答复迟到时用 weir he fetch 取回。"
      },
      mixinStandardHelpOptions = true)
  int query(
      @Mixin ClientOptions options,
      @Mixin KeyOptions signing,
      @Mixin AskingOptions asking,
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
              description = "new file for the question and its reply / 存放提问及答复的新文件")
          Path save)
      throws IOException {
    var patience = asking.patience();
    var file = QuestionFile.at(save, asking.keyFile());
    selecting.requireReadable();
    var service = new PartyQuestions(options.client());
    var signer = new PartySigner(signing.read());
    try (var key = asking.key(new SecureRandom())) {
      var sums = new HiddenSums(key);
      var conversation = new Conversation(service, sums);
      var ticket =
          Entry.patiently(
              patience,
              () ->
                  oneHot
                      ? conversation.ticketForFew(
                          asking.contract(), asking.product(), asking.purpose())
                      : conversation.ticket(asking.contract(), asking.product(), asking.purpose()));
      var selection = selecting.of(ticket);
      var uploaded = UploadedKeys.beside(asking.keyFile());
      var question =
          oneHot
              ? conversation.few(ticket, selection, key, uploaded, signer)
              : sums.ask(ticket, selection, signer);
      var told = new FileTold(options, service, file);
      return told.run(() ->
          switch (conversation.ask(ticket, question, file, patience)) {
            case Ended.Answered answered -> {
              file.shown();
              yield options.show(Shown.of(answered.reply().ticket()).put("saved", save.toString()));
            }
            case Ended.Failed failed -> throw told.unanswered(failed.ticket());
            case Ended.Waiting waiting -> throw told.unanswered(waiting.ticket());
          });
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
      @Parameters(paramLabel = "FILE", description = "of weir he query, lookup or score / 已存的答复")
          Path file)
      throws IOException {
    var expected =
        new Expected(
            Optional.ofNullable(contract).map(ContractId::of),
            epoch == null ? OptionalLong.empty() : OptionalLong.of(epoch));
    var waiting = QuestionFile.find(file).flatMap(QuestionFile::asked);
    try (var key = BuilderKey.read(keyFile, new SecureRandom())) {
      var late = new LateReplies(key);
      var opened =
          waiting.isPresent()
              ? late.open(waiting.get(), expected)
              : late.open(SavedReply.read(file), expected);
      return options.show(opened(new HiddenSums(key), opened, expected));
    }
  }

  private static ObjectNode opened(HiddenSums hidden, LateReplies.Ended ended, Expected expected) {
    if (!(ended instanceof LateReplies.Ended.Sums sums)) {
      return Shown.of(ended);
    }
    var shown = Json.mapper().createObjectNode();
    hidden.open(sums.reply(), expected).forEach(shown::put);
    return shown;
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
