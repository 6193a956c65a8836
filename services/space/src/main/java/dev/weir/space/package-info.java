/**
 * The control plane: participants, operation domains, resources, products, contracts and the schema
 * registry, after TC609-6-2025 and NDI-TR-2025. Holds no record of any resource and never sees one.
 * Start with {@link dev.weir.space.SpaceApplication}.
 */
@org.jspecify.annotations.NullMarked
package dev.weir.space;
