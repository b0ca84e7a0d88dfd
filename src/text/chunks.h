// SPDX-License-Identifier: Apache-2.0
// Work on a column in pieces of a fixed size, on several threads. What a piece yields depends on the piece
// alone, so the answer is the same for any number of threads.
#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <thread>
#include <vector>

namespace backcast {

inline constexpr std::size_t kTextsInChunk = 1024;

inline std::size_t ChunkCount(std::size_t items) { return (items + kTextsInChunk - 1) / kTextsInChunk; }

/// work(chunk, from, to) for every chunk of `items`, in no order. `make_work` is called once per thread, so
/// that what it makes may keep memory from chunk to chunk. `threads` below 1 means 1.
template <class MakeWork>
void ForChunks(std::size_t items, int threads, const MakeWork& make_work) {
  const std::size_t chunks = ChunkCount(items);
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    auto work = make_work();
    for (std::size_t chunk = next++; chunk < chunks; chunk = next++)
      work(chunk, chunk * kTextsInChunk, std::min(items, (chunk + 1) * kTextsInChunk));
  };
  std::vector<std::jthread> others;
  const auto most = std::min<std::size_t>(threads < 1 ? 1 : static_cast<std::size_t>(threads), chunks);
  for (std::size_t i = 1; i < most; ++i) others.emplace_back(run);
  run();
}

}  // namespace backcast
