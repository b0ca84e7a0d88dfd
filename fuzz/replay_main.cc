// SPDX-License-Identifier: Apache-2.0
// Runs a fuzzer's function on every file of the folders given, on generic seeds, and on damaged copies of
// both, so that fuzzers are built and exercised in every test run.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void Run(const std::string& bytes) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size());
}

/// The input with a few bytes changed, taken out, doubled, or cut off.
std::string Damaged(std::string bytes, std::mt19937& random) {
  for (unsigned i = 1 + random() % 4; i > 0 && !bytes.empty(); --i) {
    const std::size_t at = random() % bytes.size();
    switch (random() % 4) {
      case 0:
        bytes[at] = static_cast<char>(random());
        break;
      case 1:
        bytes.erase(at, 1 + random() % 8);
        break;
      case 2:
        bytes.insert(at, bytes.substr(at, 1 + random() % 16));
        break;
      default:
        bytes.resize(at);
    }
  }
  return bytes;
}

}  // namespace

int main(int count, char** arguments) {
  std::vector<std::string> seeds = {"",
                                    "a",
                                    std::string(1, '\0'),
                                    "\"",
                                    "\n",
                                    "a,b\n1,2\n",
                                    "{\"a\":[1]}",
                                    "a: b\n",
                                    std::string(5000, '[')};
  for (int i = 1; i < count; ++i) {
    std::error_code missing;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(arguments[i], missing)) {
      if (!entry.is_regular_file()) continue;
      std::ifstream file(entry.path(), std::ios::binary);
      seeds.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  std::mt19937 random(1);
  std::size_t runs = 0;
  const std::size_t copies = std::clamp<std::size_t>(1000 / seeds.size(), 2, 50);
  for (const std::string& seed : seeds) {
    Run(seed);
    for (std::size_t i = 0; i < copies; ++i, ++runs) Run(Damaged(seed, random));
  }
  std::printf("%zu seeds, %zu damaged copies\n", seeds.size(), runs);
  return 0;
}
