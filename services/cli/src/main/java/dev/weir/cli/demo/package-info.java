/**
 * The story that {@code weir demo} tells on real parts and real data, and that an acceptance test
 * asserts: one class per act. Start with {@link dev.weir.cli.demo.DemoCommand}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.cli.demo;
