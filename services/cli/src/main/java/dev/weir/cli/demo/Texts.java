package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;

/** Shorthand for the story's words. */
final class Texts {
  private Texts() {}

  static Bilingual say(String zh, String en) {
    return new Bilingual(zh, en);
  }
}
