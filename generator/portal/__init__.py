"""门户稿: what an editor pastes into a platform or sends to its office, made from an approved notice, word for word."""
