package dev.weir.query.he.client;

import dev.weir.kernel.Bilingual;

/**
 * Why the asker's side goes no further. Stays on this side: no service learns of it. Fit to be
 * shown: names of columns, sets and files, never a selection or a key.
 */
public final class ClientRefusal extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Bilingual text;

  public ClientRefusal(String zh, String en) {
    super(en);
    this.text = new Bilingual(zh, en);
  }

  public Bilingual text() {
    return text;
  }
}
