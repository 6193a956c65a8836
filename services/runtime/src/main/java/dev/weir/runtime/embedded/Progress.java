package dev.weir.runtime.embedded;

/** Is told what an embedded server is doing when it takes seconds. */
@FunctionalInterface
public interface Progress {

  /** A step has begun; short, in English, fit to print. */
  void step(String what);

  /** A part answers. */
  default void ready(String part) {}

  static Progress silent() {
    return what -> {};
  }
}
