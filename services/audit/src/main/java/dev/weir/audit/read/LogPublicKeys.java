package dev.weir.audit.read;

import java.util.Optional;

/** Note keys in their one-line form. */
public record LogPublicKeys(String log, String sm3, Optional<String> witness) {}
