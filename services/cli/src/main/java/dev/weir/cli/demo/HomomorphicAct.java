package dev.weir.cli.demo;

import static dev.weir.cli.demo.Texts.say;

import dev.weir.cli.client.ApiProblem;
import dev.weir.cli.command.ReplayCommand;
import dev.weir.cli.he.PartyQuestions;
import dev.weir.cli.he.PartySigner;
import dev.weir.he.HeParameters;
import dev.weir.kernel.Bilingual;
import dev.weir.query.he.client.BuilderKey;
import dev.weir.query.he.client.CellLookup;
import dev.weir.query.he.client.Conversation;
import dev.weir.query.he.client.Conversation.Ended;
import dev.weir.query.he.client.Expected;
import dev.weir.query.he.client.HiddenSums;
import dev.weir.query.he.client.QuestionFile;
import dev.weir.query.he.client.SavedReply;
import dev.weir.query.he.client.Selection;
import dev.weir.query.he.client.Ticket;
import dev.weir.query.he.client.UploadedKeys;
import dev.weir.query.he.replay.Replay;
import dev.weir.query.rollup.PublishedCells;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;

/** The builder sums airports of its choice and nobody learns which; the auditor does it over. */
final class HomomorphicAct implements Act {
  private static final List<String> CHOSEN =
      List.of("ATL", "BOS", "DEN", "DFW", "JFK", "LAX", "MIA", "ORD", "SEA", "SFO");
  private static final String KEYWORD = "ORD";
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ATTEMPTS = 900;
  private static final long PAUSE_MILLIS = 1_000;

  @Override
  public String name() {
    return "homomorphic";
  }

  @Override
  public Bilingual title() {
    return say("加密查询：没有别人知道问了什么", "An encrypted question: nobody else learns what was asked");
  }

  @Override
  public void play(Stage stage) throws Exception {
    if (stage.hidden().isEmpty()) {
      stage.story().narrator().note(say("（自带数据没有按机场汇总的产品）", "(own data has no such product)"));
      return;
    }
    var questions = new PartyQuestions(stage.as("builder-analyst"));
    Path file = stage.directory("he").resolve("builder.key");
    Files.deleteIfExists(file);
    try (var key = BuilderKey.generate(HeParameters.CELLS_4096, new SecureRandom())) {
      key.write(file);
    }
    try (var key = BuilderKey.read(file, new SecureRandom())) {
      ask(stage, questions, new HiddenSums(key), stage.hidden().getFirst());
    }
  }

  private static void ask(
      Stage stage, PartyQuestions questions, HiddenSums sums, Stage.Hidden hidden)
      throws Exception {
    var conversation = new Conversation(questions, sums);
    Ticket ticket =
        stage
            .story()
            .step(
                "cells-released",
                say("单元加噪发布后得到一张票据", "once the noised cells are released there is a ticket"),
                () -> ticket(conversation, hidden));
    var selection = Selection.where(ticket, Map.of(HiddenCells.KEY, Set.copyOf(CHOSEN)));
    var question = sums.ask(ticket, selection, signer(stage));
    byte[] sent = new byte[question.bytes().remaining()];
    question.bytes().duplicate().get(sent);
    Path saved = stage.directory("he").resolve("reply.json");
    Files.deleteIfExists(saved);
    var file = QuestionFile.at(saved, stage.directory("he").resolve("builder.key"));
    Ended ended =
        stage
            .story()
            .step(
                "hidden-question",
                say("对十个不公开的机场求和", "ten airports are summed, and not named"),
                () -> conversation.ask(ticket, question, file, PATIENCE));
    if (!(ended instanceof Ended.Answered answered)) {
      throw new IllegalStateException("the question was not answered: " + ended);
    }
    file.shown();
    var opened = sums.open(SavedReply.read(saved), Expected.anything());
    replayed(stage, questions, ticket, sent);
    unseen(stage, ticket, sent);
    var cells = audited(stage, ticket, selection, sent, opened);
    lookedUp(stage, questions, hidden, cells);
  }

  private static PartySigner signer(Stage stage) {
    return new PartySigner(stage.key("builder"));
  }

  /** One of the cells by its keyword; what comes is held against the auditor's copy of it. */
  private static void lookedUp(
      Stage stage, PartyQuestions questions, Stage.Hidden hidden, PublishedCells cells)
      throws Exception {
    Path file = stage.directory("he").resolve("lookup.key");
    Files.deleteIfExists(file);
    try (var key = BuilderKey.generate(HeParameters.LOOKUP_4096, new SecureRandom())) {
      key.write(file);
    }
    try (var key = BuilderKey.read(file, new SecureRandom())) {
      var lookup = new CellLookup(questions, key, UploadedKeys.beside(file), new SecureRandom());
      var ticket =
          patiently(() -> lookup.ticket(hidden.contract(), hidden.product(), DomainAct.PURPOSE));
      var kept = QuestionFile.beside(file);
      var ended =
          stage
              .story()
              .step(
                  "keyword-lookup",
                  say(
                      "按关键字查一个机场：一次求值只打开这一条，没有别人知道是哪条",
                      "one airport is looked up by keyword: one evaluation opens it, and nobody else"
                          + " learns which"),
                  () -> lookup.look(ticket, List.of(KEYWORD), signer(stage), kept, PATIENCE));
      kept.shown();
      int cell = ticket.keys().getFirst().values().indexOf(KEYWORD);
      var unit = new BigDecimal(ticket.units().getFirst());
      var found =
          ended instanceof CellLookup.Ended.Found(Ticket answered, var values)
              ? values.orElse(Map.of())
              : Map.<String, BigDecimal>of();
      stage
          .story()
          .check(
              "keyword-answer",
              say("查到的值与审计员手中的单元相等", "what it opens equals the cell in the auditor's hands"),
              equal(found, "count", BigDecimal.valueOf(cells.value(cell, 0)))
                  && equal(
                      found,
                      HiddenCells.MEASURE,
                      BigDecimal.valueOf(cells.value(cell, 1)).multiply(unit)),
              Map.of("cells", ticket.cells()));
    }
  }

