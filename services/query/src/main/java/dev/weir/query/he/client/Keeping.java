package dev.weir.query.he.client;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.UUID;

/**
 * Where an asker keeps what opens the replies to its questions. A reply is charged when it is
 * released, whether its asker is still there or not, so this is called before a question is sent
 * and again with each reply that came.
 */
@FunctionalInterface
public interface Keeping {

  /**
   * Returns once it is kept; nothing is sent when it throws.
   *
   * @param asked the newest of it, instead of what was kept before
   * @param unsent the bytes of questions that are not sent yet, by ticket
   */
  void keep(AskedQuestions asked, Map<UUID, ByteBuffer> unsent);

  /** For an asker that would rather lose an answer it paid for than leave a trace of it. */
  static Keeping untilThisProcessEnds() {
    return (asked, unsent) -> {};
  }
}
