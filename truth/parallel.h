// SPDX-License-Identifier: Apache-2.0
// The same sum for any number of threads.
#pragma once

#include <atomic>
#include <functional>
#include <thread>
#include <vector>

namespace backcast::truth {

/// work(0) .. work(count - 1) on all cores, in the order of the index.
template <class T>
std::vector<T> ForAll(int count, const std::function<T(int)>& work) {
  std::vector<T> results(static_cast<std::size_t>(count));
  std::atomic<int> next{0};
  const auto run = [&] {
    for (int i = next++; i < count; i = next++) results[static_cast<std::size_t>(i)] = work(i);
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < std::max(1U, std::thread::hardware_concurrency()); ++i) threads.emplace_back(run);
  run();
  for (std::thread& thread : threads) thread.join();
  return results;
}

}  // namespace backcast::truth
