package dev.weir.cli.demo;

import dev.weir.kernel.Bilingual;
import java.util.Map;

/**
 * Tells the story as it happens: in plain words, or as one JSON object a line. Confined to the
 * demo's thread.
 */
interface Narrator {

  void act(String name, Bilingual title);

  /** Something that was done. */
  void step(String step, Bilingual text, double seconds, Map<String, Object> figures);

  /** Something that must hold. */
  void check(String step, Bilingual text, boolean holds, Map<String, Object> figures);

  /** Work under way; {@code total} 0 when it is not known. */
  void progress(Bilingual what, long done, long total);

  /** A line of detail for people only. */
  void note(Bilingual text);

  void summary(int checks, int failed, double seconds);
}
