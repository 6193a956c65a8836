package dev.weir.cli.he;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.weir.cli.CommandFault;
import dev.weir.cli.ExitCode;
import dev.weir.query.he.client.Ticket;
import dev.weir.runtime.json.Json;

/** What is shown of tickets: nothing here says what was asked. */
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

  static CommandFault failed(Ticket ticket) {
    String why = ticket.problem().orElse("unknown");
    String leaf = ticket.releaseLeaf().map(Object::toString).orElse("-");
    return new CommandFault(
        ExitCode.RETRYABLE,
        "没有答复（" + why + "，存证 " + leaf + "）；不会重试也不退费，可重新提问",
        "there is no answer (" + why + ", evidence " + leaf + "); ask again with a new ticket");
  }
}