  /** Asks until the cells are counted and released; before, there is nothing to ask about. */
  private static Ticket ticket(Conversation conversation, Stage.Hidden hidden)
      throws InterruptedException {
    return patiently(
        () -> conversation.ticket(hidden.contract(), hidden.product(), DomainAct.PURPOSE));
  }

  private static Ticket patiently(Supplier<Ticket> ticket) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        return ticket.get();
      } catch (ApiProblem problem) {
        boolean early =
            List.of("wrong-state", "not-ready", "unavailable", "not-found")
                .contains(problem.slug());
        if (!early || attempt == ATTEMPTS) {
          throw problem;
        }
        Thread.sleep(PAUSE_MILLIS);
      }
    }
  }

  private static void replayed(Stage stage, PartyQuestions questions, Ticket ticket, byte[] sent) {
    String refusal = "";
    try {
      questions.ask(ticket.id(), sent);
    } catch (ApiProblem problem) {
      refusal = problem.slug();
    }
    stage
        .story()
        .check(
            "replay-refused",
            say("同一问题再发一次，被拒绝", "the same question sent once more is refused"),
            refusal.equals("conflict"),
            Map.of("problem", refusal));
  }

  /** In the captured request and in every log of the stack and its worker. */
  private static void unseen(Stage stage, Ticket ticket, byte[] sent) throws IOException {
    List<String> domain = ticket.keys().getFirst().values();
    List<Integer> cells = CHOSEN.stream().map(domain::indexOf).sorted().toList();
    List<String> values = cells.stream().map(domain::get).toList();
    var search = new SelectorSearch(values, cells, ticket.cells());
    byte[] logs = logs(stage);
    byte[] planted =
        (new String(logs, StandardCharsets.UTF_8) + values).getBytes(StandardCharsets.UTF_8);
    boolean control =
        search.finds(SelectorSearch.unencrypted(cells, ticket.cells())) && search.finds(planted);
    stage
        .story()
        .check(
            "no-selector",
            say(
                "截获的请求与全部日志中找不到所选机场；同一搜索能找到故意放入的",
                "neither the captured request nor any log holds the selection; the same search finds"
                    + " a planted one"),
            !search.finds(sent) && !search.finds(logs) && control,
            Map.of(
                "requestBytes", sent.length,
                "logBytes", logs.length,
                "plantedFound", control));
  }

  private static byte[] logs(Stage stage) throws IOException {
    var all = new ByteArrayOutputStream();
    for (Path directory :
        List.of(stage.state().logs(), stage.state().data("query").resolve("he"))) {
      try (var files = Files.list(directory)) {
        for (Path file : files.filter(one -> one.toString().endsWith(".log")).sorted().toList()) {
          all.writeBytes(Files.readAllBytes(file));
        }
      }
    }
    return all.toByteArray();
  }

  private static PublishedCells audited(
      Stage stage, Ticket ticket, Selection selection, byte[] sent, Map<String, BigDecimal> opened)
      throws Exception {
    var kept =
        stage
            .story()
            .step(
                "replay",
                say("审计员取回密文与已发布单元，重演一次", "the auditor fetches ciphertexts and released cells"),
                () -> ReplayCommand.fetch(stage.as("auditor"), ticket.id().toString()));
    Replay.Outcome outcome = kept.run();
    stage
        .story()
        .check(
            "replayed",
            say("逐字节与存证一致，且无须解密", "byte for byte what the log says, and nothing was decrypted"),
            outcome.agrees() && java.util.Arrays.equals(kept.question(), sent),
            Map.of("resultSha256", outcome.resultSha256(), "differs", outcome.findings().size()));
    stage
        .story()
        .check(
            "replay-tampered",
            say("改动答复或单元的一个比特，均被发现", "one bit changed in the reply or in a cell is found"),
            !kept.tampered(true).run().agrees() && !kept.tampered(false).run().agrees());
    long count = 0;
    long delay = 0;
    for (int cell = 0; cell < ticket.cells(); cell++) {
      count += selection.weight(cell) * outcome.cells().orElseThrow().value(cell, 0);
      delay += selection.weight(cell) * outcome.cells().orElseThrow().value(cell, 1);
    }
    var unit = new BigDecimal(ticket.units().getFirst());
    stage
        .story()
        .check(
            "hidden-answer",
            say(
                "解密结果与对同一批单元的明文求和完全相等",
                "what the builder decrypts equals the plaintext sum over the same cells exactly"),
            equal(opened, "count", BigDecimal.valueOf(count))
                && equal(opened, HiddenCells.MEASURE, BigDecimal.valueOf(delay).multiply(unit)),
            Map.of("flights", count, "cells", ticket.cells(), "selected", selection.cells()));
    return outcome.cells().orElseThrow();
  }

  private static boolean equal(Map<String, BigDecimal> opened, String name, BigDecimal truth) {
    var told = opened.get(name);
    return told != null && told.compareTo(truth) == 0;
  }
}
