/**
 * The story of {@code weir demo}, played whole on real parts and data. Start with {@link
 * dev.weir.acceptance.story.DemoStoryTest}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.acceptance.story;
