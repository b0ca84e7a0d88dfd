// SPDX-License-Identifier: Apache-2.0
// SHA-256 with the processor's own instructions, where it has them.
#pragma once

#include <cstddef>
#include <cstdint>

namespace backcast {

/// True when this processor has the SHA instructions of x86; asked once.
bool HasShaInstructions();

/// Compresses `blocks` blocks of 64 bytes into `state` (8 words) with the 64 round constants `round`.
/// REQUIRES: HasShaInstructions().
void CompressWithInstructions(std::uint32_t* state, const std::uint8_t* data, std::size_t blocks,
                              const std::uint32_t* round);

}  // namespace backcast
