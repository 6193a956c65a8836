package dev.weir.cli.he;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.query.he.client.HiddenScore;
import dev.weir.query.he.client.LateReplies;
import dev.weir.query.he.client.Ticket;
import dev.weir.runtime.json.Json;
import java.util.stream.Collectors;

/** What is shown of tickets and answers. */
final class Shown {
  private Shown() {}

  static ObjectNode of(Ticket ticket) {
    var shown =
        Json.mapper()
            .createObjectNode()
            .put("ticket", ticket.id().toString())
            .put("status", ticket.status())
            .put("dataVersion", ticket.dataVersion())
            .put("cells", ticket.cells())
            .put("root", ticket.root())
            .put("replyBytes", ticket.replyBytes());
    ticket.releaseLeaf().ifPresent(leaf -> shown.put("receiptLeaf", leaf.toString()));
    return shown;
  }

  /**
   * An answer, as its asker reads it.
   *
   * @throws IllegalArgumentException when there is none
   */
  static ObjectNode of(LateReplies.Ended ended) {
    return switch (ended) {
      case LateReplies.Ended.Sums sums -> of(sums.reply().ticket());
      case LateReplies.Ended.Cell cell -> {
        var shown = of(cell.ticket()).put("shown", cell.values().isPresent());
        cell.values().ifPresent(values -> values.forEach(shown::put));
        yield shown;
      }
      case LateReplies.Ended.Row row -> {
        var shown = of(row.ticket()).put("found", row.record().isPresent());
        row.record()
            .ifPresent(columns -> {
              var node = Json.mapper().createObjectNode();
              columns.forEach((column, value) -> node.put(column, value.orElse(null)));
              shown.set("record", node);
            });
        yield shown;
      }
      case LateReplies.Ended.CellScore score -> of(score.score());
      case LateReplies.Ended.RowScore score -> {
        var shown = of(score.score().ticket()).put("found", score.score().score().isPresent());
        score.score().score().ifPresent(value -> shown.put("score", value));
        yield shown;
      }
      case LateReplies.Ended.Unanswered unanswered ->
          throw new IllegalArgumentException("no answer: " + unanswered.ticket().status());
    };
  }

  private static ObjectNode of(HiddenScore.Ended.Scored scored) {
    var first = scored.tickets().getFirst();
    return Json.mapper()
        .createObjectNode()
        .put("score", scored.score())
        .put("weightFractionBits", scored.fractionBits())
        .put("dataVersion", first.dataVersion())
        .put("root", first.root())
        .put(
            "tickets",
            scored.tickets().stream()
                .map(ticket -> ticket.id().toString())
                .collect(Collectors.joining(" ")));
  }

  static CommandFault failed(Ticket ticket) {
    String why = ticket.problem().orElse("unknown");
    String leaf = ticket.releaseLeaf().map(Object::toString).orElse("-");
    return new CommandFault(
        ExitCode.RETRYABLE,
        "没有答复（" + why + "，存证 " + leaf + "）；不会重试也不退费，可重新提问",
        "there is no answer (" + why + ", evidence " + leaf + "); ask again with a new ticket");
  }
}
