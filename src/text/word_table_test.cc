// SPDX-License-Identifier: Apache-2.0
#include "text/word_table.h"

#include <gtest/gtest.h>

#include <random>
#include <set>

#include "text/word_filter.h"

namespace backcast {
namespace {

/// Words of up to 20 bytes of a small alphabet, so that many are alike in their beginning, end or length.
std::vector<std::string> Words(std::string_view alphabet) {
  std::mt19937 random(7);
  std::vector<std::string> words = {"", std::string(1, '\0'), std::string("a\0", 2), "a",
                                    std::string(60, 'a')};
  for (int i = 0; i < 20'000; ++i) {
    std::string& word = words.emplace_back();
    for (auto left = random() % 20; left > 0; --left) word += alphabet[random() % alphabet.size()];
  }
  return words;
}

TEST(WordTable, NumbersWordsAsTheyCome) {
  WordTable table;
  std::vector<std::string> known;
  std::set<std::string> seen;
  for (const std::string& word : Words(std::string_view("ab\0\xC3\xBC", 5))) {
    EXPECT_EQ(table.Find(word) != WordTable::kNone, seen.count(word) == 1);
    const std::uint32_t number = table.Add(word);
    if (seen.insert(word).second) known.push_back(word);
    ASSERT_LT(number, known.size());
    EXPECT_EQ(known[number], word);
    EXPECT_EQ(table[number], word);
  }
  EXPECT_EQ(table.size(), known.size());
}

TEST(WordKey, TellsShortWordsApartAndFoldsLetters) {
  std::set<std::uint64_t> keys;
  std::set<std::string> words;
  for (const std::string& word : Words("abAB'@[`{1")) {
    std::string lower = word;
    bool triple = false;
    for (char& c : lower) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    for (std::size_t i = 2; i < lower.size(); ++i)
      triple = triple || (lower[i] == lower[i - 1] && lower[i] == lower[i - 2]);
    EXPECT_EQ(FoldedKey(word), WordKey(lower)) << word;
    EXPECT_EQ(HasTriple(word), triple) << word;
    if (word.size() > 8 || word.find('\0') != word.npos) continue;
    EXPECT_LT(WordKey(word), kKeyOfMany) << word;
    EXPECT_EQ(keys.insert(WordKey(word)).second, words.insert(word).second) << word;
  }
}

TEST(WordFilter, LetsPassWhatWasAddedAndLittleElse) {
  WordFilter filter;
  const std::uint64_t count = 8'000;
  for (std::uint64_t word = 1; word <= count; ++word) filter.Add(PairKey(word, word * word));
  std::uint64_t passed = 0;
  for (std::uint64_t word = 1; word <= count; ++word) {
    EXPECT_TRUE(filter.May(PairKey(word, word * word)));
    passed += filter.May(PairKey(word * word, word + count)) ? 1 : 0;
  }
  EXPECT_LT(passed, count / 5);
}

}  // namespace
}  // namespace backcast
