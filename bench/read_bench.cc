// SPDX-License-Identifier: Apache-2.0
// How fast a plain numeric CSV, a quoted one, and a hash are read: read_bench [MiB]. Prints the best of five
// runs, by CPU time, since one thread does it all and the machine may be shared.
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <string>

#include "base/sha256.h"
#include "ingest/read/open.h"

namespace {

using backcast::OpenRecordsIn;

std::string Numbers(std::size_t size) {
  std::string text = "day,channel,post,impressions,clicks,spend\n";
  for (std::uint64_t i = 0; text.size() < size; ++i) {
    text += "2026-0" + std::to_string(1 + i % 9) + "-1" + std::to_string(i % 10) + ",instagram," +
            std::to_string(17'841'400'000 + i % 5000) + "," + std::to_string(i * 7919 % 100'003) + "," +
            std::to_string(i * 31 % 977) + "," + std::to_string(i % 300) + ".25\n";
  }
  return text;
}

std::string Quoted(std::size_t size) {
  std::string text = "\"id\",\"text\",\"likes\"\n";
  for (std::uint64_t i = 0; text.size() < size; ++i) {
    text += "\"" + std::to_string(1'355'500'244'381'949'952 + i) +
            "\",\"A caption, with \"\"quotes\"\",\nlines and \xc3\xbcmlauts that goes on\",\"" +
            std::to_string(i % 991) + "\"\n";
  }
  return text;
}

void Measure(const char* what, std::size_t bytes, const std::function<void()>& run) {
  double best = 1e9;
  for (int i = 0; i < 5; ++i) {
    const std::clock_t from = std::clock();
    run();
    best = std::min(best, static_cast<double>(std::clock() - from) / CLOCKS_PER_SEC);
  }
  std::printf("%-24s %8.0f MB/s\n", what, static_cast<double>(bytes) / 1e6 / best);
}

void ReadAll(const std::string& bytes) {
  auto readers = OpenRecordsIn(bytes, "bench.csv");
  if (!readers.ok()) std::abort();
  backcast::RecordBatch batch;
  std::vector<backcast::RefusedRecord> refused;
  std::size_t rows = 0;
  for (;;) {
    const auto more = readers.value()[0]->Next(batch, refused);
    if (!more.ok()) std::abort();
    if (!more.value()) break;
    rows += batch.rows();
  }
  if (rows == 0 || !refused.empty()) std::abort();
}

}  // namespace

int main(int count, char** arguments) {
  const std::size_t size = (count > 1 ? std::strtoull(arguments[1], nullptr, 10) : 200) << 20;
  const std::string numbers = Numbers(size), quoted = Quoted(size);
  Measure("numbers", numbers.size(), [&] { ReadAll(numbers); });
  Measure("quoted captions", quoted.size(), [&] { ReadAll(quoted); });
  Measure("sha-256", numbers.size(), [&] {
    if (backcast::Sha256Hex(numbers).size() != 64) std::abort();
  });
}
