package dev.weir.query.he.client;

import dev.weir.runtime.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;

/**
 * How replies become a score, as its asker notes it. Secret; its text form tells nothing.
 *
 * @param tickets of its questions, in their order
 * @param fractionBits of the weights of cells; empty of a record
 * @param weights of a record, by column, decimal numbers; none of cells
 */
record ScoreNote(List<UUID> tickets, Optional<Integer> fractionBits, Map<String, String> weights) {
  ScoreNote {
    tickets = List.copyOf(tickets);
    weights = Map.copyOf(weights);
  }

  static ScoreNote ofCells(List<UUID> tickets, int fractionBits) {
    return new ScoreNote(tickets, Optional.of(fractionBits), Map.of());
  }

  static ScoreNote ofRecord(UUID ticket, Map<String, BigDecimal> weights) {
    var texts = new TreeMap<String, String>();
    weights.forEach((column, weight) -> texts.put(column, weight.toString()));
    return new ScoreNote(List.of(ticket), Optional.empty(), texts);
  }

  Map<String, BigDecimal> numbers() {
    var numbers = new TreeMap<String, BigDecimal>();
    weights.forEach((column, weight) -> numbers.put(column, new BigDecimal(weight)));
    return numbers;
  }

  String locked(BuilderKey key) {
    return key.lock(Json.canonical(this), tickets.getFirst());
  }

  /**
   * @param tickets of the score that it is to be of
   * @throws ClientRefusal when it was not locked so
   */
  static ScoreNote unlocked(BuilderKey key, String locked, List<UUID> tickets) {
    try {
      var note = Json.read(key.unlock(locked, tickets.getFirst()), ScoreNote.class);
      if (!note.tickets.equals(tickets)) {
        throw SavedReply.changed();
      }
      return note;
    } catch (IOException e) {
      throw SavedReply.changed();
    }
  }

  @Override
  public String toString() {
    return "ScoreNote";
  }
}
