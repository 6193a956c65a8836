package dev.weir.runtime.embedded;

/** Is told what an embedded server is doing when it takes seconds. */
@FunctionalInterface
public interface Progress {

  /** A step has begun; short, in English, fit to print. */
  void step(String what);

  static Progress silent() {
    return what -> {};
  }
}
