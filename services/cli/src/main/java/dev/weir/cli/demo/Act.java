package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;

/** One part of the story. Plays once, after the acts before it. */
interface Act {
  /** What {@code --act} calls it. */
  String name();

  Bilingual title();

  /**
   * @throws Exception when the story cannot go on
   */
  void play(Stage stage) throws Exception;
}
