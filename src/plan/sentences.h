// SPDX-License-Identifier: Apache-2.0
// Sentences that YAML took apart: {how: Social brings readers, the letter sells.} has a key "the letter
// sells." for YAML and one sentence for its author. Comes in: the tree as parsed; goes out: the tree as
// meant.
#pragma once

#include "base/yaml.h"
#include "plan/shape.h"

namespace backcast {

/// Puts such sentences together again. Only a key without a value that the shape does not know, that stands
/// behind a plain text on the same line and that holds a space or is no near miss of a known key, is a part
/// of a sentence.
void RejoinSentences(Yaml& root, const Shapes& shapes);

}  // namespace backcast
