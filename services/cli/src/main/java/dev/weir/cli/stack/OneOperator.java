package dev.weir.cli.stack;

import dev.weir.kernel.Bilingual;

/** What whoever runs everything on one machine must know about its two aggregators. */
public final class OneOperator {
  /** Said wherever a stack comes up. */
  public static final Bilingual NOTE =
      new Bilingual(
          "两个聚合方由同一运营者在本机运行：彼此之间没有任何秘密，谁掌管本机谁就能还原每一个测量值。要有保密性，须由两个独立的运营者各运行一方。",
          "One operator runs both aggregators here: nothing is private between them, and whoever controls"
              + " this machine can put every measurement together. Privacy takes two operators, one"
              + " aggregator each.");

  private OneOperator() {}
}
